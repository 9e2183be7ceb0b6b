// breaks views-memory-imports
import 'mongoose';

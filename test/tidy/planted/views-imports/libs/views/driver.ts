// breaks views-imports
import 'mongoose';

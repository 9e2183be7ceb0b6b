// breaks local-imports
import 'mongoose';

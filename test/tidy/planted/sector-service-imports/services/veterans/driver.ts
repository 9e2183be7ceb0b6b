// breaks sector-service-imports
import 'mongoose';

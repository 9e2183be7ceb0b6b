// breaks views-mongo-imports
import 'mongodb';

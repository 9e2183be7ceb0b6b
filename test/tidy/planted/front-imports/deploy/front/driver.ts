// breaks front-imports
import 'mongodb';

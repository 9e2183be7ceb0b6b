import './port.js';
import './mongo.js';
import 'node:path';
import 'mongoose';

// breaks views-memory-imports
import './mongo.js';

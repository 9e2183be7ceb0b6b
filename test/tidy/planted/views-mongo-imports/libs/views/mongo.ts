// breaks views-mongo-imports
import './memory.js';

import './port.js';
import './memory.js';
import 'node:path';

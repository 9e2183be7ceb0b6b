import './port.js';
import './in-process.js';
import 'node:path';

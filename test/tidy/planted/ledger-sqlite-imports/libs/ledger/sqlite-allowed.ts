import './port.js';
import './sqlite.js';
import 'node:path';
import 'better-sqlite3';

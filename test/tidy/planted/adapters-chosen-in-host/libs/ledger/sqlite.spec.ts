import './sqlite.js';

// breaks adapters-chosen-in-host
import './sqlite.js';

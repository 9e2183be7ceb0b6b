// breaks adapters-chosen-in-host
import './in-process.js';

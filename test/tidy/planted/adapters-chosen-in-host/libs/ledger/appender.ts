// breaks adapters-chosen-in-host
import './memory.js';

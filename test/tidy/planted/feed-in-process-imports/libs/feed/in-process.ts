// breaks feed-in-process-imports
import './kafka.js';

// breaks feed-kafka-imports
import './in-process.js';

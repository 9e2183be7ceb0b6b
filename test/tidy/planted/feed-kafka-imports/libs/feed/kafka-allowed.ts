import './port.js';
import './kafka.js';
import 'node:path';
import 'kafkajs';

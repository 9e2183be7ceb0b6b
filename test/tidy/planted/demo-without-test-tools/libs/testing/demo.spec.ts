import '@jest/globals';
import './demo-history.js';

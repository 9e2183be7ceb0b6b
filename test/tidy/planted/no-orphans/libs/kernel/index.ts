import './known.js';

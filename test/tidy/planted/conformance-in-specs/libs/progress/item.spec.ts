import './fixtures.js';

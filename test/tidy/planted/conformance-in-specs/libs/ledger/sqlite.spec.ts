import './conformance.js';

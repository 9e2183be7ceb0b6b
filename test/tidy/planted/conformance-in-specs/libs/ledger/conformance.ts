import './conformance-races.js';

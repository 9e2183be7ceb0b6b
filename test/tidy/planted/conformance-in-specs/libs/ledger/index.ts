// breaks conformance-in-specs
import './conformance.js';

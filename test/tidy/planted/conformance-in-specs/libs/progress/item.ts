// breaks conformance-in-specs
import './fixtures.js';

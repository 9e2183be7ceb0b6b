// breaks specs-imported-by-none
import './fraction.spec.js';

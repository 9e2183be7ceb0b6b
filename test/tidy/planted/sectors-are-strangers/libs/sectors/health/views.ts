import './rules.js';
import '../kit.js';

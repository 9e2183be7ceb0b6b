// breaks resolvable
import './moved-away.js';

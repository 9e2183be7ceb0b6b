// breaks sectors-listed-once
import './index.js';

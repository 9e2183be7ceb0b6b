// breaks sectors-listed-once
import './education/rules.js';

import './education/rules.js';

// breaks no-circular
import './b.js';

import './demo.js';
import './world.js';

// breaks demo-without-test-tools
import './world.js';

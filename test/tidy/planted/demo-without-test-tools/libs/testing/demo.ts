// breaks demo-without-test-tools
import './demo-history.js';

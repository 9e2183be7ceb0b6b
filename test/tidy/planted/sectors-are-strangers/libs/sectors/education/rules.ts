// breaks sectors-are-strangers
import '../health/rules.js';

// breaks services-are-strangers
import '../intake/module.js';

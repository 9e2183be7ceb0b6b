// breaks progress-imports
import 'node:timers';

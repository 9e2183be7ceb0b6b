// breaks sectors-imports
import 'node:fs';

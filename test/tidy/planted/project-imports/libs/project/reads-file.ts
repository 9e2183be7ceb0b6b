// breaks project-imports
import 'node:fs';

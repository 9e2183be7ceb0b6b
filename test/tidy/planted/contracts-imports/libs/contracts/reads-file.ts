// breaks contracts-imports
import 'node:fs';

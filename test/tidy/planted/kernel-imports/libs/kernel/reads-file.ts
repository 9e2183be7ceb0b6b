// breaks kernel-imports
import 'node:fs';

// breaks dashboard-imports
import 'node:fs';

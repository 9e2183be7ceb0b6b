// breaks host-imports
import 'better-sqlite3';

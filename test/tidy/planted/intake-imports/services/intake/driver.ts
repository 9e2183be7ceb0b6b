// breaks intake-imports
import 'better-sqlite3';

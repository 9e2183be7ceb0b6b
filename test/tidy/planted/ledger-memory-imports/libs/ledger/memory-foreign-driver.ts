// breaks ledger-memory-imports
import 'better-sqlite3';

// breaks ledger-imports
import 'better-sqlite3';

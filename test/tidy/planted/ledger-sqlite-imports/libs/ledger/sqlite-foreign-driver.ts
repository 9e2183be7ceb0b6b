// breaks ledger-sqlite-imports
import 'mongodb';

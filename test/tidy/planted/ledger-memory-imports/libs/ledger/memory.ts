// breaks ledger-memory-imports
import './sqlite.js';

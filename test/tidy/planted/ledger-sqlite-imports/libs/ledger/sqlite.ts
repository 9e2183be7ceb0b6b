// breaks ledger-sqlite-imports
import './memory.js';

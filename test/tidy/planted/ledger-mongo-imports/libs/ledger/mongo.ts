// breaks ledger-mongo-imports
import './sqlite.js';

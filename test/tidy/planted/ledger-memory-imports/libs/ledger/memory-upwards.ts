// breaks ledger-memory-imports
import '@planledger/project';

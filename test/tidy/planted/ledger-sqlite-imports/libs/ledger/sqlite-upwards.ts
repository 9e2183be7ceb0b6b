// breaks ledger-sqlite-imports
import '@planledger/project';

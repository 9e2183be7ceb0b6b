// breaks ledger-imports
import '@planledger/project';

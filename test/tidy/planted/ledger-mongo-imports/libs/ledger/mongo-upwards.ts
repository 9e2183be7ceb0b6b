// breaks ledger-mongo-imports
import '@planledger/project';

// breaks project-imports
import '@planledger/ledger/port';

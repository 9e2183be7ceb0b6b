// breaks standalone-imports
import '@planledger/ledger/port';

// breaks views-imports
import '@planledger/ledger/port';

// breaks proof-imports
import '@planledger/ledger/port';

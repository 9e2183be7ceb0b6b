// breaks feed-imports
import '@planledger/ledger/port';

// breaks sectors-imports
import '@planledger/ledger/port';

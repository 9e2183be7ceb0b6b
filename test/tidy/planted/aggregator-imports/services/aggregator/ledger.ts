// breaks aggregator-imports
import '@planledger/ledger/port';

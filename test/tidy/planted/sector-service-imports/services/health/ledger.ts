// breaks sector-service-imports
import '@planledger/ledger/port';

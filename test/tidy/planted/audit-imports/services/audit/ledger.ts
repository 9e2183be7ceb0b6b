// breaks audit-imports
import '@planledger/ledger/port';

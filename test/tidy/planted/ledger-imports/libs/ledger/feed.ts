// breaks ledger-imports
import '@planledger/feed/port';

// breaks audit-imports
import '@planledger/feed/port';

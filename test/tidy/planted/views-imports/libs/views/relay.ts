// breaks views-imports
import '@planledger/feed/relay';

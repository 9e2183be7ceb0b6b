import '@planledger/feed/port';
import '@planledger/feed';

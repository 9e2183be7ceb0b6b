import '@planledger/ledger/sqlite';
import '@planledger/feed/kafka';

import '@planledger/ledger/sqlite';

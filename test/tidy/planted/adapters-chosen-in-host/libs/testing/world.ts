import '@planledger/ledger/memory';

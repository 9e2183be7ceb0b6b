import '@planledger/local';

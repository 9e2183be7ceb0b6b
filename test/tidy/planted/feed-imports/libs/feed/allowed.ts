import '@planledger/contracts';

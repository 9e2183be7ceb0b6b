import '@planledger/kernel';

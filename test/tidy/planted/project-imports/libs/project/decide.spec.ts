import '@planledger/sectors';

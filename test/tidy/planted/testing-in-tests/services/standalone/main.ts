import '@planledger/testing/demo';

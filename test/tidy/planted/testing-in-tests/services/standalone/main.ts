import '@planledger/testing/demo-history';

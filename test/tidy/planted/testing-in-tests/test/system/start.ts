import '@planledger/testing';

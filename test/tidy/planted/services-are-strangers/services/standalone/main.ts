import '@planledger/aggregator-service';

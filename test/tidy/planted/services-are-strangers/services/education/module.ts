// breaks services-are-strangers
import '@planledger/aggregator-service';

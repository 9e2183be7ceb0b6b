import '@planledger/intake-service';
import '@planledger/testing/demo-history';
import '@planledger/sectors';

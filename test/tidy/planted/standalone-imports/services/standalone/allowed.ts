import '@planledger/intake-service';
import '@planledger/testing/demo';
import '@planledger/sectors';

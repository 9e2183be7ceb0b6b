import '@planledger/host';
import '@planledger/project';
import '@planledger/sectors';

import '@planledger/proof';
import '@planledger/project';
import '@planledger/sectors';

import '@planledger/kernel';
import '@planledger/contracts';
import '@planledger/plan';

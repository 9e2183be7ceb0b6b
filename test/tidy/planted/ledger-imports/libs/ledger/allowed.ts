import '@planledger/kernel';
import '@planledger/plan';
import 'node:timers';

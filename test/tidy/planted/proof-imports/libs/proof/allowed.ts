import 'node:crypto';
import '@planledger/kernel';

import 'jose';
import 'node:crypto';
import '@planledger/kernel';

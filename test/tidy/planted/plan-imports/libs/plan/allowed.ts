import 'yaml';
import 'node:fs';
import '@planledger/contracts';
import '@planledger/kernel';

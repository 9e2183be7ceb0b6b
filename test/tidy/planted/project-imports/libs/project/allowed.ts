import '@planledger/sectors/kit';
import '@planledger/sectors/sector';
import '@planledger/auth';
import 'class-validator';
import 'node:crypto';

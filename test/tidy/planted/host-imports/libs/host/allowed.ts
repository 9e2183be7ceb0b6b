import '@nestjs/common';
import 'node:http';
import '@planledger/ledger/port';

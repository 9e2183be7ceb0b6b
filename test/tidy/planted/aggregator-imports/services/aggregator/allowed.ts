import '@planledger/host';
import '@nestjs/common';

import '@planledger/sectors/education/views';
import '@planledger/sectors/kit';
import '@planledger/host';
import '@planledger/progress';
import '@nestjs/common';

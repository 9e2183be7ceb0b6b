import { runService } from '@planledger/host';
import { IntakeModule } from './index.js';

await runService('intake', IntakeModule, 'ledger');

import { runService } from '@planledger/host';
import { AuditModule } from './index.js';

await runService('audit', AuditModule, 'ledger');

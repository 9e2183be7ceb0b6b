import { runService } from '@planledger/host';
import { employmentModule } from './index.js';

await runService('employment', employmentModule, 'audit');

import { runService } from '@planledger/host';
import { housingModule } from './index.js';

await runService('housing', housingModule, 'audit');

import { runService } from '@planledger/host';
import { childcareModule } from './index.js';

await runService('childcare', childcareModule, 'audit');

import { runService } from '@planledger/host';
import { elderlyCareModule } from './index.js';

await runService('elderly-care', elderlyCareModule, 'audit');

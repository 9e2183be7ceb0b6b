import { runService } from '@planledger/host';
import { cultureSportModule } from './index.js';

await runService('culture-sport', cultureSportModule, 'audit');

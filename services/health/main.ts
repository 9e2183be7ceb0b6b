import { runService } from '@planledger/host';
import { healthModule } from './index.js';

await runService('health', healthModule, 'audit');

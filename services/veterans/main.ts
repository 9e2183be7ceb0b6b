import { runService } from '@planledger/host';
import { veteransModule } from './index.js';

await runService('veterans', veteransModule, 'audit');

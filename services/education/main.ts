import { runService } from '@planledger/host';
import { educationModule } from './index.js';

await runService('education', educationModule, 'audit');

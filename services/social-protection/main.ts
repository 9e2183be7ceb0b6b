import { runService } from '@planledger/host';
import { socialProtectionModule } from './index.js';

await runService('social-protection', socialProtectionModule, 'audit');

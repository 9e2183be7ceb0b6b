import { runService } from '@planledger/host';
import { AggregatorModule } from './index.js';

await runService('aggregator', AggregatorModule, 'feed-alone');

import { startSystem } from '../distributed/system.js';
import { describeScenarios } from './profile.js';

describeScenarios('as separate services on Kafka and MongoDB', ({ clocks, load }) =>
  startSystem({ plans: Object.keys(clocks), clocks, load }),
);

import { afterAll, beforeAll } from '@jest/globals';
import { feedConformance } from './conformance.js';
import { openTestBroker, type TestBroker } from './conformance/kafka-broker.js';
import { createKafkaFeed } from './kafka.js';
import type { Feed } from './port.js';

let broker: TestBroker;
beforeAll(async () => {
  broker = await openTestBroker();
});
afterAll(() => broker.close());

feedConformance(
  'the Kafka feed',
  async (limits) => {
    const open = (): Feed =>
      createKafkaFeed({
        brokers: broker.brokers,
        onTrouble: () => {},
        limits: { ...limits, lookMs: 20, fetchWaitMs: 50, heartbeatMs: 100 },
      });
    const feed = open();
    return { feed, topic: broker.topic, reopen: async () => open(), close: () => feed.close() };
  },
  { durable: true },
);

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
    const feeds = [open()];
    return {
      feed: feeds[0] ?? open(),
      topic: broker.topic,
      async reopen() {
        feeds.push(open());
        return feeds.at(-1) ?? open();
      },
      close: async () => void (await Promise.all(feeds.map((feed) => feed.close()))),
    };
  },
  { durable: true },
);

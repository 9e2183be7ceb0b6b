import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { createTestNetwork, openTestBroker, type TestBroker, type TestNetwork } from './conformance/kafka-broker.js';
import { createGate, eventually, listen, textRecords } from './conformance/listener.js';
import { createKafkaFeed, type KafkaFeedOptions } from './kafka.js';
import type { Stall } from './kafka-look.js';
import type { Feed } from './port.js';
import type { Trouble } from './retry.js';

let broker: TestBroker;
const feeds: Feed[] = [];
const servers: Server[] = [];
beforeAll(async () => {
  broker = await openTestBroker();
});
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => broker.close());

function openFeed(options: Partial<KafkaFeedOptions> = {}, network?: TestNetwork) {
  const troubles: Trouble[] = [];
  const feed = createKafkaFeed({
    brokers: broker.brokers,
    access: network && { socketFactory: network.socketFactory },
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
    limits: { lookMs: 20, fetchWaitMs: 50, heartbeatMs: 50, ...options.limits },
  });
  feeds.push(feed);
  return { feed, troubles };
}
const numbers = (to: number): string[] => Array.from({ length: to }, (_, index) => `p/a:${index + 1}`);

describe('the Kafka feed without its broker', () => {
  test('publish rejects, a follower waits and says so, and both go on when the broker answers', async () => {
    const [topic, network] = [await broker.topic(), createTestNetwork({ up: false })];
    const { feed, troubles } = openFeed({}, network);
    const listener = await listen(feed, topic, 'g');
    await expect(feed.publish(topic, textRecords('p/a', 1, 1))).rejects.toThrow();
    await eventually(() => troubles.length >= 2);
    expect(troubles.map(({ failures }) => failures).slice(0, 2)).toEqual([1, 2]);
    expect(troubles[0]?.who).toBe(`g on ${topic}`);
    expect(listener.following.lag()).toBe(Infinity);

    network.mend();
    await feed.publish(topic, textRecords('p/a', 1, 3));
    await listener.until(3);
    expect(listener.handled).toEqual(numbers(3));
    await eventually(() => listener.following.lag() === 0);
  });

  test('a follower whose broker goes away goes on where it was, nothing skipped', async () => {
    const [topic, network] = [await broker.topic(), createTestNetwork()];
    const { feed, troubles } = openFeed({}, network);
    const listener = await listen(feed, topic, 'g');
    await feed.publish(topic, textRecords('p/a', 1, 10));
    await listener.until(10);
    await eventually(() => listener.following.lag() === 0);

    network.cut();
    await eventually(() => listener.following.lag() === Infinity && troubles.length > 0);
    await openFeed().feed.publish(topic, textRecords('p/a', 11, 20));
    network.mend();
    await eventually(() => listener.handled.includes('p/a:20') && listener.following.lag() === 0);
    expect(listener.handled).toEqual(numbers(20));
    await feed.publish(topic, textRecords('p/a', 21, 21));
    await eventually(() => listener.handled.includes('p/a:21'));
  });

  test('a batch that ends while the broker is away is committed or comes again: nothing is skipped', async () => {
    const [topic, network] = [await broker.topic(), createTestNetwork()];
    const gate = createGate();
    const { feed, troubles } = openFeed({}, network);
    const listener = await listen(feed, topic, 'g', gate.pass);
    await feed.publish(topic, textRecords('p/a', 1, 5));
    await eventually(() => listener.batches.length === 1);
    network.cut();
    gate.open();
    await eventually(() => troubles.length > 0);
    network.mend();
    await feed.publish(topic, textRecords('p/a', 6, 6));
    await eventually(() => listener.handled.includes('p/a:6') && listener.following.lag() === 0);
    expect([...new Set(listener.handled)]).toEqual(numbers(6));
  });

  test('a follower stops while its broker is away', async () => {
    const [topic, network] = [await broker.topic(), createTestNetwork()];
    const { feed, troubles } = openFeed({}, network);
    const listener = await listen(feed, topic, 'g');
    await eventually(() => listener.following.lag() === 0);
    network.cut();
    await eventually(() => troubles.length > 0);
    await listener.following.stop();
  });

  test('publish rejects in time where a broker takes the connection and never answers', async () => {
    const silent = createServer(() => {});
    servers.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { feed } = openFeed({ brokers: [`127.0.0.1:${port}`], limits: { sendMs: 200, requestMs: 300 } });
    await expect(feed.publish('t', textRecords('p/a', 1, 1))).rejects.toThrow('not over after 200 ms');
  });

  test('a publish over a connection that died unheard rejects in time, and the next one goes over another', async () => {
    const [topic, network] = [await broker.topic(), createTestNetwork()];
    const { feed } = openFeed({ limits: { sendMs: 500, requestMs: 700 } }, network);
    await feed.publish(topic, textRecords('p/a', 1, 1));
    network.drop();
    await expect(feed.publish(topic, textRecords('p/a', 2, 2))).rejects.toThrow('not over after 500 ms');
    await feed.publish(topic, textRecords('p/a', 2, 3));
    const listener = await listen(openFeed().feed, topic, 'g');
    await listener.until(3);
    expect([...new Set(listener.handled)]).toEqual(numbers(3));
  });

  test('a follower waits for a topic that is not there yet', async () => {
    const topic = broker.name();
    const { feed, troubles } = openFeed();
    const listener = await listen(feed, topic, 'g');
    await eventually(() => troubles.length > 0);
    await expect(feed.publish(topic, textRecords('p/a', 1, 1))).rejects.toThrow();
    await broker.create(topic, 1);
    await feed.publish(topic, textRecords('p/a', 1, 2));
    await listener.until(2);
    expect(listener.handled).toEqual(numbers(2));
  });
});

describe('a follower on Kafka that makes no progress', () => {
  test('is told of as stalled while its handler never ends', async () => {
    const topic = await broker.topic();
    const gate = createGate();
    const stalls: Stall[] = [];
    const { feed } = openFeed({ stallLimitMs: 200, onStalled: (stall) => stalls.push(stall) });
    const listener = await listen(feed, topic, 'g', gate.pass);
    await feed.publish(topic, textRecords('p/a', 1, 3));
    await eventually(() => stalls.length > 0);
    expect(stalls).toMatchObject([{ who: `g on ${topic}`, lag: 3, ms: 200 }]);
    gate.open();
    await listener.until(3);
  });
});

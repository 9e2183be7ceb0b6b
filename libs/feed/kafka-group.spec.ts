import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestNetwork, openTestBroker, type TestBroker, type TestNetwork } from './conformance/kafka-broker.js';
import { createGate, eventually, listen, textOf, textRecord, type Listener } from './conformance/listener.js';
import { createKafkaFeed } from './kafka.js';
import type { Feed, FeedRecord } from './port.js';

let broker: TestBroker;
const feeds: Feed[] = [];
beforeAll(async () => {
  broker = await openTestBroker();
});
afterEach(async () => void (await Promise.all(feeds.splice(0).map((feed) => feed.close()))));
afterAll(() => broker.close());

/** As another process has it. */
function openFeed({ lookMs = 20, network }: { lookMs?: number; network?: TestNetwork } = {}): Feed {
  const limits = { lookMs, fetchWaitMs: 50, heartbeatMs: 50 };
  const access = network && { socketFactory: network.socketFactory };
  const feed = createKafkaFeed({ brokers: broker.brokers, access, onTrouble: () => {}, limits });
  feeds.push(feed);
  return feed;
}

const KEYS = Array.from({ length: 12 }, (_, index) => `p/project/${index + 1}`);
const round = (n: number): FeedRecord[] => KEYS.map((key) => textRecord(key, `${key}:${n}`));

describe('members of a group on Kafka', () => {
  test('share the keys while both are there; what comes and goes loses nothing and keeps the order of a key', async () => {
    const [topic, publisher] = [await broker.topic(), openFeed()];
    /** What either member handled, in the order of handling. */
    const handled: string[] = [];
    const join = (): Promise<Listener> =>
      listen(openFeed(), topic, 'g', async (batch) => {
        await new Promise(setImmediate);
        handled.push(...batch.map(textOf));
      });
    let rounds = 0;
    const publishUntil = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await publisher.publish(topic, round(++rounds));
    };

    const one = await join();
    await publishUntil(() => one.handled.length > 0);
    const two = await join();
    await publishUntil(() => two.handled.length > 0);
    const [oneHad, twoHad] = [one.handled.length, two.handled.length];
    await publishUntil(() => one.handled.length > oneHad && two.handled.length > twoHad);
    await two.following.stop();
    const after = rounds + 1;
    await publishUntil(() => one.handled.some((text) => Number(text.split(':').at(-1)) >= after));
    await publisher.publish(topic, round(++rounds));
    await eventually(() => new Set(handled).size === KEYS.length * rounds && one.following.lag() === 0);

    for (const key of KEYS) {
      const inOrder = [...new Set(handled.filter((text) => text.startsWith(`${key}:`)))];
      expect(inOrder).toEqual(Array.from({ length: rounds }, (_, index) => `${key}:${index + 1}`));
    }
  });

  test('a batch that runs while another member joins is ended and committed, and comes to nobody again', async () => {
    const topic = await broker.topic();
    const gate = createGate();
    // Heartbeats are all that the first one sends while its batch runs: it is not looked at, and fetches nothing.
    const network = createTestNetwork();
    const one = await listen(openFeed({ network, lookMs: 1_000_000 }), topic, 'g', gate.pass);
    await openFeed().publish(topic, round(1));
    await eventually(() => one.batches.length === 1);
    const two = await listen(openFeed(), topic, 'g');
    for (;;) {
      const { groups } = await broker.admin.describeGroups([`g.${topic}`]);
      if (groups[0]?.state === 'PreparingRebalance') break;
    }
    for (let heartbeats = 0; heartbeats < 2; heartbeats++) {
      const before = network.answered();
      await eventually(() => network.answered() > before);
    }
    gate.open();
    await eventually(() => one.handled.length + two.handled.length >= KEYS.length && two.following.lag() === 0);
    expect([...one.handled, ...two.handled].sort()).toEqual(round(1).map(textOf).sort());
  });

  test('a member that leaves hands its partitions over at once', async () => {
    const topic = await broker.topic();
    const [one, two] = [await listen(openFeed(), topic, 'g'), await listen(openFeed(), topic, 'g')];
    const publisher = openFeed();
    let rounds = 0;
    while (one.handled.length === 0 || two.handled.length === 0) await publisher.publish(topic, round(++rounds));
    await one.following.stop();
    const before = one.handled.length;
    await publisher.publish(topic, round(++rounds));
    await eventually(() => new Set([...one.handled, ...two.handled]).size === KEYS.length * rounds);
    expect(one.handled).toHaveLength(before);
  });

  test('a member is given together what came of all its partitions, and commits it at once', async () => {
    const topic = await broker.topic();
    await openFeed().publish(topic, [...round(1), ...round(2)]);
    const one = await listen(openFeed(), topic, 'g');
    await eventually(() => one.handled.length === 2 * KEYS.length && one.following.lag() === 0);
    expect(one.batches).toHaveLength(1);
    const committed = await broker.admin.fetchOffsets({ groupId: `g.${topic}`, topics: [topic] });
    const offsets = committed.flatMap(({ partitions }) => partitions.map(({ offset }) => Math.max(0, Number(offset))));
    expect(offsets.filter((offset) => offset > 0).length).toBeGreaterThan(1);
    expect(offsets.reduce((sum, offset) => sum + offset, 0)).toBe(2 * KEYS.length);
  });

  test('a group follows a topic once in a process', async () => {
    const [topic, feed] = [await broker.topic(), openFeed()];
    const { following } = await listen(feed, topic, 'g');
    await expect(listen(feed, topic, 'g')).rejects.toThrow('already follows');
    await following.stop();
    await listen(feed, topic, 'g');
  });
});

import { describe, expect, test } from '@jest/globals';
import { feedConformance } from './conformance.js';
import { createInProcessFeed } from './in-process.js';
import { createGate, eventually, listen, noTime, textRecords } from './conformance/listener.js';
import { RETRY_PAUSE_MAX_MS, type Timer } from './retry.js';

const nobodyListens = (): void => {};

feedConformance(
  'the in-process feed',
  async (limits) => {
    let topics = 0;
    const feed = createInProcessFeed({ timer: noTime(), onTrouble: nobodyListens, limits });
    return { feed, topic: async () => `topic-${++topics}`, close: () => feed.close() };
  },
  { durable: false },
);

describe('the in-process feed', () => {
  test('waits longer after every failure in a row, up to a bound, and tells of each', async () => {
    const asked: number[] = [];
    const troubles: number[] = [];
    const feed = createInProcessFeed({ timer: noTime(asked), onTrouble: ({ failures }) => troubles.push(failures) });
    const listener = await listen(feed, 't', 'g', async () => {
      if (troubles.length < 12) throw new Error('not yet');
    });
    await feed.publish('t', textRecords('p/a', 1, 2));
    await listener.until(2);
    expect(troubles).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(asked).toEqual([...asked].sort((a, b) => a - b));
    expect(new Set(asked).size).toBeGreaterThan(5);
    expect(asked.at(-1)).toBe(RETRY_PAUSE_MAX_MS);
    await feed.close();
  });

  test('hands over the very same batch again, though more was published meanwhile', async () => {
    const feed = createInProcessFeed({ timer: noTime(), onTrouble: nobodyListens });
    const listener = await listen(feed, 't', 'g', async () => {
      if (listener.batches.length > 2) return;
      await feed.publish('t', textRecords('p/a', 3, 4));
      throw new Error('not yet');
    });
    await feed.publish('t', textRecords('p/a', 1, 2));
    await listener.until(6);
    expect(listener.batches.map((batch) => batch.length)).toEqual([2, 2, 2, 4]);
    expect(listener.batches[1]).toBe(listener.batches[0]);
    await feed.close();
  });

  test('stopping ends the pause after a failure, and the batch waits for who follows next', async () => {
    const never: Timer = () => () => {};
    const feed = createInProcessFeed({ timer: never, onTrouble: nobodyListens });
    const failing = await listen(feed, 't', 'g', () => Promise.reject(new Error('never')));
    await feed.publish('t', textRecords('p/a', 1, 2));
    await eventually(() => failing.batches.length === 1);
    await failing.following.stop();
    expect(failing.following.lag()).toBe(2);
    const next = await listen(feed, 't', 'g');
    await next.until(2);
    expect(next.handled).toEqual(['p/a:1', 'p/a:2']);
    await feed.close();
  });

  test('runs one batch per turn of the event loop over all groups, so that requests are served in between', async () => {
    const feed = createInProcessFeed({ limits: { batchRecordsMax: 10 } });
    const turns: number[] = [];
    const note = async (): Promise<void> => {
      turns.push(turn);
    };
    const listeners = [await listen(feed, 't', 'one', note), await listen(feed, 't', 'two', note)];
    listeners.push(await listen(feed, 'u', 'one', note));
    let turn = 0;
    let ticking = true;
    const tick = (): void => {
      turn += 1;
      if (ticking) setImmediate(tick);
    };
    tick();
    await Promise.all([feed.publish('t', textRecords('p/a', 1, 50)), feed.publish('u', textRecords('p/a', 1, 50))]);
    await Promise.all(listeners.map((listener) => listener.until(50)));
    ticking = false;
    expect(turns).toHaveLength(15);
    expect(new Set(turns).size).toBe(15);
    await feed.close();
  });

  test('a publisher waits while the slowest group is too far behind, and order holds', async () => {
    const feed = createInProcessFeed({ limits: { recordsMax: 4, batchRecordsMax: 2 } });
    const gate = createGate();
    const slow = await listen(feed, 't', 'slow', gate.pass);
    const quick = await listen(feed, 't', 'quick');
    const published: number[] = [];
    const publishing = [1, 3, 5, 7].map((from) =>
      feed.publish('t', textRecords('p/a', from, from + 1)).then(() => published.push(from)),
    );
    await quick.until(4);
    expect(published).toEqual([1, 3]);
    await eventually(() => quick.following.lag() === 0);
    gate.open();
    await Promise.all([...publishing, slow.until(8), quick.until(8)]);
    expect(slow.handled).toEqual(['p/a:1', 'p/a:2', 'p/a:3', 'p/a:4', 'p/a:5', 'p/a:6', 'p/a:7', 'p/a:8']);
    expect(quick.handled).toEqual(slow.handled);
    await feed.close();
  });

  test('closing refuses the publisher that still waits for room', async () => {
    const feed = createInProcessFeed({ limits: { recordsMax: 1 } });
    const gate = createGate();
    await listen(feed, 't', 'g', gate.pass);
    await feed.publish('t', textRecords('p/a', 1, 1));
    const refused = expect(feed.publish('t', textRecords('p/a', 2, 2))).rejects.toThrow('closed');
    gate.open();
    await Promise.all([feed.close(), refused]);
  });

  test('a group that comes after the first records were dropped is refused, never given a part', async () => {
    const feed = createInProcessFeed({ limits: { dropRecordsMin: 5 } });
    const early = await listen(feed, 't', 'early');
    await feed.publish('t', textRecords('p/a', 1, 4));
    await early.until(4);
    const intime = await listen(feed, 't', 'in time');
    await intime.until(4);
    await feed.publish('t', textRecords('p/a', 5, 6));
    await eventually(() => early.following.lag() === 0 && intime.following.lag() === 0);
    await expect(listen(feed, 't', 'late')).rejects.toThrow('too late');
    await feed.close();
  });

  test('keeps what a stopped group has not handled, up to the bound, and is not held up by it', async () => {
    const feed = createInProcessFeed({ limits: { dropRecordsMin: 1, recordsMax: 30 } });
    const [away, there] = [await listen(feed, 't', 'away'), await listen(feed, 't', 'there')];
    await away.following.stop();
    await feed.publish('t', textRecords('p/a', 1, 30));
    await eventually(() => there.following.lag() === 0);
    const back = await listen(feed, 't', 'away');
    await back.until(30);
    expect(back.handled).toEqual(there.handled);

    await back.following.stop();
    for (let n = 31; n <= 100; n++) await feed.publish('t', textRecords('p/a', n, n));
    await there.until(100);
    await expect(listen(feed, 't', 'away')).rejects.toThrow('too late');
    await feed.close();
  });

  test('keeps what its followers have not handled even where one publish is larger than the bound', async () => {
    const feed = createInProcessFeed({ limits: { dropRecordsMin: 1, recordsMax: 5, batchRecordsMax: 3 } });
    const listener = await listen(feed, 't', 'g');
    await feed.publish('t', textRecords('p/a', 1, 20));
    await feed.publish('t', textRecords('p/a', 21, 22));
    await listener.until(22);
    expect(listener.handled).toEqual(Array.from({ length: 22 }, (_, index) => `p/a:${index + 1}`));
    await feed.close();
  });

  test('a publisher that waits for a group goes on when that group stops', async () => {
    const feed = createInProcessFeed({ limits: { recordsMax: 1 }, timer: () => () => {}, onTrouble: nobodyListens });
    const stuck = await listen(feed, 't', 'stuck', () => Promise.reject(new Error('never')));
    await feed.publish('t', textRecords('p/a', 1, 1));
    const published = feed.publish('t', textRecords('p/a', 2, 2));
    await stuck.following.stop();
    await published;
    await feed.close();
  });

  test('a topic that nobody follows holds no more than its bound', async () => {
    const feed = createInProcessFeed({ limits: { recordsMax: 10, dropRecordsMin: 5 } });
    for (let n = 1; n <= 10; n++) await feed.publish('t', textRecords('p/a', n, n));
    const intime = await listen(feed, 't', 'g');
    await intime.until(10);
    for (let n = 1; n <= 20; n++) await feed.publish('unfollowed', textRecords('p/a', n, n));
    await expect(listen(feed, 'unfollowed', 'g')).rejects.toThrow('too late');
    await feed.close();
  });

  test('a group follows once at a time', async () => {
    const feed = createInProcessFeed();
    const listener = await listen(feed, 't', 'g');
    await expect(listen(feed, 't', 'g')).rejects.toThrow('already follows');
    await listener.following.stop();
    await listen(feed, 't', 'g');
    await feed.close();
  });
});

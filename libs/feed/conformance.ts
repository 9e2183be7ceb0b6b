import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createGate, eventually, listen, textOf, textRecord, textRecords } from './conformance/listener.js';
import { BATCH_RECORDS_MAX, type Feed, type FeedRecord } from './port.js';

/** An adapter with nothing in it yet. */
export interface FeedBench {
  readonly feed: Feed;
  /** Makes an empty topic that no other test uses; where there are partitions, with more than one. */
  topic(): Promise<string>;
  /** Another feed on the same records and bookmarks, after `feed` was closed: as after a restart of the process. */
  reopen?(): Promise<Feed>;
  close(): Promise<void>;
}

/** `batchRecordsMax`: where a test wants smaller batches than the adapter would make. */
export type MakeFeedBench = (limits?: { readonly batchRecordsMax?: number }) => Promise<FeedBench>;

/**
 * What every feed must do; an adapter that does not run all of it is not an adapter. `durable`: records and bookmarks
 * outlive the process, and the bench can `reopen`.
 */
export function feedConformance(name: string, make: MakeFeedBench, { durable }: { durable: boolean }): void {
  describe(`${name} as a feed`, () => {
    let bench: FeedBench;
    beforeEach(async () => {
      bench = await make();
    });
    afterEach(() => bench.close());

    test('gives a group every record once, in the order of its key, in batches of bounded size', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      const keys = ['p/a', 'p/b', 'p/c'];
      for (let from = 1; from <= 600; from += 200) {
        await bench.feed.publish(
          topic,
          keys.flatMap((key) => textRecords(key, from, from + 199)),
        );
      }
      await listener.until(1_800);
      for (const key of keys) {
        expect(listener.handledOf(key)).toEqual(Array.from({ length: 600 }, (_, index) => `${key}:${index + 1}`));
      }
      for (const batch of listener.batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(BATCH_RECORDS_MAX);
      }
    });

    test('gives a record as it was published: key, bytes and headers', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const headers = { ce_id: '规划', ce_type: 'planledger.v1.PlanLoaded', traceparent };
      await bench.feed.publish(topic, [{ key: 'p/plan', value: Uint8Array.of(0, 255, 10, 13), headers }]);
      await listener.until(1);
      const [record] = listener.batches[0] ?? [];
      expect(record?.key).toBe('p/plan');
      expect([...(record?.value ?? [])]).toEqual([0, 255, 10, 13]);
      expect(record?.headers).toEqual(headers);
    });

    test('gives a record that says nothing as it is, and what comes after it', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      await bench.feed.publish(topic, [
        { key: 'p/a', value: new Uint8Array(), headers: {} },
        textRecord('p/a', 'after'),
      ]);
      await listener.until(2);
      expect(listener.handled).toEqual(['', 'after']);
      expect(listener.batches[0]?.[0]).toMatchObject({ key: 'p/a', headers: {} });
    });

    test('gives every group all records of its topic, and none of another topic', async () => {
      const [topic, other] = [await bench.topic(), await bench.topic()];
      const [one, two] = [await listen(bench.feed, topic, 'one'), await listen(bench.feed, topic, 'two')];
      const elsewhere = await listen(bench.feed, other, 'one');
      await bench.feed.publish(topic, textRecords('p/a', 1, 20));
      await bench.feed.publish(other, textRecords('p/a', 100, 100));
      await Promise.all([one.until(20), two.until(20), elsewhere.until(1)]);
      expect(one.handled).toEqual(two.handled);
      expect(elsewhere.handled).toEqual(['p/a:100']);
    });

    test('publishing nothing gives nothing', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      await bench.feed.publish(topic, []);
      await bench.feed.publish(topic, [textRecord('p/a', 'first')]);
      await listener.until(1);
      expect(listener.batches).toHaveLength(1);
    });

    test('gives a group one batch at a time', async () => {
      const topic = await bench.topic();
      let [running, most] = [0, 0];
      const listener = await listen(bench.feed, topic, 'g', async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
      });
      for (let n = 1; n <= 30; n++) await bench.feed.publish(topic, textRecords(`p/${n % 5}`, n, n));
      await listener.until(30);
      expect(most).toBe(1);
    });

    test('gives a rejected batch again from its first record, and skips nothing', async () => {
      const topic = await bench.topic();
      const rejected: string[] = [];
      const listener = await listen(bench.feed, topic, 'g', async ([first]) => {
        if (rejected.length >= 3) return;
        rejected.push(String(first?.headers['ce_id']));
        throw new Error('the handler is not up to it yet');
      });
      await bench.feed.publish(topic, textRecords('p/a', 1, 20));
      await bench.feed.publish(topic, textRecords('p/a', 21, 40));
      await listener.until(40);
      expect(rejected).toEqual(Array.from({ length: 3 }, () => 'id of p/a:1'));
      expect(listener.handled).toEqual(Array.from({ length: 40 }, (_, index) => `p/a:${index + 1}`));
    });

    test('cuts what waits into small batches where asked to; of these a rejected one alone comes again', async () => {
      const cutting = await make({ batchRecordsMax: 7 });
      try {
        const topic = await cutting.topic();
        await cutting.feed.publish(topic, textRecords('p/a', 1, 60));
        const rejected: string[][] = [];
        const listener = await listen(cutting.feed, topic, 'g', async (batch) => {
          if (rejected.length === 2 || !batch.some((record) => textOf(record) === 'p/a:30')) return;
          rejected.push(batch.map(textOf));
          throw new Error('the handler is not up to it yet');
        });
        await listener.until(60);
        expect(listener.handled).toEqual(Array.from({ length: 60 }, (_, index) => `p/a:${index + 1}`));
        expect(Math.max(...listener.batches.map((batch) => batch.length))).toBe(7);
        expect(rejected[1]).toEqual(rejected[0]);
        const given = listener.batches.flat().length;
        expect(given).toBe(60 + 2 * (rejected[0]?.length ?? 0));
      } finally {
        await cutting.close();
      }
    });

    test('keeps the order of one publish however large, and of what a key gets after it', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      const headers = { filling: 'x'.repeat(2_000) };
      const large = (key: string, n: number): FeedRecord => ({ ...textRecord(key, `${key}:${n}`), headers });
      const numbers = Array.from({ length: 1_500 }, (_, index) => index + 1);
      const both = numbers.flatMap((n) => [large('p/a', n), large('p/b', n)]);
      await bench.feed.publish(topic, both);
      await bench.feed.publish(topic, textRecords('p/a', 1_501, 1_501));
      await listener.until(3_001);
      expect(listener.handledOf('p/a')).toEqual([...numbers, 1_501].map((n) => `p/a:${n}`));
      expect(listener.handledOf('p/b')).toEqual(numbers.map((n) => `p/b:${n}`));
    });

    test('one group that rejects holds up no other', async () => {
      const topic = await bench.topic();
      const gate = createGate();
      const stuck = await listen(bench.feed, topic, 'stuck', gate.pass);
      const other = await listen(bench.feed, topic, 'other');
      await bench.feed.publish(topic, textRecords('p/a', 1, 10));
      await other.until(10);
      expect(stuck.handled).toEqual([]);
      gate.open();
      await stuck.until(10);
    });

    test('racing publishers keep each its own order', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      const publishers = ['one', 'two', 'three', 'four'];
      const publishAll = async (publisher: string): Promise<void> => {
        for (let n = 1; n <= 25; n++) await bench.feed.publish(topic, [textRecord('p/a', `${publisher} ${n}`)]);
      };
      await Promise.all(publishers.map(publishAll));
      await listener.until(100);
      for (const publisher of publishers) {
        const own = listener.handled.filter((text) => text.startsWith(`${publisher} `));
        expect(own).toEqual(Array.from({ length: 25 }, (_, index) => `${publisher} ${index + 1}`));
      }
    });

    test('a group that comes late sees all records from the first', async () => {
      const topic = await bench.topic();
      await bench.feed.publish(topic, textRecords('p/a', 1, 10));
      const early = await listen(bench.feed, topic, 'early');
      await early.until(10);
      const late = await listen(bench.feed, topic, 'late');
      await bench.feed.publish(topic, textRecords('p/a', 11, 12));
      await late.until(12);
      expect(late.handled).toEqual(Array.from({ length: 12 }, (_, index) => `p/a:${index + 1}`));
    });

    test('lag counts what is published and not yet handled, the running batch included, and how long it has been', async () => {
      const topic = await bench.topic();
      const gate = createGate();
      const listener = await listen(bench.feed, topic, 'g', gate.pass);
      await eventually(() => listener.following.lag() === 0);
      expect(listener.following.lagSeconds()).toBe(0);
      await bench.feed.publish(topic, textRecords('p/a', 1, 7));
      await eventually(() => listener.batches.length === 1 && listener.following.lag() === 7);
      await eventually(() => listener.following.lagSeconds() > 0);
      gate.open();
      await listener.until(7);
      await eventually(() => listener.following.lag() === 0);
      expect(listener.following.lagSeconds()).toBe(0);
    });

    test('stop waits for the running batch, then nothing more comes; who follows again misses nothing', async () => {
      const topic = await bench.topic();
      const gate = createGate();
      const first = await listen(bench.feed, topic, 'g', gate.pass);
      await bench.feed.publish(topic, textRecords('p/a', 1, 3));
      await eventually(() => first.batches.length > 0);
      let stopped = false;
      const stopping = first.following.stop().then(() => {
        stopped = true;
      });
      await new Promise(setImmediate);
      expect(stopped).toBe(false);
      gate.open();
      await stopping;

      const before = first.handled.length;
      expect(before).toBeGreaterThan(0);
      await bench.feed.publish(topic, textRecords('p/a', 4, 6));
      const witness = await listen(bench.feed, topic, 'witness');
      await witness.until(6);
      expect(first.handled).toHaveLength(before);

      const second = await listen(bench.feed, topic, 'g');
      await second.until(6 - before);
      await eventually(() => second.handled.at(-1) === 'p/a:6');
      expect([...new Set([...first.handled, ...second.handled])]).toEqual(witness.handled);
    });

    test('a closed feed takes and gives nothing more', async () => {
      const topic = await bench.topic();
      const listener = await listen(bench.feed, topic, 'g');
      await bench.feed.publish(topic, textRecords('p/a', 1, 1));
      await listener.until(1);
      await bench.feed.close();
      await expect(bench.feed.publish(topic, textRecords('p/a', 2, 2))).rejects.toThrow();
      await expect(bench.feed.follow(topic, 'h', async () => {})).rejects.toThrow();
      expect(listener.handled).toEqual(['p/a:1']);
    });

    if (!durable) return;
    test('after a restart a group goes on at its bookmark and misses nothing', async () => {
      const topic = await bench.topic();
      const first = await listen(bench.feed, topic, 'g', async (batch) => {
        if (batch.some((record) => record.headers['ce_id'] === 'id of p/a:11')) throw new Error('killed here');
      });
      await bench.feed.publish(topic, textRecords('p/a', 1, 10));
      await first.until(10);
      await eventually(() => first.following.lag() === 0);
      const handledBatches = first.batches.length;
      await bench.feed.publish(topic, textRecords('p/a', 11, 20));
      await eventually(() => first.batches.length > handledBatches);
      await bench.feed.close();

      const feed = await reopened(bench);
      const second = await listen(feed, topic, 'g');
      await eventually(() => second.handled.includes('p/a:20'));
      expect(second.handled).toEqual(Array.from({ length: 10 }, (_, index) => `p/a:${index + 11}`));
      await feed.close();
    });

    test('after a restart each group goes on at its own bookmark, and one that never followed at the first record', async () => {
      const topic = await bench.topic();
      await bench.feed.publish(topic, textRecords('p/a', 1, 5));
      const ahead = await listen(bench.feed, topic, 'ahead');
      await ahead.until(5);
      await bench.feed.publish(topic, textRecords('p/a', 6, 8));
      const behind = await listen(bench.feed, topic, 'behind', () => Promise.reject(new Error('killed here')));
      await ahead.until(8);
      await eventually(() => ahead.following.lag() === 0 && behind.batches.length > 0);
      await bench.feed.close();

      const feed = await reopened(bench);
      await feed.publish(topic, textRecords('p/a', 9, 9));
      const [again, late] = [await listen(feed, topic, 'ahead'), await listen(feed, topic, 'never')];
      const caughtUp = await listen(feed, topic, 'behind');
      await Promise.all([again.until(1), caughtUp.until(9), late.until(9)]);
      expect(again.handled).toEqual(['p/a:9']);
      expect(caughtUp.handled).toEqual(Array.from({ length: 9 }, (_, index) => `p/a:${index + 1}`));
      expect(late.handled).toEqual(caughtUp.handled);
      await feed.close();
    });
  });
}

function reopened(bench: FeedBench): Promise<Feed> {
  if (!bench.reopen) throw new Error('a durable feed needs a bench that can reopen');
  return bench.reopen();
}

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFollower, type Follower } from './follower.js';
import { createMemoryViews } from './memory.js';
import type { Versioned, ViewStore } from './port.js';
import {
  createDrivenFeed,
  createToyLedger,
  decodeToy,
  keyOf,
  toyFold,
  toyHistory,
  type ToyDoc,
  type ToyEntry,
  type ToyOp,
} from './conformance/toy.js';

const STREAMS = ['plan', 'project/a', 'project/b', 'indicator/c'];
const RUNS = 500;

/** Histories over several streams; a step's `n` is what it adds, and which earlier version of its stream it corrects. */
const histories = (kinds: readonly ToyOp['kind'][]): fc.Arbitrary<ToyEntry[]> =>
  fc
    .array(fc.record({ stream: fc.constantFrom(...STREAMS), kind: fc.constantFrom(...kinds), n: fc.nat(99) }), {
      minLength: 1,
      maxLength: 40,
    })
    .map((steps) => {
      const lengths = new Map<string, number>();
      return toyHistory(
        steps.map(({ stream, kind, n }) => {
          const length = lengths.get(stream) ?? 0;
          lengths.set(stream, length + 1);
          if (kind !== 'correct') return [stream, { kind, n }];
          return [stream, length === 0 ? { kind: 'add', n } : { kind, version: (n % length) + 1, n }];
        }),
      );
    });

/** What becomes of the next records on their way. */
interface Delivery {
  readonly size: number;
  /** Records of earlier batches that come again before them; `from` modulo how many there were. */
  readonly again: { readonly from: number; readonly count: number } | null;
  /** A bit a record: 1 never comes by the feed. */
  readonly lost: number;
  /** Whether the history already holds later entries than these. */
  readonly ahead: boolean;
  /** What is down when they first come. */
  readonly down: 'nothing' | 'save' | 'publish' | 'history';
  /** Killed: between publish and save, and what was not handled is then cut into other batches. */
  readonly restart: 'none' | 'clean' | 'killed';
}
const deliveries: fc.Arbitrary<Delivery[]> = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 8 }),
    again: fc.option(fc.record({ from: fc.nat(99), count: fc.integer({ min: 1, max: 6 }) })),
    lost: fc.nat(255),
    ahead: fc.boolean(),
    down: fc.constantFrom('nothing', 'nothing', 'nothing', 'save', 'publish', 'history'),
    restart: fc.constantFrom('none', 'none', 'none', 'clean', 'killed'),
  }),
  { minLength: 1, maxLength: 20 },
);

/** The store and the ledger, which outlive the followers on them, and what one life after another published. */
function createBench(entries: readonly ToyEntry[], bearsPoison: () => boolean) {
  const ledger = createToyLedger(entries);
  const memory = createMemoryViews<ToyDoc>();
  const down = { save: false, publish: false };
  const lives: Versioned<ToyDoc>[][] = [];
  const store: ViewStore<ToyDoc> = {
    ...memory,
    save: (docs) => (down.save ? Promise.reject(new Error('the store is down')) : memory.save(docs)),
  };
  async function begin() {
    const feed = createDrivenFeed();
    const published: Versioned<ToyDoc>[] = [];
    lives.push(published);
    const follower = createFollower<ToyDoc, ToyEntry>({
      feed,
      topic: 't',
      group: 'g',
      decode: decodeToy,
      locate: (entry) => entry,
      fold: toyFold(bearsPoison),
      store,
      history: ledger.history,
      async publish(docs) {
        if (down.publish) throw new Error('the feed is down');
        published.push(...docs);
      },
    });
    await follower.start();
    return { follower, feed };
  }
  return { ledger, down, store, lives, begin };
}

/** Delivers the history in order per key, as told; the last entry of a stream is never lost, for nothing shows it. */
async function deliverAll(
  entries: readonly ToyEntry[],
  told: readonly Delivery[],
  { ledger, down, begin }: ReturnType<typeof createBench>,
): Promise<Follower> {
  const lastOf = new Map(entries.map((entry) => [keyOf(entry), entry]));
  let { follower, feed } = await begin();
  const restart = async (): Promise<void> => {
    await follower.stop();
    ({ follower, feed } = await begin());
  };
  for (let [next, turn] = [0, 0]; next < entries.length; turn++) {
    const delivery = told[turn % told.length];
    if (!delivery) break;
    const { size, again, lost } = delivery;
    const from = again ? again.from % (next + 1) : 0;
    const batch = again ? entries.slice(from, Math.min(next, from + again.count)) : [];
    for (const [bit, entry] of entries.slice(next, next + size).entries()) {
      if (!((lost >> bit) & 1) || lastOf.get(keyOf(entry)) === entry) batch.push(entry);
    }
    ledger.head = delivery.ahead ? entries.length : Math.min(entries.length, next + size);
    if (delivery.down !== 'nothing') {
      ledger.down = delivery.down === 'history';
      Object.assign(down, { save: delivery.down === 'save', publish: delivery.down === 'publish' });
      // It may also work out, where there is nothing to save or no history is wanted.
      await feed.deliver(batch).catch(() => {});
      ledger.down = false;
      Object.assign(down, { save: false, publish: false });
    }
    if (delivery.restart === 'killed' && turn < told.length) {
      down.save = true;
      await feed.deliver(batch).catch(() => {});
      down.save = false;
      await restart();
      continue;
    }
    if (delivery.restart === 'clean') await restart();
    await feed.deliver(batch);
    next += size;
  }
  return follower;
}

const streamsOf = (entries: readonly ToyEntry[]): Map<string, ToyEntry[]> => {
  const streams = new Map<string, ToyEntry[]>();
  for (const entry of entries) streams.set(keyOf(entry), [...(streams.get(keyOf(entry)) ?? []), entry]);
  return streams;
};

describe('a follower, however its records are cut, repeated, lost and interrupted,', () => {
  test('ends at the fresh fold of every stream, and its last published documents are its last saved', async () => {
    const run = async (entries: ToyEntry[], told: Delivery[]): Promise<void> => {
      const bench = createBench(entries, () => false);
      await deliverAll(entries, told, bench);
      const streams = streamsOf(entries);
      const stored = await bench.store.load([...streams.keys()]);
      const lastPublished = new Map(bench.lives.flat().map((doc) => [doc.key, doc]));
      for (const [key, stream] of streams) {
        const doc = toyFold().refold(key, stream);
        expect(stored.get(key)).toEqual({ key, version: stream.length, doc });
        expect(lastPublished.get(key)).toEqual(stored.get(key));
      }
      for (const published of bench.lives) {
        const versions = new Map<string, number>();
        for (const { key, version } of published) {
          expect(version).toBeGreaterThanOrEqual(versions.get(key) ?? 0);
          versions.set(key, version);
        }
      }
      expect(await bench.store.parked()).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(histories(['add', 'add', 'add', 'correct']), deliveries, run), { numRuns: RUNS });
  });

  test('parks exactly the poisoned streams at their first poisoned version, and a retry makes up for all of it', async () => {
    const run = async (entries: ToyEntry[], told: Delivery[]): Promise<void> => {
      let released = false;
      const bench = createBench(entries, () => released);
      const follower = await deliverAll(entries, told, bench);
      const streams = streamsOf(entries);
      const stored = await bench.store.load([...streams.keys()]);
      const parked = new Map((await follower.parked('p')).map(({ key, version }) => [key, version]));
      for (const [key, stream] of streams) {
        const poisoned = stream.find(({ op }) => op.kind === 'poison')?.version;
        expect(parked.get(key)).toBe(poisoned);
        const good = poisoned === undefined ? stream.length : poisoned - 1;
        const doc = toyFold().refold(key, stream.slice(0, good));
        expect(stored.get(key)).toEqual(good === 0 ? undefined : { key, version: good, doc });
      }
      released = true;
      bench.ledger.head = entries.length;
      for (const key of parked.keys()) expect(await follower.retryParked(key)).toBe(true);
      expect(await follower.parked()).toEqual([]);
      const healed = await bench.store.load([...streams.keys()]);
      for (const [key, stream] of streams) {
        const doc = toyFold(() => true).refold(key, stream);
        expect(healed.get(key)).toEqual({ key, version: stream.length, doc });
      }
    };
    const kinds = ['add', 'add', 'add', 'add', 'correct', 'poison'] as const;
    await fc.assert(fc.asyncProperty(histories(kinds), deliveries, run), { numRuns: RUNS });
  });
});

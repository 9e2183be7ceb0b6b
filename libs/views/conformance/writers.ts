import { describe, expect, test } from '@jest/globals';
import type { ViewsBench } from '../conformance.js';
import type { Versioned, ViewStore } from '../port.js';
import { add, correct, follow, poison } from './toy-bench.js';
import { toyFold, type ToyDoc } from './toy.js';

/** The part of the suite about several processes, batches that come again, and restarts. */
export function standsWriters(benchOf: () => ViewsBench): void {
  describe('with several writers', () => {
    test('racing processes end at the newest of every key, and nobody ever sees one go back', async () => {
      const bench = benchOf();
      const keys = Array.from({ length: 20 }, (_, index) => `p/project/${index}`);
      const batch = (version: number): Versioned<string>[] =>
        keys.map((key) => ({ key, version, doc: `${key}@${version}` }));
      const orders = [
        [1, 4, 2, 8, 3, 10],
        [10, 9, 1, 6],
        [5, 7, 10, 8, 2],
      ];
      let racing = true;
      const watched = watch(bench.open<string>(), keys, () => racing);
      const writers = orders.map(async (versions) => {
        const store = bench.open<string>();
        await Promise.all(versions.map((version) => store.save(batch(version))));
      });
      await Promise.all(writers);
      racing = false;
      expect(await watched).toEqual([]);
      expect(await bench.open().list('p', { limit: 100 })).toEqual(batch(10).sort((a, b) => (a.key < b.key ? -1 : 1)));
    });

    test('of racing parkings of one key the first failed version stays', async () => {
      const bench = benchOf();
      const versions = [5, 3, 8, 2, 7, 4];
      await Promise.all(versions.map((version) => bench.open().park({ key: 'p/a', version, reason: `at ${version}` })));
      expect(await bench.open().parked('p')).toEqual([{ key: 'p/a', version: 2, reason: 'at 2' }]);
    });

    test('what one process saved and parked, the next one finds', async () => {
      const bench = benchOf();
      await bench.open().save([{ key: 'p/a', version: 3, doc: 'three' }]);
      await bench.open().park({ key: 'p/a', version: 4, reason: 'poison' });
      const next = bench.open<string>();
      expect((await next.load(['p/a'])).get('p/a')).toEqual({ key: 'p/a', version: 3, doc: 'three' });
      expect(await next.list('p', { limit: 10 })).toHaveLength(1);
      expect(await next.parked()).toEqual([{ key: 'p/a', version: 4, reason: 'poison' }]);
    });
  });

  describe('under followers', () => {
    const steps = [
      ['a', add(1)],
      ['b', add(2)],
      ['a', add(3)],
      ['a', correct(1, 5)],
      ['b', add(7)],
      ['c', add(4)],
      ['c', poison],
      ['c', add(9)],
      ['a', add(6)],
    ] as const;
    const refolded = { a: ['1: 5 corrected', '2: 3', '4: 6'], b: ['1: 2', '2: 7'], c: ['1: 4'] };
    const expectRefolded = async (store: ViewStore<ToyDoc>): Promise<void> => {
      const docs = await store.list('p', { limit: 10 });
      expect(Object.fromEntries(docs.map(({ key, doc }) => [key.slice(2), doc.counted]))).toEqual(refolded);
      expect(await store.parked()).toMatchObject([{ key: 'p/c', version: 2 }]);
    };

    test('every batch delivered three times, cut anew each time, ends at a fresh fold', async () => {
      const bench = benchOf();
      const { deliver, store } = await follow(steps, { store: bench.open() });
      for (const size of [2, 5, 3]) {
        for (let from = 1; from <= steps.length; from += size) {
          await deliver(...Array.from({ length: size }, (_, index) => from + index));
        }
      }
      await expectRefolded(store);
    });

    test('a follower that is started anew in the middle goes on from what was saved', async () => {
      const bench = benchOf();
      for (const [from, to] of [
        [1, 3],
        [3, 6],
        [5, 9],
      ] as const) {
        const { deliver, follower } = await follow(steps, { store: bench.open() });
        for (let position = from; position <= to; position += 1) await deliver(position);
        await follower.stop();
      }
      await expectRefolded(bench.open());
    });

    test('two that own the same keys for a moment end at a fresh fold, and a key heals by retry of either', async () => {
      const bench = benchOf();
      const [one, other] = [
        await follow(steps, { store: bench.open() }),
        await follow(steps, { store: bench.open(), fold: toyFold(() => true) }),
      ];
      await one.deliver(1, 2, 3, 4, 5, 6, 7);
      await Promise.all([one.deliver(3, 4, 5, 6, 7, 8, 9), other.deliver(4, 5, 6, 8, 9)]);
      await expectRefolded(bench.open());
      expect(await other.follower.retryParked('p/c')).toBe(true);
      const healed = (await bench.open<ToyDoc>().load(['p/c'])).get('p/c');
      expect(healed).toEqual({ key: 'p/c', version: 3, doc: { counted: ['1: 4', '2: borne', '3: 9'] } });
      expect(await bench.open().parked()).toEqual([]);
    });
  });
}

/** Reads as long as asked; answers every version that was lower than one seen before. */
async function watch(store: ViewStore<string>, keys: readonly string[], on: () => boolean): Promise<string[]> {
  const seen = new Map<string, number>();
  const wentBack: string[] = [];
  while (on()) {
    for (const { key, version, doc } of (await store.load(keys)).values()) {
      if (version < (seen.get(key) ?? 0) || doc !== `${key}@${version}`) wentBack.push(`${key}@${version}: ${doc}`);
      seen.set(key, version);
    }
    // A store in memory answers without ever letting the writers run.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return wentBack;
}

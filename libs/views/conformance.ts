import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keepsValues } from './conformance/values.js';
import { standsWriters } from './conformance/writers.js';
import { LIST_DOCS_MAX, type Versioned, type ViewStore } from './port.js';

/** What the suite stores. */
interface SampleDoc {
  readonly text: string;
  readonly nested?: { readonly list: readonly number[] };
}

/** An adapter with nothing in it yet. */
export interface ViewsBench {
  /** The one view of the bench, each time as one more process opens it. */
  open<Doc>(): ViewStore<Doc>;
  close?(): Promise<void>;
}

const doc = (key: string, version: number, text = `${key}@${version}`): Versioned<SampleDoc> => ({
  key,
  version,
  doc: { text },
});

/** What every view store must do; an adapter that does not run all of it is not an adapter. */
export function viewsConformance(name: string, make: () => Promise<ViewsBench>): void {
  describe(`${name} as a view store`, () => {
    let bench: ViewsBench;
    let store: ViewStore<SampleDoc>;
    beforeEach(async () => {
      bench = await make();
      store = bench.open();
    });
    afterEach(async () => bench.close?.());

    const loadOne = async (key: string): Promise<Versioned<SampleDoc> | undefined> =>
      (await store.load([key])).get(key);
    const keysOn = (page: readonly Versioned<SampleDoc>[]): string[] => page.map(({ key }) => key);

    test('loads what was saved, by key, and leaves unknown keys out', async () => {
      const nested: Versioned<SampleDoc> = {
        key: 'p/b',
        version: 3,
        doc: { text: '中牟县', nested: { list: [1, 2] } },
      };
      await store.save([doc('p/a', 1), nested]);
      const found = await store.load(['p/b', 'p/unknown', 'p/a']);
      expect([...found.keys()].sort()).toEqual(['p/a', 'p/b']);
      expect(found.get('p/b')).toEqual(nested);
      expect(await store.load([])).toEqual(new Map());
    });

    test('saving nothing changes nothing', async () => {
      await store.save([]);
      expect(await store.list('p', { limit: 10 })).toEqual([]);
    });

    test('a newer version replaces the stored one; an older or equal one changes nothing', async () => {
      await store.save([doc('p/a', 5, 'five')]);
      await store.save([doc('p/a', 4, 'four')]);
      await store.save([doc('p/a', 5, 'another five')]);
      expect(await loadOne('p/a')).toEqual(doc('p/a', 5, 'five'));
      await store.save([doc('p/a', 6, 'six'), doc('p/b', 1, 'one')]);
      expect(await loadOne('p/a')).toEqual(doc('p/a', 6, 'six'));
      expect(await loadOne('p/b')).toEqual(doc('p/b', 1, 'one'));
    });

    test('an older document holds up none of those saved with it', async () => {
      await store.save([doc('p/b', 9)]);
      await store.save([doc('p/a', 1), doc('p/b', 2), doc('p/c', 1)]);
      expect(keysOn(await store.list('p', { limit: 10 }))).toEqual(['p/a', 'p/b', 'p/c']);
      expect((await loadOne('p/b'))?.version).toBe(9);
    });

    test('of racing saves of one key the newest stays', async () => {
      const versions = [3, 9, 1, 7, 10, 2, 8, 4, 6, 5];
      await Promise.all(versions.map((version) => store.save([doc('p/a', version)])));
      expect(await loadOne('p/a')).toEqual(doc('p/a', 10));
    });

    test('takes a batch of documents at once', async () => {
      const many = Array.from({ length: 500 }, (_, index) => doc(`p/project/${index}`, index + 1));
      await store.save(many);
      expect((await store.load(many.map(({ key }) => key))).size).toBe(500);
    });

    test('lists in key order, page after page, whatever order they were saved in', async () => {
      const streams = ['project/k10', 'project/k1', 'project/k2', 'indicator/z', 'project/K1', 'plan', 'project/k1-a'];
      for (const stream of streams) await store.save([doc(`p/${stream}`, 1)]);
      const sorted = streams.map((stream) => `p/${stream}`).sort();
      const paged: string[] = [];
      for (let after: string | undefined; ; after = paged.at(-1)) {
        const page = await store.list('p', after === undefined ? { limit: 3 } : { after, limit: 3 });
        paged.push(...keysOn(page));
        if (page.length < 3) break;
      }
      expect(paged).toEqual(sorted);
    });

    test('lists the newest version once, and what was saved between two pages', async () => {
      await store.save([doc('p/a', 1), doc('p/c', 1)]);
      expect(keysOn(await store.list('p', { limit: 1 }))).toEqual(['p/a']);
      await store.save([doc('p/b', 1), doc('p/a', 2)]);
      await store.save([doc('p/c', 2)]);
      expect(await store.list('p', { after: 'p/a', limit: 10 })).toEqual([doc('p/b', 1), doc('p/c', 2)]);
      expect(await store.list('p', { limit: 10 })).toHaveLength(3);
    });

    test('`after` need not be a stored key, and after the last there is nothing', async () => {
      await store.save([doc('p/a', 1), doc('p/c', 1)]);
      expect(keysOn(await store.list('p', { after: 'p/b', limit: 10 }))).toEqual(['p/c']);
      expect(await store.list('p', { after: 'p/c', limit: 10 })).toEqual([]);
    });

    test('lists one plan only, also where another plan’s name begins with its name', async () => {
      for (const plan of ['kaifeng-145', 'kaifeng-145-demo', 'kaifeng-14', 'kaifeng-1450', 'kaifeng-145a', 'zhoukou']) {
        await store.save([doc(`${plan}/plan`, 1)]);
      }
      expect(keysOn(await store.list('kaifeng-145', { limit: 10 }))).toEqual(['kaifeng-145/plan']);
      expect([...(await store.stamps('kaifeng-145')).keys()]).toEqual(['kaifeng-145/plan']);
      expect(await store.list('kaifeng', { limit: 10 })).toEqual([]);
    });

    test('refuses a page of no or of too many documents', async () => {
      await store.save([doc('p/a', 1)]);
      await expect(store.list('p', { limit: 0 })).rejects.toThrow(RangeError);
      await expect(store.list('p', { limit: LIST_DOCS_MAX + 1 })).rejects.toThrow(RangeError);
      expect(await store.list('p', { limit: LIST_DOCS_MAX })).toHaveLength(1);
    });

    test('stamps every document of the plan, in key order, anew where it was replaced and not where it was not', async () => {
      expect(await store.stamps('p')).toEqual(new Map());
      await store.save([doc('p/c', 1), doc('p/a', 3), doc('p/b', 2), doc('p-2/a', 1)]);
      const before = await store.stamps('p');
      expect([...before.keys()]).toEqual(['p/a', 'p/b', 'p/c']);
      await store.save([doc('p/b', 3), doc('p/a', 3, 'another three'), doc('p/d', 1)]);
      const after = await store.stamps('p');
      expect([...after.keys()]).toEqual(['p/a', 'p/b', 'p/c', 'p/d']);
      const changed = [...after].filter(([key, stamp]) => before.get(key) !== stamp).map(([key]) => key);
      expect(changed).toEqual(['p/b', 'p/d']);
    });

    test('parks a key at its first failed version, of one plan or of all, by key', async () => {
      const [b, a] = [
        { key: 'p/b', version: 4, reason: 'no such unit' },
        { key: 'p/a', version: 1, reason: 'no such measure' },
      ];
      const other = { key: 'p-2/a', version: 7, reason: 'other plan' };
      for (const pointer of [b, other, a]) await store.park(pointer);
      expect(await store.parked('p')).toEqual([a, b]);
      expect(await store.parked('p-2')).toEqual([other]);
      expect(await store.parked()).toEqual([other, a, b]);
      expect(await store.parked('p-3')).toEqual([]);
    });

    test('parking again replaces why; a later version changes nothing, an earlier one moves the pointer', async () => {
      const park = (version: number, reason: string): Promise<void> => store.park({ key: 'p/a', version, reason });
      await park(4, 'first');
      await park(4, 'tried again');
      expect(await store.parked('p')).toEqual([{ key: 'p/a', version: 4, reason: 'tried again' }]);
      await park(5, 'later');
      expect(await store.parked('p')).toEqual([{ key: 'p/a', version: 4, reason: 'tried again' }]);
      await park(3, 'earlier');
      expect(await store.parked('p')).toEqual([{ key: 'p/a', version: 3, reason: 'earlier' }]);
      await park(0, 'the record does not say');
      expect(await store.parked('p')).toEqual([{ key: 'p/a', version: 0, reason: 'the record does not say' }]);
    });

    test('an unparked key can be parked anew, at any version', async () => {
      await store.park({ key: 'p/a', version: 4, reason: 'first' });
      await store.unpark('p/a');
      await store.unpark('p/never-parked');
      expect(await store.parked()).toEqual([]);
      await store.park({ key: 'p/a', version: 9, reason: 'again' });
      expect(await store.parked()).toEqual([{ key: 'p/a', version: 9, reason: 'again' }]);
    });

    test('parking touches no document', async () => {
      await store.save([doc('p/a', 3)]);
      await store.park({ key: 'p/a', version: 4, reason: 'poison' });
      expect(await loadOne('p/a')).toEqual(doc('p/a', 3));
      await store.save([doc('p/a', 4)]);
      expect((await store.parked()).length).toBe(1);
      expect(await loadOne('p/a')).toEqual(doc('p/a', 4));
    });

    keepsValues(() => bench.open());
    standsWriters(() => bench);
  });
}

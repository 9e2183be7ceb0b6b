import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { viewsConformance } from './conformance.js';
import { type MongoBench, openMongoBench } from './conformance/mongo.js';
import { mongoViews } from './mongo.js';
import type { ViewStore } from './port.js';

let bench: MongoBench;
let views = 0;
beforeAll(async () => {
  bench = await openMongoBench();
});
afterAll(() => bench.close());

/** A view that no other test of this run has. */
const newView = (): string => `view-${(views += 1)}`;
const newStore = (): ViewStore<string> => mongoViews(bench.db, newView());

viewsConformance('MongoDB', async () => {
  const view = newView();
  return { open: <Doc>() => mongoViews<Doc>(bench.db, view) };
});

describe('views in MongoDB', () => {
  test('a document of a newer generation replaces one of any version; an older generation changes nothing any more', async () => {
    const view = newView();
    const [first, second] = [mongoViews<string>(bench.db, view, 1), mongoViews<string>(bench.db, view, 2)];
    await first.save([{ key: 'p/a', version: 9, doc: 'first at 9' }]);
    await second.save([{ key: 'p/a', version: 3, doc: 'second at 3' }]);
    await first.save([{ key: 'p/a', version: 10, doc: 'first at 10' }]);
    expect((await first.load(['p/a'])).get('p/a')).toEqual({ key: 'p/a', version: 3, doc: 'second at 3' });
    await second.save([{ key: 'p/a', version: 4, doc: 'second at 4' }]);
    expect((await second.load(['p/a'])).get('p/a')).toEqual({ key: 'p/a', version: 4, doc: 'second at 4' });
    const stamp = (await second.stamps('p')).get('p/a');
    await mongoViews<string>(bench.db, view, 3).save([{ key: 'p/a', version: 4, doc: 'third at 4' }]);
    expect((await second.stamps('p')).get('p/a')).not.toBe(stamp);
  });

  test('views do not see each other, nor each other’s parked keys', async () => {
    const [one, other] = [newStore(), newStore()];
    await one.save([{ key: 'p/a', version: 1, doc: 'one' }]);
    await one.park({ key: 'p/a', version: 2, reason: 'poison' });
    expect(await other.load(['p/a'])).toEqual(new Map());
    expect(await other.parked()).toEqual([]);
  });

  test('no request examines more than two documents a result, nor reads without the key', async () => {
    const view = newView();
    const store = mongoViews<string>(bench.db, view);
    const plans = ['p', 'p-2', 'q'];
    const keys = plans.flatMap((plan) => Array.from({ length: 200 }, (_, index) => `${plan}/project/${index}`));
    await store.save(keys.map((key) => ({ key, version: 1, doc: key })));
    for (const key of keys.slice(150, 350)) await store.park({ key, version: 2, reason: 'poison' });
    const raw = bench.raw.db;
    await raw?.command({ profile: 2 });
    await store.load(keys.filter((_, index) => index % 30 === 0));
    await store.list('p', { limit: 50 });
    await store.list('p-2', { after: 'p-2/project/150', limit: 50 });
    await store.list('none', { limit: 50 });
    await store.stamps('p-2');
    await store.save(keys.slice(0, 50).map((key, index) => ({ key, version: 1 + (index % 2), doc: 'again' })));
    await store.park({ key: 'p/project/180', version: 1, reason: 'earlier' });
    await store.unpark('p/project/181');
    await store.parked('p-2');
    await store.parked();
    await raw?.command({ profile: 0 });
    const profile = (await raw?.collection<Profiled>('system.profile').find().toArray()) ?? [];
    const asked = profile.filter(({ ns }) => ns.startsWith(`${bench.name}.${view}`));
    // The bulk writes are told document by document.
    const tally = (wanted: string): number => asked.filter(({ op }) => op === wanted).length;
    expect([tally('query'), tally('update'), tally('remove'), tally('command')]).toEqual([6, 51, 1, 1]);
    for (const { op, planSummary, docsExamined, nreturned = 1, ...rest } of asked) {
      expect({ op, rest, planSummary }).toMatchObject({ planSummary: expect.stringMatching(/^(IDHACK|IXSCAN)/) });
      // All stamps of a plan come in one answer.
      const results = op === 'command' ? 200 : nreturned;
      expect(docsExamined).toBeLessThanOrEqual(2 * results);
    }
  });

  test.each<[string, (store: ViewStore<string>, wrong: never) => Promise<unknown>]>([
    ['a key loaded', (store, wrong) => store.load([wrong])],
    ['a key saved', (store, wrong) => store.save([{ key: wrong, version: 9, doc: 'let in' }])],
    ['a version saved', (store, wrong) => store.save([{ key: 'p/a', version: wrong, doc: 'let in' }])],
    ['a plan listed', (store, wrong) => store.list(wrong, { limit: 10 })],
    ['where a list begins', (store, wrong) => store.list('p', { after: wrong, limit: 10 })],
    ['the limit of a list', (store, wrong) => store.list('p', { limit: wrong })],
    ['a plan whose documents are stamped', (store, wrong) => store.stamps(wrong)],
    ['a key parked', (store, wrong) => store.park({ key: wrong, version: 1, reason: 'let in' })],
    ['a version parked', (store, wrong) => store.park({ key: 'p/a', version: wrong, reason: 'let in' })],
    ['a reason of parking', (store, wrong) => store.park({ key: 'p/a', version: 1, reason: wrong })],
    ['a key unparked', (store, wrong) => store.unpark(wrong)],
    ['a plan whose parked keys are listed', (store, wrong) => store.parked(wrong)],
  ])('an operator in place of %s is refused', async (_, call) => {
    const store = newStore();
    await store.save([{ key: 'p/a', version: 1, doc: 'as it was' }]);
    await store.park({ key: 'p/a', version: 2, reason: 'as it was' });
    for (const operator of [{ $gt: '' }, { $ne: null }, ['p/a'], { $gte: 0 }, { toString: () => 'p/a' }, null]) {
      await expect(call(store, operator as never)).rejects.toThrow(TypeError);
    }
    expect(await store.list('p', { limit: 10 })).toEqual([{ key: 'p/a', version: 1, doc: 'as it was' }]);
    expect(await store.parked()).toEqual([{ key: 'p/a', version: 2, reason: 'as it was' }]);
  });

  test('bytes that are not a document fail the call that reads them', async () => {
    const view = newView();
    const store = mongoViews<string>(bench.db, view);
    await store.save([{ key: 'p/a', version: 1, doc: 'whole' }]);
    await bench.raw.collection<{ _id: string }>(view).updateOne({ _id: 'p/a' }, { $set: { doc: Buffer.from('torn') } });
    await expect(store.load(['p/a'])).rejects.toThrow();
  });
});

/** A line of the server's own record of what it did. */
interface Profiled {
  readonly op: string;
  readonly ns: string;
  readonly planSummary?: string;
  readonly docsExamined: number;
  readonly nreturned?: number;
}

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from 'node:util';
import type { ViewStore } from '../port.js';

/** Every value as it was, to the order of a Map's keys and the sign of zero. */
export function expectSame(found: unknown, saved: unknown): void {
  expect(found).toStrictEqual(saved);
  // Equality of the test tool overlooks orders.
  expect(shown(found)).toBe(shown(saved));
}

const shown = (value: unknown): string =>
  inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity });

/** What a fold may hold: plain data of any depth, Maps by text or number among it. */
export const foldValue: fc.Arbitrary<unknown> = fc.anything({
  key: fc.string({ unit: 'binary' }),
  values: [
    fc.string({ unit: 'binary' }),
    fc.constantFrom('规划台账', '$$ROOT', '$version', 'a.b', ''),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.bigInt(),
    fc.uint8Array({ maxLength: 40 }),
  ],
  withMap: true,
  withSet: true,
  withDate: true,
  withSparseArray: true,
  maxDepth: 5,
});

/** The part of the suite about what is in a document. */
export function keepsValues(open: () => ViewStore<unknown>): void {
  test('a document comes back as it was: Maps, bigints, undefined, nested lists, whatever a fold holds', async () => {
    const store = open();
    let version = 0;
    const saveAndLoad = async (doc: unknown): Promise<unknown> => {
      version += 1;
      await store.save([{ key: 'p/a', version, doc }]);
      const found = (await store.load(['p/a'])).get('p/a');
      expect(found?.version).toBe(version);
      return found?.doc;
    };
    const state = {
      units: new Map([['b', { quantity: 3, lost: undefined, money: 2n ** 200n }]]).set('a', {
        quantity: -0,
        lost: undefined,
        money: -1n,
      }),
      byYear: new Map([[2025, [[], [1, [undefined, null]]]]]),
      empty: { map: new Map(), list: [], record: {} },
      'a.b': '$$ROOT',
      $set: { $gt: '' },
    };
    expectSame(await saveAndLoad(state), state);
    await fc.assert(
      fc.asyncProperty(foldValue, async (doc) => expectSame(await saveAndLoad(doc), doc)),
      { numRuns: 50 },
    );
  });

  test('texts that look like something else to a database are texts', async () => {
    const store = open();
    const keys = ['p/$a', 'p/a.b', 'p/a/*', 'p/"', 'p/中牟县'];
    await store.save(keys.map((key) => ({ key, version: 1, doc: key })));
    expect((await store.list('p', { limit: 10 })).map(({ doc }) => doc)).toEqual([...keys].sort());
    await store.park({ key: 'p/$a', version: 2, reason: '$version' });
    expect(await store.parked('p')).toEqual([{ key: 'p/$a', version: 2, reason: '$version' }]);
  });
}

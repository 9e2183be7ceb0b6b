import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Layered } from './layered.js';

test('a value keeps what it held when others are written from it', () => {
  const empty = Layered.empty<string, number>();
  const one = empty.set('a', 1);
  const two = one.set('a', 2).set('b', 3);
  const branch = one.set('b', 4);
  expect([empty.has('a'), one.get('a'), two.get('a'), branch.get('a')]).toEqual([false, 1, 2, 1]);
  expect([one.has('b'), two.get('b'), branch.get('b'), two.get('b')]).toEqual([false, 3, 4, 3]);
});

test('a dropped value leaves no trace in what is settled afterwards', () => {
  const base = Layered.empty<string, number>().set('a', 1).settle();
  base.set('a', 2).set('b', 2);
  const settled = base.set('c', 3).settle();
  expect([settled.get('a'), settled.get('b'), settled.get('c')]).toEqual([1, undefined, 3]);
});

test('agrees with a map copied at every step, however one goes back and forth between the values', () => {
  const step = fc.record({ from: fc.nat(), key: fc.nat(4), value: fc.nat(), settle: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let versions = [{ layered: Layered.empty<number, number>(), copy: new Map<number, number>() }];
      for (const { from, key, value, settle } of steps) {
        const base = versions[from % versions.length]!;
        const next = { layered: base.layered.set(key, value), copy: new Map(base.copy).set(key, value) };
        // Settling gives up all other values.
        if (settle) versions = [{ layered: next.layered.settle(), copy: next.copy }];
        else versions.push(next);
        for (const { layered, copy } of versions)
          for (let probe = 0; probe <= 4; probe++) {
            expect(layered.get(probe)).toBe(copy.get(probe));
            expect(layered.has(probe)).toBe(copy.has(probe));
          }
      }
    }),
  );
});

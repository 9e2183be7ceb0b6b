import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyOrdered, keep, keysFrom, mergedKeys, type Ordered } from './ordered.js';

const key = fc.integer({ min: 0, max: 4_000 }).map((number) => `project/${number}`);

/** Long enough that chunks are cut and run empty. */
const changes = fc.array(fc.tuple(key, fc.boolean()), { maxLength: 3_000, size: 'max' });

const made = (list: readonly (readonly [string, boolean])[]): { ordered: Ordered; model: Set<string> } => {
  const [ordered, model] = [emptyOrdered(), new Set<string>()];
  for (const [each, wanted] of list) {
    keep(ordered, each, wanted);
    if (wanted) model.add(each);
    else model.delete(each);
  }
  return { ordered, model };
};

test('keys come in order, each once, from any one on, whatever was put in and taken out before', () => {
  fc.assert(
    fc.property(changes, key, (list, from) => {
      const { ordered, model } = made(list);
      const sorted = [...model].sort();
      expect([...keysFrom(ordered)]).toEqual(sorted);
      expect([...keysFrom(ordered, from)]).toEqual(sorted.filter((each) => each >= from));
      expect(ordered.size).toBe(sorted.length);
    }),
    { numRuns: 30 },
  );
});

test('more than a chunk of them, put in one by one and taken out again', () => {
  const ordered = emptyOrdered();
  const keys = Array.from({ length: 5_000 }, (_, index) => `k${(index * 7_919) % 5_000}`);
  for (const each of keys) keep(ordered, each, true);
  expect(ordered.chunks.length).toBeGreaterThan(8);
  expect([...keysFrom(ordered)]).toEqual([...keys].sort());
  for (const each of keys) keep(ordered, each, false);
  expect(ordered).toEqual(emptyOrdered());
});

test('several lists are read as one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(key, fc.nat(4)), { selector: ([each]) => each }), key, (list, from) => {
      const lists = [0, 1, 2, 3, 4].map((at) => made(list.flatMap(([each, to]) => (to === at ? [[each, true]] : []))));
      const all = list.map(([each]) => each).sort();
      expect([
        ...mergedKeys(
          lists.map(({ ordered }) => ordered),
          from,
        ),
      ]).toEqual(all.filter((each) => each >= from));
    }),
  );
});

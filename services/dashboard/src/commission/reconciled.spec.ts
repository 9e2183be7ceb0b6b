import { expect, test } from '@jest/globals';
import { reconciled } from './reconciled.js';

test('what did not change is the very object that it was', () => {
  const before = { a: { n: 1 }, rows: [{ id: 1 }, { id: 2 }] };
  const after = { a: { n: 1 }, rows: [{ id: 1 }, { id: 3 }] };
  const next = reconciled(before, after);
  expect(next).toEqual(after);
  expect([next.a === before.a, next.rows[0] === before.rows[0], next.rows === before.rows]).toEqual([
    true,
    true,
    false,
  ]);
});

test('an equal answer is the answer before, whole', () => {
  const before = { rows: [1, null, { text: '' }] };
  expect(reconciled(before, structuredClone(before))).toBe(before);
});

test('what grew, shrank or became a list is new', () => {
  const list = [1, 2];
  expect(reconciled(list, [1, 2, 3])).toEqual([1, 2, 3]);
  expect(reconciled(list, [1])).toEqual([1]);
  expect(reconciled({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
  expect(reconciled({ 0: 1 }, [1])).toEqual([1]);
  expect(reconciled(undefined, list)).toBe(list);
});

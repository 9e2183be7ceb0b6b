import { expect, test } from '@jest/globals';
import { boundedMap } from './bounded-map.js';

test('keeps what was touched last and never more than its bound', () => {
  const map = boundedMap<number, number>(100);
  map.set(-1, 7);
  for (let key = 0; key < 1_000; key++) {
    map.set(key, key);
    expect(map.get(-1)).toBe(7);
    expect(map.get(key - 20 < 0 ? key : key - 20)).toBe(key - 20 < 0 ? key : key - 20);
  }
  const kept = Array.from({ length: 1_000 }, (_, key) => map.get(key)).filter((value) => value !== undefined);
  expect(kept.length).toBeLessThanOrEqual(100);
});

test('forgets a deleted key, and holds the newer of two values', () => {
  const map = boundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  expect(map.get('a')).toBe(3);
  map.delete('a');
  expect(map.get('a')).toBeUndefined();
});

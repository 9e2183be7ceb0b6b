import { describe, expect, test } from '@jest/globals';
import { createAges } from './ages.js';

describe('the age of what waits in a partition', () => {
  test('is that of the oldest record the group has not handled, from the look that first saw it', () => {
    const ages = createAges();
    ages.look(0, 0, 0);
    expect(ages.oldestMs(0, 500)).toBe(0);
    ages.look(0, 10, 1_000);
    ages.look(4, 10, 2_000);
    ages.look(4, 25, 3_000);
    expect(ages.oldestMs(9, 4_000)).toBe(3_000);
    expect(ages.oldestMs(10, 4_000)).toBe(1_000);
    expect(ages.oldestMs(25, 4_000)).toBe(0);
  });

  test('of what was there before the first look counts from that look', () => {
    const ages = createAges();
    ages.look(70, 90, 5_000);
    expect(ages.oldestMs(70, 65_000)).toBe(60_000);
  });

  test('is never told too small for want of room, and the oldest stays exact', () => {
    const ages = createAges(10);
    for (let second = 1; second <= 100; second++) ages.look(0, second, second * 1_000);
    expect(ages.oldestMs(0, 100_000)).toBe(99_000);
    for (const next of [20, 50, 90, 99]) {
      const exact = 100_000 - (next + 1) * 1_000;
      expect(ages.oldestMs(next, 100_000)).toBeGreaterThanOrEqual(exact);
    }
    expect(ages.oldestMs(100, 100_000)).toBe(0);
  });

  test('starts anew with a topic that was made anew', () => {
    const ages = createAges();
    ages.look(0, 50, 1_000);
    ages.look(0, 3, 9_000);
    expect(ages.oldestMs(0, 10_000)).toBe(1_000);
  });
});

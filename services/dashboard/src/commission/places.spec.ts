import { expect, test } from '@jest/globals';
import { heatOf, type LampCounts, summed } from './places.js';

const NONE: LampCounts = { blue: 0, green: 0, yellow: 0, red: 0, grey: 0, none: 0 };
const lit = (counts: Partial<LampCounts>): LampCounts => ({ ...NONE, ...counts });

test('a place is as hot as its projects: more than half of them red, any red, any yellow', () => {
  expect(heatOf(lit({ red: 2, green: 1 }))).toBe('burning');
  expect(heatOf(lit({ red: 1, green: 1 }))).toBe('hot');
  expect(heatOf(lit({ yellow: 1, blue: 9 }))).toBe('warm');
  expect(heatOf(lit({ green: 1 }))).toBe('calm');
});

test('projects without a lamp, or not reported of, give no heat', () => {
  expect(heatOf(lit({ grey: 3, none: 4 }))).toBe('none');
  expect(heatOf(lit({ red: 2, grey: 7, green: 1 }))).toBe('burning');
});

test('a sector is the sum of its places', () => {
  const place = (sector: string, counts: Partial<LampCounts>) =>
    ({ county: '410212', sector, counts: lit(counts), addresses: {} }) as Parameters<typeof summed>[0][number];
  const places = [place('health', { red: 1 }), place('health', { red: 2, none: 1 }), place('housing', { red: 9 })];
  expect(summed(places, ({ sector }) => sector === 'health')).toEqual(lit({ red: 3, none: 1 }));
});

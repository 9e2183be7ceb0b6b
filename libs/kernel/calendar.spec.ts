import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween, isDate, lastDayOf, monthLater, nextFirstOfSeptember, shanghaiDate } from './calendar.js';

describe('business dates', () => {
  test('exist or do not', () => {
    expect(['2024-02-29', '2000-02-29', '2025-12-31'].every(isDate)).toBe(true);
    expect(['2023-02-29', '1900-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-1-1', ''].some(isDate)).toBe(
      false,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const date = addDays('1970-01-01', days);
        expect(isDate(date)).toBe(true);
        expect(daysBetween('1970-01-01', date)).toBe(days);
      }),
    );
  });

  test('are Shanghai’s, eight hours ahead', () => {
    expect(shanghaiDate(Date.parse('2024-06-30T15:59:59.999Z'))).toBe('2024-06-30');
    expect(shanghaiDate(Date.parse('2024-06-30T16:00:00.000Z'))).toBe('2024-07-01');
  });

  test('end a period, and a school counts from the first 1 September not before', () => {
    expect(['2023', '2023-Q2', '2024-02', '2024-13'].map(lastDayOf)).toEqual([
      '2023-12-31',
      '2023-06-30',
      '2024-02-29',
      undefined,
    ]);
    expect(['2023-09-01', '2023-09-02', '2023-08-31'].map(nextFirstOfSeptember)).toEqual([
      '2023-09-01',
      '2024-09-01',
      '2023-09-01',
    ]);
  });

  test('months later, and earlier, cross the year', () => {
    expect([0, 1, 6, 7, 19, -5, -6, -18].map((by) => monthLater('2023-06', by))).toEqual([
      '2023-06',
      '2023-07',
      '2023-12',
      '2024-01',
      '2025-01',
      '2023-01',
      '2022-12',
      '2021-12',
    ]);
  });
});

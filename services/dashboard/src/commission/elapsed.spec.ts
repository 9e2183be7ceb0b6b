import { expect, test } from '@jest/globals';
import { elapsedOn, elapsedPercent, pointsAhead } from './elapsed.js';

const PERIOD = ['2021-01-01', '2025-12-31'] as const;

test('a plan of five years has 1826 days, the first and the last among them', () => {
  expect(elapsedOn(...PERIOD, '2021-01-01')).toEqual({ days: 1, of: 1826 });
  expect(elapsedOn(...PERIOD, '2025-10-31')).toEqual({ days: 1765, of: 1826 });
  expect(elapsedOn(...PERIOD, '2025-12-31')).toEqual({ days: 1826, of: 1826 });
});

test('before its period nothing of it has passed, after it everything', () => {
  expect(elapsedOn(...PERIOD, '2020-12-31').days).toBe(0);
  expect(elapsedPercent(elapsedOn(...PERIOD, '2031-01-01'))).toBe('100.0');
});

test('what is done less the time that has passed, in points to a tenth, rounded away from zero', () => {
  const half = { days: 1, of: 2 };
  expect(pointsAhead('1/2', half)).toBe('0.0');
  expect(pointsAhead('3/4', half)).toBe('25.0');
  expect(pointsAhead('0', half)).toBe('-50.0');
  expect(pointsAhead('11/32', half)).toBe('-15.6');
  expect(pointsAhead('8995/20000', half)).toBe('-5.0');
  expect(pointsAhead('8991/20000', half)).toBe('-5.0');
  expect(pointsAhead('4495/10000', half)).toBe('-5.1');
});

test('a figure that there is not is neither ahead nor behind', () => {
  expect(pointsAhead(null, { days: 1, of: 2 })).toBeUndefined();
  expect(pointsAhead('无量化目标', { days: 1, of: 2 })).toBeUndefined();
});

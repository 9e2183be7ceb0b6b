import { expect, test } from '@jest/globals';
import type { ObservationRow } from '@planledger/progress/indicators';
import { decimalOf, yearlyPath } from './path.js';

const YEARS = [2020, 2023] as const;
const PLAN = { baseline: '10', target: '16', cumulative: false, path: [] };
const seen = (period: string, value: string | null, more: Partial<ObservationRow> = {}): ObservationRow =>
  ({
    period,
    value,
    county: '',
    maturity: 'final',
    numerator: '',
    denominator: '',
    node: null,
    ...more,
  }) as ObservationRow;

test('without an approved path the way runs straight from the baseline to the target', () => {
  expect(yearlyPath([], PLAN, YEARS).map(({ expected }) => expected)).toEqual([10, 12, 14, 16]);
});

test('where a path was approved for a year, it stands instead of the line', () => {
  const path = [{ period: '2022', value: '11' }];
  expect(yearlyPath([], { ...PLAN, path }, YEARS).map(({ expected }) => expected)).toEqual([10, 12, 11, 16]);
});

test('only 核定 values of the whole city are drawn, the last of a year for it', () => {
  const rows = [
    seen('2021', '23/2'),
    seen('2022', '99', { maturity: 'flash' }),
    seen('2022', '98', { county: '410212' }),
    seen('2023-Q1', '13'),
    seen('2023-Q2', '14'),
  ];
  expect(yearlyPath(rows, PLAN, YEARS).map(({ observed }) => observed)).toEqual([10, 11.5, null, 14]);
});

test('what counts over five years is summed year by year, from nothing', () => {
  const rows = [seen('2021', '4'), seen('2022', '5')];
  const points = yearlyPath(rows, { ...PLAN, cumulative: true }, YEARS);
  expect(points.map(({ observed }) => observed)).toEqual([0, 4, 9, null]);
  expect(points.at(-1)?.expected).toBe(16);
});

test('without a baseline or a number for a target there is no line', () => {
  expect(yearlyPath([], { ...PLAN, baseline: '' }, YEARS).every(({ expected }) => expected === null)).toBe(true);
  expect(yearlyPath([], { ...PLAN, target: null }, YEARS).every(({ expected }) => expected === null)).toBe(true);
});

test('an exact fraction is read with four decimals', () => {
  expect([decimalOf('1480/29'), decimalOf('100'), decimalOf(null)]).toEqual(['51.0345', '100', undefined]);
});

import { describe, expect, test } from '@jest/globals';
import { type IndicatorDefined, IndicatorKind, IndicatorNature } from '@planledger/contracts';
import { decimal, fraction } from '@planledger/kernel';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf } from './fixtures.js';
import { headline } from './headline.js';
import { assessBoth } from './both.js';
import { type IndicatorFigure, indicatorFigure, shownValue } from './indicator.js';
import { readingOf } from './reading.js';
import { recompute } from './recompute.js';

type Values = Record<string, string>;
const observed = (code: string, values: Values, maturity = 'final') =>
  standingOf(`indicator/${code}`, {
    observations: Object.entries(values).map(([period, value]) => ({
      period,
      value,
      maturity,
      on: LAST_DAY[period] ?? '',
    })),
  });
const LAST_DAY: Values = {
  ...Object.fromEntries([2021, 2022, 2023, 2024, 2025].map((year) => [String(year), `${year}-12-31`])),
  '2023-Q4': '2023-12-31',
  '2023-Q3': '2023-09-30',
};

function figureOf(
  fields: Partial<Omit<IndicatorDefined, '$typeName'>>,
  values: Values,
  on = '2024-06-30',
  maturity = 'final',
): IndicatorFigure {
  const plan = planOf({ indicators: [{ indicator: 'I01', target: '95', ...fields }] });
  const indicator = plan.indicators.get('I01');
  if (!indicator) throw new Error('the fixture has the indicator');
  return indicatorFigure(readingOf(inputOf(plan, [observed('I01', values, maturity)], on), 'b0'), indicator);
}

describe('an indicator', () => {
  test('is its latest 核定 value, judged by the operator', () => {
    expect(figureOf({}, { 2021: '96', 2022: '94.9' })).toMatchObject({ x: decimal('94.9'), satisfied: false });
    expect(figureOf({}, { 2021: '94', 2022: '95' }).satisfied).toBe(true);
    expect(figureOf({ targetOperator: '>' }, { 2022: '95' }).satisfied).toBe(false);
    expect(figureOf({ targetOperator: '<', target: '5.5' }, { 2022: '5.5' }).satisfied).toBe(false);
    expect(figureOf({ targetOperator: '~', target: '11.0' }, { 2022: '11' }).satisfied).toBe(true);
    expect(figureOf({ targetOperator: '=', target: '0', kind: IndicatorKind.ZERO }, { 2022: '0' }).satisfied).toBe(
      true,
    );
  });

  test('without a 核定 value by the day asked for: 数据未出', () => {
    expect(figureOf({}, { 2022: '96' }, '2024-06-30', 'flash')).toMatchObject({ x: null, satisfied: null });
    expect(figureOf({}, { 2024: '96' })).toMatchObject({ x: null, satisfied: null });
  });

  test('[ ]: the sum over the years, each year once', () => {
    const sum = { kind: IndicatorKind.CUMULATIVE, target: '33' };
    expect(figureOf(sum, { 2021: '8', 2022: '7.5', '2023-Q3': '4', '2023-Q4': '2' })).toMatchObject({
      x: decimal('21.5'),
      satisfied: false,
    });
    expect(figureOf(sum, { 2021: '20', 2023: '13', '2023-Q4': '9' })).toMatchObject({
      x: fraction(33),
      satisfied: true,
    });
  });

  test('of two periods that end on the same day the longer one is the latest', () => {
    expect(figureOf({}, { '2023-Q4': '90', 2023: '96' }).x).toEqual(fraction(96));
    expect(figureOf({}, { 2023: '96', '2023-Q4': '90' }).x).toEqual(fraction(96));
  });

  describe('keep', () => {
    const keep = { kind: IndicatorKind.KEEP, target: '90' };
    test('every year due must be kept', () => {
      expect(figureOf(keep, { 2021: '90', 2022: '93', 2023: '91' }).satisfied).toBe(true);
    });
    test('a broken year stays broken', () => {
      expect(figureOf(keep, { 2021: '89', 2022: '93', 2023: '91' }).satisfied).toBe(false);
    });
    test('a year without a value is never counted as kept', () => {
      expect(figureOf(keep, { 2021: '90', 2023: '91' }).satisfied).toBeNull();
    });
    test('before the first year is over there is nothing to judge', () => {
      expect(figureOf(keep, {}, '2021-06-30').satisfied).toBeNull();
    });
  });
});

test('an unmet value is never shown as its target', () => {
  const shown = (x: string, satisfied: boolean): string => shownValue(decimal(x), '0.1', decimal('38.5'), satisfied);
  expect(shown('38.49', false)).toBe('38.4');
  expect(shown('38.51', false)).toBe('38.6');
  expect(shown('38.4', false)).toBe('38.4');
  expect(shown('38.5', true)).toBe('38.5');
  expect(shownValue(decimal('2799.6'), '1', decimal('2800'), false)).toBe('2799');
});

test('the third of the triple counts all indicators, the binding ones first', () => {
  const plan = planOf({
    indicators: [
      { indicator: 'I01', target: '90', nature: IndicatorNature.EXPECTED },
      { indicator: 'I02', target: '90', nature: IndicatorNature.BINDING },
      { indicator: 'I03', target: '90', nature: IndicatorNature.BINDING },
    ],
  });
  const standings = [observed('I01', { 2022: '91' }), observed('I02', { 2022: '89' })];
  const { indicators } = headline(assessBoth(inputOf(plan, standings, '2024-06-30')));
  expect(indicators).toMatchObject({ total: 3, satisfied: 1, unmet: 1, noData: 1 });
  expect(indicators.binding).toEqual({ total: 2, satisfied: 0, unmet: 1, noData: 1 });
  expect(indicators.rows.map(({ indicator }) => indicator)).toEqual(['I02', 'I03', 'I01']);

  const asked = (node: string) => explain(inputOf(plan, standings, '2024-06-30'), node, 'verified');
  for (const [nodes, counts] of [
    [indicators.addresses.all, indicators],
    [indicators.addresses.binding, indicators.binding],
  ] as const) {
    for (const count of ['total', 'satisfied', 'unmet', 'noData'] as const) {
      const found = asked(nodes[count])!;
      expect([nodes[count], recompute(found)]).toEqual([nodes[count], fraction(counts[count])]);
      expect(found.children.length + found.leftOutTotal).toBe(counts.total);
    }
  }
  expect(asked('indicators/binding/no-data')?.children.map(({ node }) => node)).toEqual(['indicator/I03']);
  expect(['indicators', 'indicators/noData', 'indicators/good'].map(asked)).toEqual([undefined, undefined, undefined]);
});

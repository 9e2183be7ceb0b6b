import { describe, expect, test } from '@jest/globals';
import { type EventInit, type IndicatorDefined, IndicatorKind, makeEntry } from '@planledger/contracts';
import { decimal, divide, fraction, toDecimal, toText } from '@planledger/kernel';
import { foldPlan, PLAN_STREAM, type PlanState } from '@planledger/plan';
import { inputOf, planOf, standingOf } from './fixtures.js';
import { assessIndicator, type IndicatorAssessment } from './grade.js';
import { readingOf } from './reading.js';

type Fields = Partial<Omit<IndicatorDefined, '$typeName' | '$unknown'>>;
/** A value, or numerator and denominator, by period. */
type Values = Readonly<Record<string, string | readonly [string, string]>>;

const lastDay = (period: string): string =>
  ({ '2023-Q2': '2023-06-30', '2023-Q3': '2023-09-30', '2023-06': '2023-06-30', '2023-07': '2023-07-31' })[period] ??
  `${period}-12-31`;

function decide(plan: PlanState, ...events: EventInit[]): PlanState {
  return events.reduce(
    (state, event) =>
      foldPlan(
        state,
        makeEntry({ stream: PLAN_STREAM, position: state.position + 1, occurredOn: '2022-05-01', event }),
      ),
    plan,
  );
}

function assessed(fields: Fields, values: Values, on = '2024-06-30', ...events: EventInit[]): IndicatorAssessment {
  const plan = decide(planOf({ indicators: [{ indicator: 'I01', ...fields }] }), ...events);
  const standing = standingOf('indicator/I01', {
    observations: Object.entries(values).map(([period, value]) => ({
      ...(typeof value === 'string' ? { value } : { numerator: value[0], denominator: value[1] }),
      ...{ period, maturity: 'final', on: lastDay(period) },
    })),
  });
  const indicator = plan.indicators.get('I01');
  if (!indicator) throw new Error('the fixture has the indicator');
  return assessIndicator(readingOf(inputOf(plan, [standing], on), 'b0'), indicator);
}

const rise = { kind: IndicatorKind.RISE, targetOperator: '>=' };
const percentOf = ({ attainment }: IndicatorAssessment): string =>
  toDecimal(divide(attainment ?? fraction(-1), fraction(1, 100)), 2);
const paceOf = ({ pace }: IndicatorAssessment): string => (pace ? toDecimal(pace, 3) : 'none');

describe('the worked examples, read at the end of 2023 (τ = 3/5)', () => {
  test('I09: Σ = 21.5 of 33 is 65.15 %, R 1.086, faster', () => {
    const got = assessed(
      { kind: IndicatorKind.CUMULATIVE, cumulative: true, target: '33', targetOperator: '>=', baseline: '39.64' },
      { 2021: '7', 2022: '7.5', 2023: '7' },
    );
    expect([toText(got.tau ?? fraction(0)), percentOf(got), paceOf(got), got.grade]).toEqual([
      '3/5',
      '65.15',
      '1.086',
      'faster',
    ]);
  });

  test('I18: 50.0 between 43.9 and 55 is 54.95 %, R 0.916, behind', () => {
    const got = assessed({ ...rise, baseline: '43.9', target: '55', step: '0.1' }, { 2023: '50' });
    expect([percentOf(got), paceOf(got), got.grade]).toEqual(['54.95', '0.916', 'behind']);
    expect(got.expected).toEqual(decimal('50.56'));
  });

  test('I02: 3.0 between 0.88 and 4.5 is 58.56 %, R 0.976, on pace', () => {
    const got = assessed({ ...rise, baseline: '0.88', target: '4.5', step: '0.01' }, { 2023: '3.0' });
    expect([percentOf(got), paceOf(got), got.grade]).toEqual(['58.56', '0.976', 'on-pace']);
  });

  test('I24: 9.5 between 5 and 12 is 64.29 %, R 1.071; its target is 7 steps from its baseline and it is within one of its path: on pace', () => {
    const got = assessed({ ...rise, baseline: '5', target: '12', step: '1' }, { 2023: '9.5' });
    expect([percentOf(got), paceOf(got), got.grade]).toEqual(['64.29', '1.071', 'on-pace']);
    expect(assessed({ ...rise, baseline: '5', target: '12', step: '1' }, { 2023: '7.5' }).grade).toBe('far-behind');
  });

  test('I13: 78.3 between 77.7 and 78.7 is 60.0 %, R 1.000, on pace', () => {
    const got = assessed({ ...rise, baseline: '77.7', target: '78.7', step: '0.1' }, { 2023: '78.3' });
    expect([percentOf(got), paceOf(got), got.grade]).toEqual(['60.00', '1.000', 'on-pace']);
  });

  test('I21: 96.1 over a floor of 95 is met, 1.1 points above it, and below its baseline by 1.1', () => {
    const floor = { kind: IndicatorKind.FLOOR, targetOperator: '>', baseline: '97.2', target: '95' };
    const got = assessed(floor, { 2023: '96.1' });
    expect([got.attainment, got.distance, got.grade]).toEqual([fraction(1), decimal('1.1'), 'on-pace']);
    expect(got.notes).toEqual(['较基期下降 1.10']);
    // Strict: the floor itself is not above it.
    expect(assessed(floor, { 2023: '95' })).toMatchObject({ attainment: fraction(0), grade: 'far-behind' });
  });
});

describe('each kind', () => {
  test('rise: satisfied before the plan’s end is early; below its baseline it goes backwards', () => {
    expect(assessed({ ...rise, baseline: '40', target: '50' }, { 2023: '50' }).grade).toBe('early');
    expect(assessed({ ...rise, baseline: '40', target: '50' }, { 2025: '50' }, '2026-03-01').grade).toBe('on-pace');
    const back = assessed({ ...rise, baseline: '40', target: '80' }, { 2023: '39' });
    expect([back.grade, back.attainment, back.notes]).toEqual(['backwards', fraction(-1, 40), ['较基期下降 1.00']]);
  });

  test('rise: half a year into a year counts half a year', () => {
    const got = assessed({ ...rise, baseline: '0', target: '50' }, { '2023-Q2': '25' });
    expect([got.tau, got.expected, got.pace]).toEqual([fraction(1, 2), fraction(25), fraction(1)]);
  });

  test('approx is satisfied at T − δ, δ = 0 until a document sets it', () => {
    const approx = { kind: IndicatorKind.APPROX, targetOperator: '~', baseline: '10.39', target: '11.0' };
    const tolerance: EventInit = {
      case: 'thresholdsApproved',
      value: { values: { 'tolerance/I01': '0.1' }, inForceFrom: '2023-01-01', document: '汴发改〔2022〕1号' },
    };
    expect(assessed(approx, { 2023: '10.9' }).figure.satisfied).toBe(false);
    expect(assessed(approx, { 2023: '10.9' }, '2024-06-30', tolerance)).toMatchObject({ grade: 'early' });
    expect(assessed(approx, { 2021: '10.9' }, '2022-12-31', tolerance).figure.satisfied).toBe(false);
  });

  test('ceiling: strictly below', () => {
    const ceiling = { kind: IndicatorKind.CEILING, targetOperator: '<', target: '5.5' };
    expect(assessed(ceiling, { 2023: '5.4' })).toMatchObject({ attainment: fraction(1), distance: decimal('0.1') });
    expect(assessed(ceiling, { 2023: '5.5' })).toMatchObject({ attainment: fraction(0), distance: fraction(0) });
  });

  test('keep: years kept over years due; a broken year stays broken, a year without a value is no kept one', () => {
    const keep = { kind: IndicatorKind.KEEP, targetOperator: '>=', target: '100' };
    expect(assessed(keep, { 2021: '100', 2022: '100', 2023: '100' })).toMatchObject({
      attainment: fraction(1),
      grade: 'on-pace',
    });
    expect(assessed(keep, { 2021: '100', 2022: '99', 2023: '100' })).toMatchObject({
      attainment: fraction(2, 3),
      grade: 'behind',
    });
    expect(assessed(keep, { 2021: '100', 2023: '100' })).toMatchObject({
      attainment: fraction(2, 3),
      grade: 'ungraded',
      pace: null,
    });
    expect(assessed(keep, {}, '2021-06-30').grade).toBe('ungraded');
  });

  test('count since the start: A/τ', () => {
    const count = { kind: IndicatorKind.COUNT_SINCE_START, targetOperator: '>=', target: '2800' };
    expect(assessed(count, { 2023: '1680' })).toMatchObject({
      attainment: fraction(3, 5),
      pace: fraction(1),
      grade: 'on-pace',
    });
  });

  test('a cumulative sum beyond its target is shown as it is', () => {
    const sum = { kind: IndicatorKind.CUMULATIVE, cumulative: true, targetOperator: '>=', target: '33' };
    expect(percentOf(assessed(sum, { 2021: '11.5', 2022: '11.5', 2023: '11.485' }))).toBe('104.50');
  });

  test('a level without a baseline: x/T and A/τ, of low confidence', () => {
    const level = { kind: IndicatorKind.LEVEL, targetOperator: '>=', target: '90' };
    const got = assessed(level, { 2023: '54' });
    expect([got.attainment, got.pace, got.grade]).toEqual([fraction(3, 5), fraction(1), 'on-pace']);
    expect(got.notes).toEqual(['低置信：无基期，按 A ÷ τ 估算']);
  });

  test('coverage: somebody left out is behind once that has been so for more than 30 days', () => {
    const coverage = {
      kind: IndicatorKind.COVERAGE,
      targetOperator: '>=',
      target: '100',
      unit: '%',
      numerator: 'n',
      denominator: 'd',
    };
    const values: Values = { '2023-06': ['200', '200'], '2023-07': ['198', '200'] };
    expect(assessed(coverage, { '2023-06': ['200', '200'] }, '2023-07-10')).toMatchObject({
      expected: fraction(100),
      attainment: fraction(1),
      grade: 'on-pace',
    });
    expect(assessed(coverage, values, '2023-08-30')).toMatchObject({ attainment: fraction(99, 100), grade: 'on-pace' });
    expect(assessed(coverage, values, '2023-08-31').grade).toBe('behind');
  });

  test('zero: none found is met; not reported is no answer', () => {
    const zero = {
      kind: IndicatorKind.ZERO,
      targetOperator: '=',
      target: '0',
      unit: '户',
      numerator: 'n',
      denominator: 'd',
    };
    expect(assessed(zero, { '2023-06': ['0', '0'] }, '2023-07-10')).toMatchObject({
      expected: fraction(0),
      attainment: fraction(1),
      grade: 'on-pace',
    });
    expect(assessed(zero, { '2023-06': ['1', '4'] }, '2023-12-31')).toMatchObject({
      attainment: fraction(3, 4),
      grade: 'behind',
    });
    expect(assessed(zero, {})).toMatchObject({ attainment: null, grade: 'ungraded' });
  });
});

describe('the path', () => {
  const adjust = (path: { year: number; value: string }[]): EventInit => ({
    case: 'planAdjusted',
    value: { document: '汴发改〔2022〕2号', indicators: [{ indicator: 'I01', path }] },
  });

  test('an approved year replaces the straight line, and what lies between is straight', () => {
    const fields = { ...rise, baseline: '0', target: '100' };
    const path = adjust([{ year: 2022, value: '10' }]);
    expect(assessed(fields, { 2022: '10' }, '2024-06-30', path).expected).toEqual(fraction(10));
    expect(assessed(fields, { 2023: '40' }, '2024-06-30', path)).toMatchObject({
      expected: fraction(40),
      pace: fraction(1),
    });
    expect(assessed(fields, { 2021: '5' }, '2024-06-30', path).pace).toEqual(fraction(1));
  });
});

describe('an open doubt', () => {
  const doubt = {
    case: 'doubtRaised' as const,
    value: {
      doubt: 'floor',
      about: ['I01'],
      readings: [
        { reading: 'a', text: '95', target: '95' },
        { reading: 'b', text: '97.2', target: '97.2' },
      ],
    },
  };

  test('its first reading gives the number, its worst the grade', () => {
    const got = assessed({ ...rise, baseline: '90', target: '95' }, { 2023: '93' }, '2024-06-30', doubt);
    expect([got.attainment, got.pace, got.grade]).toEqual([fraction(3, 5), fraction(1), 'behind']);
  });

  test('its readings give numbers to the first that it is about; the others keep their own', () => {
    const beds: EventInit = { ...doubt, value: { ...doubt.value, about: ['I02', 'I01'] } };
    const settled: EventInit = {
      case: 'doubtSettled',
      value: { doubt: 'floor', reading: 'b', document: '汴政〔2023〕8号' },
    };
    for (const events of [[beds], [beds, settled]]) {
      const got = assessed({ ...rise, baseline: '90', target: '95' }, { 2023: '93' }, '2024-06-30', ...events);
      expect([got.target, got.expected, got.grade]).toEqual([fraction(95), fraction(93), 'on-pace']);
    }
  });
});

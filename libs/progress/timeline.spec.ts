import { describe, expect, test } from '@jest/globals';
import { add, compare, type Fraction, fraction, multiply, ONE, subtract, toText, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import {
  type Curve,
  earnedDays,
  linear,
  only,
  plannedBy,
  type Shape,
  type Timing,
  timing,
  type TimingQuestion,
} from './timeline.js';

const [START, END] = ['2021-01-01', '2025-12-31'];
const period = only(linear(START, START, END));
const asked = (more: Partial<TimingQuestion>): Timing =>
  timing({ first: START, curve: period, c: ZERO, on: '2023-07-02', finished: undefined, overdueDays: 0, ...more });

describe('the planned share', () => {
  test('rises by the day over the 1,826 days of the period, both ends included', () => {
    expect(plannedBy(period, 0)).toEqual(ZERO);
    expect(asked({ on: START }).planned).toEqual(fraction(1, 1826));
    expect(asked({ on: '2023-07-02' }).planned).toEqual(fraction(1, 2));
    expect(asked({ on: END }).planned).toEqual(ONE);
    expect(asked({ on: '2030-01-01' }).planned).toEqual(ONE);
    expect(asked({ on: '2020-12-31' }).planned).toEqual(ZERO);
  });

  test('of an item is the weighted sum of its measures’, each to its own due date', () => {
    const parts = ['2021-12-31', END].map((due) => ({ weight: fraction(1, 2), shape: linear(START, START, due) }));
    const curve: Curve = { parts };
    expect(plannedBy(curve, 365)).toEqual(add(fraction(1, 2), fraction(365, 3652)));
    expect(plannedBy(curve, 1826)).toEqual(ONE);
  });
});

describe('earned schedule', () => {
  test('half done half way through is exactly on time', () => {
    expect(asked({ c: fraction(1, 2) })).toMatchObject({ earnedDays: fraction(913), actualDays: 913, spi: ONE });
  });

  test('a third done half way through is two thirds of the pace', () => {
    expect(asked({ c: fraction(1, 3) }).spi).toEqual(fraction(2, 3));
  });

  test('nothing done earns nothing', () => {
    expect(asked({}).spi).toEqual(ZERO);
  });

  test('nothing due yet has no pace: 未到期', () => {
    expect(asked({ on: '2020-06-30' })).toMatchObject({ state: 'not-due', spi: undefined });
  });

  describe('where nothing is planned for a while', () => {
    // Half by the end of 2021 (day 365), nothing until the end of 2023 (day 1095), the rest in 2024.
    const half = fraction(1, 2);
    const curve: Curve = {
      parts: [
        { weight: half, shape: linear(START, START, '2021-12-31') },
        { weight: half, shape: linear(START, '2024-01-01', '2024-12-31') },
      ],
    };
    const spi = (on: string): string => toText(asked({ curve, c: half, on }).spi ?? ZERO);

    test('work that is where it should be is on time on every day of the pause', () => {
      expect([spi('2021-12-31'), spi('2022-06-01'), spi('2023-12-31')]).toEqual(['1', '1', '1']);
    });

    test('before the pause it is ahead, after it behind', () => {
      expect(spi('2021-06-30')).toBe('365/181');
      expect(spi('2024-07-01')).toBe('365/426');
    });
  });
});

describe('what is finished', () => {
  const finished = { on: '2026-06-29', lateDays: 180 };

  test('stands still, and late it never reads as on time', () => {
    const then = asked({ c: ONE, on: '2026-06-29', finished });
    expect(then).toMatchObject({ state: 'late', days: 180, spi: fraction(1826, 2006) });
    expect(asked({ c: ONE, on: '2031-01-01', finished })).toEqual({ ...then });
  });

  test('before its due date is early, on it on time', () => {
    const early = asked({ c: ONE, on: '2025-01-01', finished: { on: '2023-07-02', lateDays: -913 } });
    expect(early).toMatchObject({ state: 'early', days: 913, spi: fraction(2) });
    expect(asked({ c: ONE, on: END, finished: { on: END, lateDays: 0 } })).toMatchObject({
      state: 'on-time',
      spi: ONE,
    });
  });

  test('past due and unfinished is overdue, and time runs on', () => {
    const behind = (on: string, overdueDays: number): Timing => asked({ c: fraction(9, 10), on, overdueDays });
    expect(behind('2026-01-10', 10)).toMatchObject({ state: 'overdue', days: 10 });
    expect(compare(behind('2027-01-10', 375).spi ?? ZERO, behind('2026-01-10', 10).spi ?? ZERO)).toBeLessThan(0);
  });
});

describe('units planned to count on their days', () => {
  // Four in all: one by day 100, two more by day 200, the last by day 300. The period began on day 1.
  const curve = only({
    kind: 'steps',
    begin: 0,
    needed: fraction(4),
    origin: 0,
    days: [100, 200, 300],
    totals: [1, 3, 4],
  });
  const on = (day: number): string => new Date(Date.UTC(2021, 0, day)).toISOString().slice(0, 10);
  const at = (day: number, done: number): Timing => asked({ curve, c: fraction(done, 4), on: on(day) });
  const spi = (day: number, done: number): string => toText(at(day, done).spi ?? ZERO);

  test('the planned share is what is due by then over T, at most 1', () => {
    const planned = [0, 99, 100, 199, 200, 300, 900].map((day) => toText(plannedBy(curve, day)));
    expect(planned).toEqual(['0', '0', '1/4', '1/4', '3/4', '1', '1']);
    const surplus = only({ kind: 'steps', begin: 0, needed: fraction(4), origin: 100, days: [0, 100], totals: [3, 9] });
    expect(toText(plannedBy(surplus, 200))).toBe('1');
  });

  test('before the first is due there is no pace', () => {
    expect(at(99, 0)).toMatchObject({ state: 'not-due', spi: undefined, actualDays: undefined });
    expect(at(100, 0).state).toBe('running');
  });

  test('what is where it should be is on time on every day of the wait', () => {
    expect([spi(100, 1), spi(150, 1), spi(199, 1)]).toEqual(['1', '1', '1']);
  });

  test('behind, it is as far as the day on which the plan was there last', () => {
    // On day 250 three were due. One was due to be enough up to day 199; two lie half way through day 200.
    expect(at(250, 1).earnedDays).toEqual(fraction(199));
    expect(at(250, 2).earnedDays).toEqual(fraction(399, 2));
    expect(spi(250, 2)).toBe('399/500');
    expect(spi(250, 0)).toBe('99/250');
  });

  test('ahead, it is as far as the day on which so much is due', () => {
    expect(at(150, 3).earnedDays).toEqual(fraction(200));
    expect(spi(150, 3)).toBe('4/3');
    expect(spi(150, 2)).toBe('133/100');
    expect(spi(150, 4)).toBe('2');
  });

  test('AT runs to the day it was finished and no further', () => {
    const finished = { on: on(400), lateDays: 100 };
    expect(asked({ curve, c: ONE, on: on(900), finished })).toMatchObject({
      ...{ state: 'late', days: 100, actualDays: 400, earnedDays: fraction(300), spi: fraction(3, 4) },
    });
  });

  test('what was due before the first day is due from it on', () => {
    const early = only({ kind: 'steps', begin: 10, needed: fraction(2), origin: 0, days: [5, 20], totals: [1, 2] });
    expect([9, 10, 19, 20].map((day) => toText(plannedBy(early, day)))).toEqual(['0', '1/2', '1/2', '1']);
    expect(earnedDays(early, ZERO, fraction(15))).toEqual(fraction(10));
  });

  test('of an item they are weighed with what is linear', () => {
    const mixed: Curve = {
      parts: [
        { weight: fraction(1, 3), shape: linear(START, START, on(300)) },
        {
          weight: fraction(2, 3),
          shape: { kind: 'steps', begin: 0, needed: ONE, origin: 0, days: [150], totals: [1] },
        },
      ],
    };
    expect([149, 150].map((day) => toText(plannedBy(mixed, day)))).toEqual(['149/900', '5/6']);
    // 1/2 lies on day 150, half a day's slope and two thirds of a step after its beginning.
    expect(earnedDays(mixed, fraction(1, 2), fraction(150))).toEqual(add(fraction(149), fraction(301, 601)));
  });
});

describe('the inverse', () => {
  const day = fc.integer({ min: 0, max: 1500 });
  const steps = fc
    .uniqueArray(fc.tuple(day, fc.integer({ min: 1, max: 5 })), { selector: ([at]) => at, minLength: 1, maxLength: 6 })
    .map((made): Shape => {
      const sorted = made.sort(([a], [b]) => a - b);
      const totals = sorted.map((_, index) => sorted.slice(0, index + 1).reduce((sum, [, units]) => sum + units, 0));
      const needed = fraction(totals.at(-1) ?? 1);
      return { kind: 'steps', begin: 0, needed, origin: 0, days: sorted.map(([at]) => at), totals };
    });
  const ramps = fc
    .tuple(day, day)
    .filter(([a, b]) => a !== b)
    .map(([a, b]): Shape => ({ kind: 'ramp', begin: Math.min(a, b), end: Math.max(a, b) }));
  const curves = fc
    .array(fc.record({ shape: fc.oneof(ramps, steps), weight: fc.integer({ min: 1, max: 9 }) }), {
      ...{ minLength: 1, maxLength: 4 },
    })
    .map((parts): Curve => {
      const total = parts.reduce((all, { weight }) => all + weight, 0);
      return { parts: parts.map(({ shape, weight }) => ({ shape, weight: fraction(weight, total) })) };
    });
  /** plannedBy on a day that is no whole number, between the whole days around it. */
  const at = (curve: Curve, { n, d }: Fraction): Fraction => {
    const whole = Number(n / d);
    const [left, right] = [plannedBy(curve, whole), plannedBy(curve, whole + 1)];
    return add(left, multiply(subtract(fraction(n, d), fraction(whole)), subtract(right, left)));
  };

  test('gives back the share that was planned, exactly', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 60 }), day, (curve, sixtieths, actual) => {
        const c = fraction(sixtieths, 60);
        // A share that is reached on the evening before the first day has no day before it.
        fc.pre(compare(plannedBy(curve, 0), c) <= 0);
        expect(at(curve, earnedDays(curve, c, fraction(actual)))).toEqual(c);
      }),
    );
  });

  test('never falls when more is done', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 59 }), day, (curve, sixtieths, actual) => {
        const earned = (done: number): Fraction => earnedDays(curve, fraction(done, 60), fraction(actual));
        expect(compare(earned(sixtieths), earned(sixtieths + 1))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { add, compare, type Fraction, fraction, multiply, ONE, subtract, sum, toText, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import {
  type Curve,
  earnedDays,
  linear,
  plannedBy,
  type Timing,
  timing,
  type TimingQuestion,
  weigh,
} from './timeline.js';

const [START, END] = ['2021-01-01', '2025-12-31'];
const period = linear(START, START, END);
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
    const curve = weigh([
      { weight: fraction(1, 2), curve: linear(START, START, '2021-12-31') },
      { weight: fraction(1, 2), curve: period },
    ]);
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
    const curve = weigh([
      { weight: half, curve: linear(START, START, '2021-12-31') },
      { weight: half, curve: linear(START, '2024-01-01', '2024-12-31') },
    ]);
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

describe('the inverse', () => {
  const day = fc.integer({ min: 0, max: 1500 });
  const span = fc.tuple(day, day).filter(([a, b]) => a !== b);
  const curves = fc.array(fc.record({ span, weight: fc.integer({ min: 1, max: 9 }) }), { minLength: 1, maxLength: 5 });
  const curveOf = (parts: readonly { span: readonly [number, number]; weight: number }[]): Curve => {
    const total = sum(parts.map(({ weight }) => fraction(weight)));
    return weigh(
      parts.map(({ span: [a, b], weight }) => ({
        weight: multiply(fraction(weight), fraction(total.d, total.n)),
        curve: {
          points: [
            { day: Math.min(a, b), share: ZERO },
            { day: Math.max(a, b), share: ONE },
          ],
        },
      })),
    );
  };
  /** plannedBy on a day that is no whole number, between the whole days around it. */
  const at = (curve: Curve, { n, d }: Fraction): Fraction => {
    const whole = Number(n / d);
    const [left, right] = [plannedBy(curve, whole), plannedBy(curve, whole + 1)];
    return add(left, multiply(subtract(fraction(n, d), fraction(whole)), subtract(right, left)));
  };

  test('gives back the share that was planned, exactly', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 60 }), day, (parts, sixtieths, actual) => {
        const [curve, c] = [curveOf(parts), fraction(sixtieths, 60)];
        expect(at(curve, earnedDays(curve, c, fraction(actual)))).toEqual(c);
      }),
    );
  });

  test('never falls when more is done', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 0, max: 59 }), day, (parts, sixtieths, actual) => {
        const earned = (done: number): Fraction => earnedDays(curveOf(parts), fraction(done, 60), fraction(actual));
        expect(compare(earned(sixtieths), earned(sixtieths + 1))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

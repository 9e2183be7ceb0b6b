import {
  add,
  compare,
  daysBetween,
  divide,
  equals,
  type Fraction,
  fraction,
  type IsoDate,
  maximum,
  minimum,
  multiply,
  ONE,
  subtract,
  ZERO,
} from '@planledger/kernel';

/**
 * The time baseline (DOMAIN §4.6). A curve says which share was planned by the end of which day: day 1 is the first of
 * the baseline, day 0 the evening before. Shares never fall; between points the curve is straight, outside it is level.
 */
export interface Curve {
  readonly points: readonly CurvePoint[];
}
export interface CurvePoint {
  readonly day: number;
  readonly share: Fraction;
}

/** Calendar days from a first day to `on`, both included; 0 or less before it. */
export const dayOf = (first: IsoDate, on: IsoDate): number => daysBetween(first, on) + 1;

/** Linear from `start` to `due`, both worked through; days are counted from `first`. */
export const linear = (first: IsoDate, start: IsoDate, due: IsoDate): Curve => {
  const begin = dayOf(first, start) - 1;
  return {
    points: [
      { day: begin, share: ZERO },
      { day: Math.max(begin + 1, dayOf(first, due)), share: ONE },
    ],
  };
};

/** The share planned by the end of a day. */
export function plannedBy({ points }: Curve, day: number): Fraction {
  const after = points.findIndex((point) => point.day > day);
  const [left, right] = after < 0 ? [points.at(-1), undefined] : [points[after - 1], points[after]];
  if (!left || !right) return left?.share ?? ZERO;
  const way = fraction(day - left.day, right.day - left.day);
  return add(left.share, multiply(way, subtract(right.share, left.share)));
}

/** Σ w·curve: an item's planned share from its measures'. Weights sum to 1. */
export function weigh(curves: readonly { readonly weight: Fraction; readonly curve: Curve }[]): Curve {
  const days = [...new Set(curves.flatMap(({ curve }) => curve.points.map(({ day }) => day)))].sort((a, b) => a - b);
  return {
    points: days.map((day) => ({
      day,
      share: curves.reduce((total, { weight, curve }) => add(total, multiply(weight, plannedBy(curve, day))), ZERO),
    })),
  };
}

/**
 * Earned schedule: ES = PV⁻¹(c), the day by which as much was planned as is done, exact between points. Where the curve
 * is level at c on [a, z], ES = min(max(AT, a), z): no credit for idle days ahead, no blame for those behind. At either
 * end the curve is not level but over: beyond its last day nothing was planned, so a late finisher never reads 1.
 */
export function earnedDays({ points }: Curve, c: Fraction, actual: Fraction): Fraction {
  const [head, last] = [points[0], points.at(-1)];
  if (!head || !last) return ZERO;
  if (compare(c, head.share) < 0) return fraction(head.day);
  if (compare(c, last.share) > 0) return fraction(last.day);
  const level = points.filter(({ share }) => equals(share, c));
  const [a, z] = [level[0], level.at(-1)];
  if (a && z) return minimum(maximum(actual, fraction(a.day)), fraction(z.day));
  const after = points.findIndex(({ share }) => compare(share, c) > 0);
  const [left, right] = [points[after - 1] ?? head, points[after] ?? last];
  const way = divide(subtract(c, left.share), subtract(right.share, left.share));
  return add(fraction(left.day), multiply(way, fraction(right.day - left.day)));
}

/** Whether anything was planned by the end of a day. */
function isDue({ points }: Curve, day: number): boolean {
  const idle = points.findLast(({ share }) => share.n === 0n);
  return idle ? day > idle.day : day >= (points[0]?.day ?? Infinity);
}

/** Where work stands against its time baseline. */
export interface Timing {
  readonly state: 'not-due' | 'running' | 'overdue' | 'early' | 'on-time' | 'late';
  /** Of overdue, early and late; else 0. */
  readonly days: number;
  /** PV at `on`. */
  readonly planned: Fraction;
  /** AT, ES and SPI_t = ES/AT; undefined while nothing is due. */
  readonly actualDays: number | undefined;
  readonly earnedDays: Fraction | undefined;
  readonly spi: Fraction | undefined;
}

export interface TimingQuestion {
  readonly first: IsoDate;
  readonly curve: Curve;
  readonly c: Fraction;
  readonly on: IsoDate;
  /** Day on which it was finished, and by how many days that was after its due date (negative: before). */
  readonly finished: { readonly on: IsoDate; readonly lateDays: number } | undefined;
  /** Days past due of what is not finished; 0: none. */
  readonly overdueDays: number;
}

/**
 * AT = min(t, finish) − start + 1, SPI_t = ES/AT. Finished: time stands still; before its due date early, on it on time,
 * after it late. Past due and unfinished: overdue. Nothing due yet: 未到期, never infinity.
 */
export function timing({ first, curve, c, on, finished, overdueDays }: TimingQuestion): Timing {
  const planned = plannedBy(curve, dayOf(first, on));
  const actual = dayOf(first, finished && finished.on < on ? finished.on : on);
  const due = isDue(curve, actual);
  const earned = due ? earnedDays(curve, c, fraction(actual)) : undefined;
  return {
    ...standing(),
    planned,
    actualDays: due ? actual : undefined,
    earnedDays: earned,
    spi: earned ? divide(earned, fraction(actual)) : undefined,
  };

  function standing(): Pick<Timing, 'state' | 'days'> {
    if (finished) {
      const { lateDays } = finished;
      return { state: lateDays < 0 ? 'early' : lateDays > 0 ? 'late' : 'on-time', days: Math.abs(lateDays) };
    }
    if (overdueDays > 0) return { state: 'overdue', days: overdueDays };
    return { state: due ? 'running' : 'not-due', days: 0 };
  }
}

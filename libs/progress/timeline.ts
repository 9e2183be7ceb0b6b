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
import { sumOf } from './mean.js';

/**
 * The time baseline (DOMAIN §4.6): which share was planned by the end of which day. Day 1 is the first of the baseline,
 * day 0 the evening before. A curve is the weighted sum of shapes; its shares never fall, and between the ends of two
 * days it is straight. Days are whole, so what is known of every day is known of the curve.
 */
export interface Curve {
  readonly parts: readonly { readonly weight: Fraction; readonly shape: Shape }[];
}
export type Shape = Ramp | Steps;

/** Straight from 0 at the end of day `begin` to 1 at the end of day `end`. */
interface Ramp {
  readonly kind: 'ramp';
  readonly begin: number;
  readonly end: number;
}

/** Units planned to count on their days: Σ quantity by then / `needed`, at most 1. */
export interface Steps {
  readonly kind: 'steps';
  readonly begin: number;
  readonly needed: Fraction;
  /** Ascending, counted from `origin` days after the curve's own day 0; what is planned by the end of each of them. */
  readonly origin: number;
  readonly days: readonly number[];
  readonly totals: readonly number[];
}

/** Calendar days from a first day to `on`, both included; 0 or less before it. */
export const dayOf = (first: IsoDate, on: IsoDate): number => daysBetween(first, on) + 1;

/** Linear from `start` to `due`, both worked through; days are counted from `first`. */
export function linear(first: IsoDate, start: IsoDate, due: IsoDate): Ramp {
  const begin = dayOf(first, start) - 1;
  return { kind: 'ramp', begin, end: Math.max(begin + 1, dayOf(first, due)) };
}

export const only = (shape: Shape): Curve => ({ parts: [{ weight: ONE, shape }] });

function shareOf(shape: Shape, day: number): Fraction {
  if (day < shape.begin) return ZERO;
  if (shape.kind === 'steps') return minimum(ONE, divide(fraction(unitsBy(shape, day)), shape.needed));
  return day >= shape.end ? ONE : fraction(day - shape.begin, shape.end - shape.begin);
}

const unitsBy = ({ totals, days, origin }: Steps, day: number): number => totals[lastBy(days, day - origin)] ?? 0;

/** What the share planned by the end of a day is a quotient of: units of those needed, or days that have passed of all. */
export function plannedOf(shape: Shape, day: number): { readonly done: Fraction; readonly of: Fraction } {
  const { begin } = shape;
  if (shape.kind === 'ramp') return { done: fraction(Math.max(0, day - begin)), of: fraction(shape.end - begin) };
  return { done: fraction(day < begin ? 0 : unitsBy(shape, day)), of: shape.needed };
}

/** Index of the last day not after `day`; -1 where all are. */
function lastBy(days: readonly number[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The share planned by the end of a day. */
export const plannedBy = ({ parts }: Curve, day: number): Fraction =>
  sumOf(parts.map(({ weight, shape }) => multiply(weight, shareOf(shape, day))));

const beginOf = ({ parts }: Curve): number => Math.min(...parts.map(({ shape }) => shape.begin));
const endOf = ({ parts }: Curve): number =>
  Math.max(...parts.map(({ shape }) => (shape.kind === 'ramp' ? shape.end : Math.max(shape.begin, ...lastDay(shape)))));
const lastDay = ({ days, origin }: Steps): number[] => days.slice(-1).map((day) => day + origin);

/**
 * Earned schedule: ES = PV⁻¹(c), the day by which as much was planned as is done, exact within the day on which the
 * planned share passes c. Where the curve is level at c on [a, z], ES = min(max(AT, a), z): no credit for idle days
 * ahead, no blame for those behind. At either end the curve is not level but over: beyond its last day nothing was
 * planned, so a late finisher never reads 1.
 */
export function earnedDays(curve: Curve, c: Fraction, actual: Fraction): Fraction {
  if (curve.parts.length === 0) return ZERO;
  const [begin, end] = [beginOf(curve), endOf(curve)];
  if (compare(c, plannedBy(curve, begin)) < 0) return fraction(begin);
  if (compare(c, plannedBy(curve, end)) > 0) return fraction(end);
  const reached = firstDay(begin, end, (day) => compare(plannedBy(curve, day), c) >= 0);
  const share = plannedBy(curve, reached);
  if (!equals(share, c)) {
    const before = plannedBy(curve, reached - 1);
    return add(fraction(reached - 1), divide(subtract(c, before), subtract(share, before)));
  }
  const passed = firstDay(reached, end + 1, (day) => day > end || compare(plannedBy(curve, day), c) > 0);
  return minimum(maximum(actual, fraction(reached)), fraction(passed - 1));
}

/** The first day in [from, to] of which `holds` is true; it MUST be of `to`, and of every day after one of which it is. */
function firstDay(from: number, to: number, holds: (day: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether anything was planned by the end of a day. */
const isDue = (curve: Curve, day: number): boolean => compare(plannedBy(curve, day), ZERO) > 0;

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

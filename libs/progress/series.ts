import type { IsoDate } from '@planledger/kernel';

/**
 * Integer sums by date: what was added on which day, and the running totals. A mutable structure owned by the cells that
 * hold it. The day '' stands before all others: what holds from the beginning. Integers only, numbers far below 2^53 or
 * bigints; a day whose additions cancel out leaves nothing behind, so that a series is a function of what was added.
 */
export interface Series<N extends number | bigint = number> {
  readonly deltas: Map<IsoDate, N>;
  /** The days of `deltas`, oldest first. */
  readonly days: IsoDate[];
  /** Running totals of the first of these days: a memory of who asked, cut back by every change. */
  readonly totals: N[];
}

/** What is added from a day on. */
export type Step<N extends number | bigint = number> = readonly [day: IsoDate, amount: N];

export const emptySeries = <N extends number | bigint = number>(): Series<N> => ({
  deltas: new Map(),
  days: [],
  totals: [],
});

/** Adds to the total from `day` on. */
export function addFrom<N extends number | bigint>(series: Series<N>, day: IsoDate, amount: N): void {
  if (!amount) return;
  const { deltas, days, totals } = series;
  const before = deltas.get(day);
  const at = placeOf(days, day);
  if (totals.length > at) totals.length = at;
  if (before === undefined) {
    deltas.set(day, amount);
    days.splice(at, 0, day);
    return;
  }
  const sum = plus(before, amount);
  if (sum) deltas.set(day, sum);
  else {
    deltas.delete(day);
    days.splice(at, 1);
  }
}

/** One operation on numbers and on bigints; the two are never mixed. */
const plus = <N extends number | bigint>(a: N, b: N): N => ((a as number) + (b as number)) as N;

export function addSteps<N extends number | bigint>(series: Series<N>, steps: readonly Step<N>[], sign: 1 | -1): void {
  for (const [day, amount] of steps) addFrom(series, day, (sign === 1 ? amount : -amount) as N);
}

export const isEmpty = (series: Series | Series<bigint>): boolean => series.days.length === 0;

/** How many of these days lie before `day`. */
function placeOf(days: readonly IsoDate[], day: IsoDate): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last day not after `on`; -1 where all are. */
function lastBy(days: readonly IsoDate[], on: IsoDate): number {
  const at = placeOf(days, on);
  return days[at] === on ? at : at - 1;
}

/** The running total at an index of `days`; undefined before the first. */
function totalAt<N extends number | bigint>({ deltas, days, totals }: Series<N>, index: number): N | undefined {
  for (let next = totals.length; next <= index; next += 1) {
    const before = totals[next - 1];
    const delta = deltas.get(days[next] ?? '');
    if (delta !== undefined) totals.push(before === undefined ? delta : plus<N>(before, delta));
  }
  return totals[index];
}

/** The total at the end of a day. */
export const totalOn = (series: Series | undefined, on: IsoDate): number =>
  series ? (totalAt(series, lastBy(series.days, on)) ?? 0) : 0;

/** The same of amounts. */
export const amountOn = (series: Series<bigint> | undefined, on: IsoDate): bigint =>
  series ? (totalAt(series, lastBy(series.days, on)) ?? 0n) : 0n;

/** The total after the last day. */
export const totalEver = (series: Series | undefined): number =>
  series ? (totalAt(series, series.days.length - 1) ?? 0) : 0;

/** The total from each day on, oldest first. */
export const totalsOf = (series: Series): readonly Step[] =>
  series.days.map((day, index) => [day, totalAt(series, index) ?? 0]);

/**
 * The first day of the unbroken run of days, up to `on`, on which the total was at least `need`; undefined where it is
 * not on `on` itself. What was lost and won back counts as reached on the day it was won back.
 */
export function reachedOn(series: Series | undefined, on: IsoDate, need: number): IsoDate | undefined {
  if (!series) return undefined;
  let reached: IsoDate | undefined;
  for (let index = lastBy(series.days, on); index >= 0; index -= 1) {
    if ((totalAt(series, index) ?? 0) < need) break;
    reached = series.days[index];
  }
  return reached;
}

/** The later of two days, where there is one. */
export const laterOf = (a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined =>
  (a ?? '') > (b ?? '') ? a : b;

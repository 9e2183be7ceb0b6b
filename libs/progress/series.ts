import type { IsoDate } from '@planledger/kernel';

/**
 * Integer sums by date: what was added on which day. A mutable structure owned by the cells that hold it. The day ''
 * stands before all others: what holds from the beginning. Numbers far below 2^53, or bigints; a day whose additions
 * cancel out leaves nothing behind, so that a series is a function of what was added. Most readers ask for today, which
 * few days follow: totals are taken off the end.
 */
export interface Series<N extends number | bigint = number> {
  /** Oldest first, each once. */
  readonly days: IsoDate[];
  /** What was added on each of them. */
  readonly amounts: N[];
  /** The total after the last day. */
  sum: N | 0;
}

/** What is added from a day on. */
export type Step<N extends number | bigint = number> = readonly [day: IsoDate, amount: N];

export const emptySeries = <N extends number | bigint = number>(): Series<N> => ({
  days: [],
  amounts: [],
  sum: 0,
});

/** Adds to the total from `day` on. */
export function addFrom<N extends number | bigint>(series: Series<N>, day: IsoDate, amount: N): void {
  if (!amount) return;
  const { days, amounts } = series;
  series.sum = series.sum ? plus(series.sum, amount) || 0 : amount;
  const at = placeOf(days, day);
  if (days[at] !== day) {
    days.splice(at, 0, day);
    amounts.splice(at, 0, amount);
    return;
  }
  const sum = plus(amounts[at]!, amount);
  if (sum) amounts[at] = sum;
  else {
    days.splice(at, 1);
    amounts.splice(at, 1);
  }
}

/** One operation on numbers and on bigints; the two are never mixed. */
const plus = <N extends number | bigint>(a: N, b: N): N => ((a as number) + (b as number)) as N;

export function addSteps<N extends number | bigint>(series: Series<N>, steps: readonly Step<N>[], sign: 1 | -1): void {
  for (const [day, amount] of steps) addFrom(series, day, (sign === 1 ? amount : -amount) as N);
}

/** Takes out the steps of before and adds those of after. What both begin with stays: mostly a step is added at the end. */
export function replaceSteps<N extends number | bigint>(
  series: Series<N>,
  before: readonly Step<N>[],
  after: readonly Step<N>[],
): void {
  const differs = after.findIndex(([day, amount], at) => before[at]?.[0] !== day || before[at][1] !== amount);
  const same = differs < 0 ? after.length : differs;
  addSteps(series, before.slice(same), -1);
  addSteps(series, after.slice(same), 1);
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

/** The total at the end of a day. */
export function totalOn(series: Series | undefined, on: IsoDate): number {
  if (!series) return 0;
  const { days, amounts } = series;
  let total = series.sum;
  for (let index = days.length - 1; index >= 0 && days[index]! > on; index -= 1) total -= amounts[index]!;
  return total;
}

/** The same of amounts. */
export function amountOn(series: Series<bigint> | undefined, on: IsoDate): bigint {
  if (!series) return 0n;
  const { days, amounts } = series;
  let total = BigInt(series.sum);
  for (let index = days.length - 1; index >= 0 && days[index]! > on; index -= 1) total -= amounts[index]!;
  return total;
}

/** The total from each day on, oldest first. */
export function totalsOf({ days, amounts }: Series): readonly Step[] {
  let total = 0;
  return days.map((day, index) => [day, (total += amounts[index]!)]);
}

/**
 * The first day of the unbroken run of days, up to `on`, on which the total was at least `need`; undefined where it is
 * not on `on` itself. What was lost and won back counts as reached on the day it was won back.
 */
export function reachedOn(series: Series | undefined, on: IsoDate, need: number): IsoDate | undefined {
  if (!series) return undefined;
  const { days, amounts } = series;
  let total = series.sum;
  let reached: IsoDate | undefined;
  for (let index = days.length - 1; index >= 0; index -= 1) {
    const day = days[index]!;
    if (day <= on) {
      if (total < need) break;
      reached = day;
    }
    total -= amounts[index]!;
  }
  return reached;
}

/** The later of two days, where there is one. */
export const laterOf = (a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined =>
  (a ?? '') > (b ?? '') ? a : b;

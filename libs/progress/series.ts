import type { IsoDate } from '@planledger/kernel';

/**
 * Integer sums by date: what was added on which day, and the running total. A mutable structure owned by the cells that
 * hold it: additions go into `deltas`, the running totals are made when next asked for. Integers only, far below 2^53.
 */
export interface Series {
  readonly deltas: Map<IsoDate, number>;
  /** Running totals, oldest first; undefined after a change. */
  steps: readonly Step[] | undefined;
}

/** From `date` on, until the next step, the total is `total`. */
export interface Step {
  readonly date: IsoDate;
  readonly total: number;
}

export const emptySeries = (): Series => ({ deltas: new Map(), steps: undefined });

/** Adds to the total from `date` on. A day whose additions cancel out leaves nothing behind. */
export function addFrom(series: Series, date: IsoDate, quantity: number): void {
  const sum = (series.deltas.get(date) ?? 0) + quantity;
  if (sum === 0) series.deltas.delete(date);
  else series.deltas.set(date, sum);
  series.steps = undefined;
}

export const isEmpty = (series: Series): boolean => series.deltas.size === 0;

export function stepsOf(series: Series): readonly Step[] {
  if (series.steps) return series.steps;
  let total = 0;
  const dates = [...series.deltas.keys()].sort();
  series.steps = dates.map((date) => ({ date, total: (total += series.deltas.get(date) ?? 0) }));
  return series.steps;
}

/** Index of the last step not after `on`; -1 where all are. */
function lastStep(steps: readonly Step[], on: IsoDate): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.date ?? '') <= on) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The total at the end of a day. */
export function totalOn(series: Series | undefined, on: IsoDate): number {
  if (!series) return 0;
  const steps = stepsOf(series);
  return steps[lastStep(steps, on)]?.total ?? 0;
}

/**
 * The first day of the unbroken run of days, up to `on`, on which the total was at least `need`; undefined where it is
 * not on `on` itself. What was lost and won back counts as reached on the day it was won back.
 */
export function reachedOn(series: Series | undefined, on: IsoDate, need: number): IsoDate | undefined {
  if (!series) return undefined;
  const steps = stepsOf(series);
  let reached: IsoDate | undefined;
  for (let index = lastStep(steps, on); index >= 0; index -= 1) {
    const step = steps[index];
    if (!step || step.total < need) break;
    reached = step.date;
  }
  return reached;
}

/** The later of two days, where there is one. */
export const laterOf = (a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined =>
  (a ?? '') > (b ?? '') ? a : b;

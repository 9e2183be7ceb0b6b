import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  lastDayOf,
  minimum,
  multiply,
  ONE,
  parseDecimal,
  subtract,
  ZERO,
} from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { IndicatorFigure } from './indicator.js';
import type { Observed } from './observation.js';
import type { Reading } from './reading.js';

/** A stretch of an indicator's path: from one value, the given way along, to the other. */
export interface PathStretch {
  readonly from: Fraction;
  readonly to: Fraction;
  readonly way: Fraction;
}

/** τ: months of the period up to the end of the value's own, over all its months. */
export function elapsed({ plan }: PlanState, { period }: Observed): Fraction {
  const [start, end] = [plan?.periodStart ?? '', plan?.periodEnd ?? ''];
  const month = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const total = month(end) - month(start) + 1;
  const passed = month(lastDayOf(period) ?? start) - month(start) + 1;
  return total > 0 ? minimum(ONE, fraction(Math.max(0, passed), total)) : ONE;
}

/** Where on the path the value's period ends: e = b + (T − b)τ, or the approved path, straight between its years. */
export function stretchOf(
  { plan }: Reading,
  { indicator, latest }: IndicatorFigure,
  baseline: Fraction,
  target: Fraction,
  tau: Fraction,
): PathStretch {
  const path = plan.paths.get(indicator.indicator) ?? [];
  const straight: PathStretch = { from: baseline, to: target, way: tau };
  if (path.length === 0 || !latest) return straight;
  const years = Number(plan.plan?.periodEnd.slice(0, 4)) - Number(plan.plan?.periodStart.slice(0, 4)) + 1;
  const first = Number(plan.plan?.periodStart.slice(0, 4)) - 1;
  const points = new Map([
    [first, baseline],
    [first + years, target],
  ]);
  for (const { year, value } of path) points.set(year, parseDecimal(value) ?? target);
  const at = add(fraction(first), multiply(tau, fraction(years)));
  const sorted = [...points].sort(([a], [b]) => a - b);
  const after = sorted.find(([year]) => compare(fraction(year), at) >= 0) ?? sorted.at(-1);
  const before = sorted.findLast(([year]) => compare(fraction(year), at) <= 0) ?? sorted[0];
  if (!after || !before) return straight;
  if (after[0] === before[0]) return { from: after[1], to: after[1], way: ZERO };
  const way = divide(subtract(at, fraction(before[0])), fraction(after[0] - before[0]));
  return { from: before[1], to: after[1], way };
}

import { type IndicatorDefined, IndicatorKind, IndicatorNature } from '@planledger/contracts';
import {
  add,
  compare,
  decimal,
  equals,
  type Fraction,
  fraction,
  parseDecimal,
  subtract,
  sum,
  toDecimal,
} from '@planledger/kernel';
import { toleranceOn } from '@planledger/plan';
import { finalObservations, type Observed } from './observation.js';
import type { Reading } from './reading.js';
import { targetsOf } from './target.js';

/** An indicator by its 核定 values (DOMAIN §5); grades and paths are computed on top of this. */
export interface IndicatorFigure {
  readonly indicator: IndicatorDefined;
  /** The latest value, of a cumulative one the sum over the years; null: 数据未出. */
  readonly x: Fraction | null;
  readonly latest: Observed | undefined;
  /** By every open reading of the target; null where the data do not settle it. */
  readonly satisfied: boolean | null;
  /** The values x was made of. */
  readonly used: readonly Observed[];
  /** All 核定 values of the whole city by `on`, oldest first. */
  readonly observed: readonly Observed[];
  /** Of a keep indicator, every year due by `on`: kept, broken, or without a 核定 value. */
  readonly years: readonly { readonly year: string; readonly kept: boolean | null }[];
}

export const isBinding = (indicator: IndicatorDefined): boolean => indicator.nature === IndicatorNature.BINDING;

export function indicatorFigure({ plan, cells, on }: Reading, indicator: IndicatorDefined): IndicatorFigure {
  const observed = finalObservations(cells, indicator.indicator, indicator.unit, on);
  const latest = observed.at(-1);
  const targets = targetsOf(plan, indicator.indicator, parseDecimal(indicator.target) ?? null);
  const delta = toleranceOn(plan, indicator.indicator, on);
  const meets = (x: Fraction): boolean =>
    targets.every((target) => target !== null && meetsTarget(x, indicator.targetOperator, subtract(target, delta)));
  const [start, end] = [plan.plan?.periodStart ?? '', plan.plan?.periodEnd ?? ''];
  const inPeriod = observed.filter((each) => each.on >= start && each.on <= end);
  if (isCumulative(indicator)) {
    const used = onePerYear(inPeriod);
    const x = used.length > 0 ? sum(used.map((each) => each.x)) : null;
    return { indicator, x, latest, satisfied: x && meets(x), used, observed, years: [] };
  }
  const used = latest ? [latest] : [];
  if (indicator.kind !== IndicatorKind.KEEP) {
    const satisfied = latest ? meets(latest.x) : null;
    return { indicator, x: latest?.x ?? null, latest, satisfied, used, observed, years: [] };
  }
  const years = dueYears(start, on < end ? on : end).map((year) => {
    const last = inPeriod.findLast((each) => each.on.startsWith(year));
    return { year, kept: last ? meets(last.x) : null };
  });
  return { indicator, x: latest?.x ?? null, latest, satisfied: allKept(years), used, observed, years };
}

const isCumulative = ({ kind, cumulative }: IndicatorDefined): boolean =>
  cumulative || kind === IndicatorKind.CUMULATIVE;

/** Keep: a broken year stays broken; a year without a value is never counted as kept; before the first, no data. */
function allKept(years: IndicatorFigure['years']): boolean | null {
  if (years.some(({ kept }) => kept === false)) return false;
  return years.length === 0 || years.some(({ kept }) => kept === null) ? null : true;
}

/** Years of the period whose last day has come. */
function dueYears(start: string, until: string): string[] {
  const [first, last] = [Number(start.slice(0, 4)), Number(until.slice(0, 4))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index)).filter(
    (year) => `${year}-12-31` <= until,
  );
}

/** Each year once: its own value where it has one, else the quarters', else the months'; never two for the same days. */
function onePerYear(observed: readonly Observed[]): Observed[] {
  const years = new Map<string, Observed[]>();
  for (const each of observed) {
    const year = each.period.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), each]);
  }
  return [...years].flatMap(([year, rows]) => {
    const whole = rows.filter(({ period }) => period === year);
    const quarters = rows.filter(({ period }) => period.includes('Q'));
    return whole.length > 0 ? whole : quarters.length > 0 ? quarters : rows;
  });
}

/** Whether a value meets a target, its tolerance δ already taken off: 左右 is met at T − δ, δ = 0 until a document sets it. */
export function meetsTarget(x: Fraction, operator: string, target: Fraction): boolean {
  const order = compare(x, target);
  switch (operator) {
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '=':
      return order === 0;
    case '>=':
    case '~':
      return order >= 0;
    default:
      // The import knows no other; what cannot be read is never met.
      return false;
  }
}

/**
 * x as shown, to the reporting step. Rounding MUST NOT make an unmet value read as its target (DOMAIN §4.4): it is then
 * cut one step short of it.
 */
export function shownValue(x: Fraction, step: string, target: Fraction | null, satisfied: boolean | null): string {
  const decimals = /\.(\d+)$/.exec(step)?.[1]?.length ?? 0;
  const shown = toDecimal(x, decimals);
  if (!target || satisfied === true || equals(x, target) || !equals(decimal(shown), target)) return shown;
  const one = fraction(1n, 10n ** BigInt(decimals));
  return toDecimal(compare(x, target) < 0 ? subtract(target, one) : add(target, one), decimals);
}

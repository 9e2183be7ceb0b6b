import {
  Basis,
  Commitment,
  type IndicatorDefined,
  IndicatorKind,
  type MeasureDefined,
  type PathPoint,
  Quantifier,
} from '@planledger/contracts';
import { compare, decimal, equals, fraction, isDate, parseDecimal, type Rejection, ZERO } from '@planledger/kernel';
import { type PlanBaseline, type PlanState, UNITS } from '@planledger/plan';
import { reject } from './command.js';

/** Quantifiers that are no number of units: every member, every named work. */
export const WITHOUT_TARGET: ReadonlySet<Quantifier> = new Set([Quantifier.ALL, Quantifier.CHECKLIST]);
const WITH_ROSTER: ReadonlySet<Quantifier> = new Set([Quantifier.EACH, Quantifier.ALL]);

/**
 * Does a measure, as a document would leave it, hold together with the rest of the plan after it? The rules of the
 * import (libs/plan/measure-checks.ts), in words for whoever decides.
 */
export const measureFits = (measure: MeasureDefined, after: PlanBaseline, plan: PlanState): Rejection | undefined =>
  targetFits(measure) ??
  rangeFits(measure) ??
  listsFit(measure, after) ??
  stockFits(measure) ??
  datesFit(measure, plan) ??
  [...after.measures.values()]
    .filter(({ item, partOf }) => item === measure.item && partOf !== '')
    .map((part) => partFits(part, after))
    .find((refused) => refused !== undefined);

function targetFits({ measure, quantifier, unit, unitKind, low }: MeasureDefined): Rejection | undefined {
  if (!UNITS.has(unit)) return reject('UNIT_NOT_REGISTERED', { unit, known: [...UNITS].join(' ') });
  if (low === '') return WITHOUT_TARGET.has(quantifier) ? undefined : reject('TARGET_MISSING', { measure });
  if (compare(decimal(low), ZERO) <= 0) return reject('TARGET_NOT_POSITIVE', { code: measure, target: low });
  if (quantifier !== Quantifier.RATIO) return undefined;
  if ((unit !== '%' && unit !== '‰') || unitKind !== '') return reject('SHARE_MISFORMED', { measure });
  const whole = fraction(unit === '%' ? 100 : 1_000);
  return compare(decimal(low), whole) > 0 ? reject('TARGET_ABOVE_WHOLE', { measure, target: low }) : undefined;
}

function rangeFits({ measure, quantifier, low, high }: MeasureDefined): Rejection | undefined {
  const sound = quantifier === Quantifier.RANGE ? high !== '' && compare(decimal(high), decimal(low)) > 0 : high === '';
  return sound ? undefined : reject('RANGE_MISFORMED', { measure });
}

function listsFit(
  { measure, quantifier, roster, works, scheme, commitment }: MeasureDefined,
  { rosters }: PlanBaseline,
): Rejection | undefined {
  if (WITH_ROSTER.has(quantifier) !== (roster !== '')) return reject('ROSTER_MISPLACED', { measure });
  if (roster !== '' && !rosters.has(roster)) return reject('ROSTER_UNKNOWN', { roster });
  if ((quantifier === Quantifier.CHECKLIST) !== works.length > 0) return reject('WORKS_MISPLACED', { measure });
  if (scheme && commitment !== Commitment.STRIVE) return reject('SCHEME_IS_FIRM', { measure });
  return onlyOnce(works.map(({ work }) => work));
}

function stockFits({ measure, basis, baseline, low }: MeasureDefined): Rejection | undefined {
  const below = (): boolean => baseline !== '' && (low === '' || compare(decimal(baseline), decimal(low)) < 0);
  return (basis === Basis.STOCK ? below() : baseline === '')
    ? undefined
    : reject('BASELINE_LEVEL_MISFORMED', { measure });
}

function datesFit({ measure, start, due }: MeasureDefined, { plan }: PlanState): Rejection | undefined {
  const missing = [start, due].find((date) => date !== '' && !isDate(date));
  if (missing !== undefined) return reject('NO_SUCH_DAY', { date: missing });
  const { periodStart = '', outlookYear = 0 } = plan ?? {};
  const [from, to] = [start || periodStart, `${outlookYear}-12-31`];
  return from < periodStart || due < from || due > to
    ? reject('DUE_OUTSIDE', { code: measure, due, from, to })
    : undefined;
}

/** 其中: the whole is a measure of the same item, is no part of its own part, and is not smaller. */
function partFits(
  { measure, item, partOf, low, high }: MeasureDefined,
  { measures }: PlanBaseline,
): Rejection | undefined {
  const whole = measures.get(partOf);
  if (whole?.item !== item) return reject('WHOLE_UNKNOWN', { measure, whole: partOf });
  const seen = new Set([measure]);
  for (let up: string = partOf; up !== ''; up = measures.get(up)?.partOf ?? '') {
    if (seen.has(up)) return reject('WHOLE_UNKNOWN', { measure, whole: partOf });
    seen.add(up);
  }
  const [most, all] = [parseDecimal(high || low), parseDecimal(whole.high || whole.low)];
  return most && all && compare(most, all) > 0
    ? reject('PART_LARGER', { measure, part: high || low, whole: partOf, target: whole.high || whole.low })
    : undefined;
}

/** Does an indicator, as a document would leave it, hold together with its path? */
export function indicatorFits(
  { indicator, kind, baseline, target }: IndicatorDefined,
  path: readonly PathPoint[],
  { plan }: PlanState,
): Rejection | undefined {
  const from = parseDecimal(baseline);
  if (kind === IndicatorKind.RISE && from && compare(from, decimal(target)) >= 0) {
    return reject('INDICATOR_NOT_RISING', { indicator, baseline, target });
  }
  if (path.length === 0) return undefined;
  const [first, last] = [plan?.periodStart ?? '', plan?.periodEnd ?? ''].map((date) => Number(date.slice(0, 4)));
  const complete = path.every(({ year }, at) => year === (first ?? 0) + at) && path.at(-1)?.year === last;
  const arrives = equals(decimal(path.at(-1)?.value ?? '0'), decimal(target));
  return complete && arrives
    ? undefined
    : reject('PATH_MISFORMED', { indicator, first: first ?? 0, last: last ?? 0, target });
}

/** 确保: in C, and to be accounted for when the plan is closed. 谋划 is never. */
export const isFirm = ({ commitment, scheme }: MeasureDefined): boolean => commitment !== Commitment.STRIVE && !scheme;

/** Refuses the first code that a list names a second time. */
export function onlyOnce(codes: readonly string[]): Rejection | undefined {
  const twice = codes.find((code, at) => codes.indexOf(code) !== at);
  return twice === undefined ? undefined : reject('LISTED_TWICE', { code: twice });
}

/** Do both say the same, field by field in one order? */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

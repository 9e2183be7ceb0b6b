import { type IndicatorDefined, IndicatorKind } from '@planledger/contracts';
import {
  add,
  compare,
  daysBetween,
  divide,
  type Fraction,
  fraction,
  isZero,
  multiply,
  ONE,
  parseDecimal,
  subtract,
  toDecimal,
  ZERO,
} from '@planledger/kernel';
import { thresholdOn, toleranceOn } from '@planledger/plan';
import { type IndicatorFigure, indicatorFigure, meetsTarget } from './indicator.js';
import type { Observed } from './observation.js';
import { elapsed, type PathStretch, stretchOf } from './indicator-path.js';
import type { Reading } from './reading.js';
import { targetsOf } from './target.js';

/** 提前实现, 快于预期, 基本符合预期, 滞后, 严重滞后, 倒退, 无法评估 (DOMAIN §5). */
export type Grade = 'early' | 'faster' | 'on-pace' | 'behind' | 'far-behind' | 'backwards' | 'ungraded';

export const GRADE_NAMES: Readonly<Record<Grade, string>> = {
  early: '提前实现',
  faster: '快于预期',
  'on-pace': '基本符合预期',
  behind: '滞后',
  'far-behind': '严重滞后',
  backwards: '倒退',
  ungraded: '无法评估',
};

/** From best to worst: of several readings of a doubt the last one counts. */
const ORDER: readonly Grade[] = ['early', 'faster', 'on-pace', 'behind', 'far-behind', 'backwards', 'ungraded'];

/** An indicator against its path: where it should be, how far it has come, and how fast. */
export interface IndicatorAssessment {
  readonly figure: IndicatorFigure;
  /** Of the first reading of the target; null where it has none. */
  readonly target: Fraction | null;
  /** The same less its tolerance δ: what A, R and e are held against. */
  readonly aim: Fraction | null;
  readonly baseline: Fraction | null;
  /** Share of the plan's years that had passed at the end of the value's period: 2023 of 2021–2025 is 3/5. */
  readonly tau: Fraction | null;
  /** e: what the path asks for at that time; null of kinds that have no path. */
  readonly expected: Fraction | null;
  /** The stretch of the path that e lies on: from one value, the given way along, to the other. */
  readonly path: PathStretch | null;
  /** A, uncapped; in a roll-up it is capped at 1. Null where there is no data. */
  readonly attainment: Fraction | null;
  /** R; null where there is no pace to have. */
  readonly pace: Fraction | null;
  /** Distance to a floor or ceiling in points, negative when missed. */
  readonly distance: Fraction | null;
  /** By the worst open reading. */
  readonly grade: Grade;
  /** For people: 较基期下降 1.1, 低置信 … */
  readonly notes: readonly string[];
}

export function assessIndicator(reading: Reading, indicator: IndicatorDefined): IndicatorAssessment {
  const figure = indicatorFigure(reading, indicator);
  const { plan, on } = reading;
  const own = parseDecimal(indicator.target) ?? null;
  const baseline = parseDecimal(indicator.baseline) ?? null;
  const tau = figure.latest ? elapsed(plan, figure.latest) : null;
  const delta = toleranceOn(plan, indicator.indicator, on);
  const targets = targetsOf(plan, indicator.indicator, own, reading.baseline);
  const readings = targets.map((target) =>
    judge({ reading, figure, target: target && subtract(target, delta), baseline, tau }),
  );
  const [first] = readings;
  const grade = readings.reduce<Grade>((worst, each) => (isWorse(each.grade, worst) ? each.grade : worst), 'early');
  return {
    ...{ figure, target: targets[0] ?? null, aim: targets[0] ? subtract(targets[0], delta) : null, baseline, tau },
    ...{
      expected: first?.expected ?? null,
      path: first?.path ?? null,
      attainment: first?.attainment ?? null,
      pace: first?.pace ?? null,
    },
    ...{ distance: first?.distance ?? null, grade, notes: first?.notes ?? [] },
  };
}

const isWorse = (a: Grade, b: Grade): boolean => ORDER.indexOf(a) > ORDER.indexOf(b);

interface Case {
  readonly reading: Reading;
  readonly figure: IndicatorFigure;
  /** The target of this reading, its tolerance taken off. */
  readonly target: Fraction | null;
  readonly baseline: Fraction | null;
  readonly tau: Fraction | null;
}

interface Judged {
  readonly expected: Fraction | null;
  readonly path?: PathStretch;
  readonly attainment: Fraction | null;
  readonly pace: Fraction | null;
  readonly distance: Fraction | null;
  readonly grade: Grade;
  readonly notes: readonly string[];
}

const UNGRADED: Judged = {
  ...{ expected: null, attainment: null, pace: null, distance: null, grade: 'ungraded', notes: [] },
};

function judge(given: Case): Judged {
  const { figure, target, tau } = given;
  // Years kept are counted even before the latest of them is out; all else needs a value.
  if (figure.indicator.kind === IndicatorKind.KEEP) return judgeKept(given);
  if (!figure.x || !target || !tau) return UNGRADED;
  switch (figure.indicator.kind) {
    case IndicatorKind.RISE:
    case IndicatorKind.APPROX:
      return judgeRise(given, figure.x, target, tau);
    case IndicatorKind.FLOOR:
    case IndicatorKind.CEILING:
      return judgeLimit(given, figure.x, target);
    case IndicatorKind.CUMULATIVE:
    case IndicatorKind.COUNT_SINCE_START:
    case IndicatorKind.LEVEL:
      return judgeQuotient(given, figure.x, target, tau);
    case IndicatorKind.COVERAGE:
    case IndicatorKind.ZERO:
      return judgeCoverage(given);
    case IndicatorKind.UNSPECIFIED:
      return UNGRADED;
  }
}

/** A = (x − b)/(T − b), R = (x − b)/(e − b). */
function judgeRise(given: Case, x: Fraction, target: Fraction, tau: Fraction): Judged {
  const { baseline, figure, reading } = given;
  if (!baseline) return judgeQuotient(given, x, target, tau);
  const distance = subtract(target, baseline);
  const path = stretchOf(reading, figure, baseline, target, tau);
  const expected = add(path.from, multiply(path.way, subtract(path.to, path.from)));
  const planned = subtract(expected, baseline);
  const gained = subtract(x, baseline);
  const attainment = isZero(distance) ? (compare(x, target) >= 0 ? ONE : ZERO) : divide(gained, distance);
  const pace = isZero(planned) ? null : divide(gained, planned);
  const grade = early(given) ? 'early' : isNear(given, x, expected) ? 'on-pace' : gradeOf(reading, pace);
  const fell = compare(gained, ZERO) < 0 ? [`较基期下降 ${toDecimal(subtract(baseline, x), 2)}`] : [];
  return { expected, path, attainment, pace, distance: null, grade, notes: fell };
}

/** Cumulative, counted since the start, or a level without a baseline: A = x/T, R = A/τ. */
function judgeQuotient(given: Case, x: Fraction, target: Fraction, tau: Fraction): Judged {
  const attainment = isZero(target) ? (isZero(x) ? ONE : ZERO) : divide(x, target);
  const pace = isZero(tau) ? null : divide(attainment, tau);
  const { kind } = given.figure.indicator;
  const level = kind !== IndicatorKind.CUMULATIVE && kind !== IndicatorKind.COUNT_SINCE_START;
  return {
    ...{
      expected: multiply(target, tau),
      path: { from: ZERO, to: target, way: tau },
      attainment,
      pace,
      distance: null,
    },
    grade: early(given) ? 'early' : gradeOf(given.reading, pace),
    notes: level ? ['低置信：无基期，按 A ÷ τ 估算'] : [],
  };
}

/** A floor or ceiling is met or not: A is 0 or 1, with the distance in points (DOMAIN §5). */
function judgeLimit({ figure, reading, baseline }: Case, x: Fraction, target: Fraction): Judged {
  const { kind, targetOperator } = figure.indicator;
  const met = meetsTarget(x, targetOperator, target);
  const floor = kind === IndicatorKind.FLOOR;
  const distance = floor ? subtract(x, target) : subtract(target, x);
  const share = met ? ONE : ZERO;
  const worse = baseline && (floor ? compare(x, baseline) < 0 : compare(x, baseline) > 0);
  const change = baseline ? subtract(x, baseline) : ZERO;
  const size = toDecimal(compare(change, ZERO) < 0 ? subtract(ZERO, change) : change, 2);
  const notes = worse ? [`较基期${floor ? '下降' : '上升'} ${size}`] : [];
  return { expected: target, attainment: share, pace: share, distance, grade: gradeOf(reading, share), notes };
}

/** A = years kept / years due; a broken year stays broken, a year without a value is never counted as kept. */
function judgeKept({ figure, reading, target }: Case): Judged {
  const { years, satisfied } = figure;
  if (years.length === 0 || !target) return UNGRADED;
  const kept = years.filter((year) => year.kept === true).length;
  const attainment = fraction(kept, years.length);
  const grade = satisfied === null ? 'ungraded' : gradeOf(reading, attainment);
  return {
    expected: target,
    attainment,
    pace: satisfied === null ? null : attainment,
    distance: null,
    grade,
    notes: [],
  };
}

/**
 * Coverage: A = met / eligible. Zero: A = 1 − overdue / found, 1 where none was found. Somebody left out is 滞后 once that
 * has been so for more than N days (coverage/days); an observation is a day's picture, so the run of those that miss
 * somebody is what is measured.
 */
function judgeCoverage({ figure, reading, target }: Case): Judged {
  const { indicator, latest, observed } = figure;
  if (!latest) return UNGRADED;
  const attainment = indicator.kind === IndicatorKind.ZERO ? withoutOverdue(latest) : divide(latest.x, fraction(100));
  if (!attainment) return UNGRADED;
  const all = { expected: target, attainment, pace: attainment, distance: null };
  if (compare(attainment, ONE) >= 0) return { ...all, grade: 'on-pace', notes: [] };
  let since = latest.on;
  for (const each of [...observed].reverse()) {
    const share = indicator.kind === IndicatorKind.ZERO ? withoutOverdue(each) : divide(each.x, fraction(100));
    if (!share || compare(share, ONE) >= 0) break;
    since = each.on;
  }
  const days = daysBetween(since, reading.on);
  const limit = thresholdOn(reading.plan, 'coverage/days', reading.on);
  const overdue = compare(fraction(days), limit) > 0;
  const notes = [`自 ${since} 起有未保障或未清零，已 ${days} 天`];
  return { ...all, grade: overdue ? worstOf('behind', gradeOf(reading, attainment)) : 'on-pace', notes };
}

const worstOf = (a: Grade, b: Grade): Grade => (isWorse(b, a) ? b : a);

function withoutOverdue({ row, x }: Observed): Fraction | undefined {
  const [overdue, found] = [parseDecimal(row.numerator), parseDecimal(row.denominator)];
  if (!overdue || !found) return isZero(x) ? ONE : ZERO;
  return isZero(found) ? ONE : subtract(ONE, divide(overdue, found));
}

/** 提前实现: satisfied by a value from before the target's due day. Of what must be held to the end there is no such. */
function early({ figure, reading, target }: Case): boolean {
  const { latest, x, indicator } = figure;
  const end = reading.plan.plan?.periodEnd ?? '';
  return Boolean(x && target && latest && latest.on < end && meetsTarget(x, indicator.targetOperator, target));
}

/** A target within a few reporting steps of its baseline: one step off the path is 基本符合 (DOMAIN §5). */
function isNear({ figure, reading, target, baseline }: Case, x: Fraction, expected: Fraction): boolean {
  const step = parseDecimal(figure.indicator.step);
  if (!step || isZero(step) || !target || !baseline) return false;
  const size = (a: Fraction): Fraction => (compare(a, ZERO) < 0 ? subtract(ZERO, a) : a);
  const steps = thresholdOn(reading.plan, 'grade/near-steps', reading.on);
  if (compare(size(subtract(target, baseline)), multiply(steps, step)) >= 0) return false;
  return compare(size(subtract(x, expected)), step) <= 0;
}

function gradeOf({ plan, on }: Reading, pace: Fraction | null): Grade {
  if (!pace) return 'ungraded';
  if (compare(pace, ZERO) < 0) return 'backwards';
  if (compare(pace, thresholdOn(plan, 'grade/faster', on)) >= 0) return 'faster';
  if (compare(pace, thresholdOn(plan, 'grade/on-pace', on)) >= 0) return 'on-pace';
  return compare(pace, thresholdOn(plan, 'grade/behind', on)) >= 0 ? 'behind' : 'far-behind';
}

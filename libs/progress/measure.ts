import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import {
  compare,
  daysBetween,
  type Fraction,
  fraction,
  type IsoDate,
  maximum,
  parseDecimal,
  subtract,
  ZERO,
} from '@planledger/kernel';
import { cellOf } from './cells.js';
import type { Part } from './cells-units.js';
import type { WhyNull } from './figure.js';
import type { Confidence, Reading } from './reading.js';
import { laterOf, totalOn } from './series.js';
import { type Tally, tally } from './tally.js';
import { ownTarget, targetsOf } from './target.js';

/** What was done of a measure by `on`, against its target (DOMAIN §4.2). */
export interface MeasureFigure {
  readonly measure: MeasureDefined;
  /** c in [0, 1]; null where there is no number to have, `whyNull` says why. */
  readonly c: Fraction | null;
  readonly whyNull: WhyNull | undefined;
  /** The lowest c of the open readings: what verdicts go by. Equal to c where there is no doubt. */
  readonly worst: Fraction | null;
  /** The target by which `worst` is; what the time baseline is held against. */
  readonly worstTarget: Fraction | null;
  /** Units; of rosters, checklists and yearly tasks members, works and years; of a stock the level, of a ratio x. */
  readonly done: Fraction;
  readonly target: Fraction | null;
  /** Upper end of a range, shown only. */
  readonly high: Fraction | null;
  /** By every open reading. */
  readonly satisfied: boolean;
  /** A ratio of which no 核定 value is out: 0 done, and said so; it stays in the denominator. */
  readonly noData: boolean;
  /** Past its due date and not satisfied (逾期). */
  readonly overdue: boolean;
  readonly overdueDays: number;
  /** Of `done`, what counted after the due date, and after the period (含期后完成). */
  readonly late: Fraction;
  readonly afterPeriod: Fraction;
  /** First day of the unbroken run of satisfied days that holds on `on`; undefined where it is not satisfied. */
  readonly finishedOn: IsoDate | undefined;
}

export function measureFigure(reading: Reading, measure: MeasureDefined, confidence: Confidence): MeasureFigure {
  const { on, plan, cells, baseline } = reading;
  const targets = targetsOf(plan, measure.measure, ownTarget(measure), baseline);
  const counted = cellOf(cells, measure.measure, confidence);
  const tallies = targets.map((target) => tally(reading, measure, counted, on, target));
  const [first] = tallies;
  const high = measure.quantifier === Quantifier.RANGE ? (parseDecimal(measure.high) ?? null) : null;
  if (!first || typeof first === 'string') {
    return withoutNumber(measure, first ?? 'no-target', high, totalOn(counted?.all, on));
  }
  const read = tallies.filter((each) => typeof each !== 'string');
  const worst = read.reduce((low, each) => (compare(each.c, low.c) < 0 ? each : low), first);
  const finishes = tallies.map((each) => (typeof each === 'string' ? undefined : each.finishedOn));
  const finishedOn = finishes.includes(undefined) ? undefined : finishes.reduce(laterOf);
  const satisfied = finishedOn !== undefined;
  const overdue = on > measure.due && !satisfied;
  const since = (day: IsoDate): Fraction => doneSince(reading, measure, counted, first, targets[0] ?? null, day);
  return {
    measure,
    c: first.c,
    whyNull: undefined,
    worst: worst.c,
    worstTarget: worst.target,
    done: first.done,
    target: first.target,
    high,
    satisfied,
    noData: first.noData ?? false,
    overdue,
    overdueDays: overdue ? daysBetween(measure.due, on) : 0,
    late: since(measure.due),
    afterPeriod: since(plan.plan?.periodEnd ?? measure.due),
    finishedOn,
  };
}

/** No share, but what was counted is shown all the same. */
const withoutNumber = (
  measure: MeasureDefined,
  whyNull: WhyNull,
  high: Fraction | null,
  counted: number,
): MeasureFigure => ({
  ...{ measure, c: null, whyNull, worst: null, worstTarget: null, done: fraction(counted), target: null, high },
  ...{ satisfied: false, noData: false, overdue: false, overdueDays: 0 },
  ...{ late: ZERO, afterPeriod: ZERO, finishedOn: undefined },
});

/** What was done at the end of an earlier day, by the first reading; undefined where it has no such part. */
export function doneBy(
  reading: Reading,
  { measure }: MeasureFigure,
  confidence: Confidence,
  day: IsoDate,
): Fraction | undefined {
  if (reading.on <= day || measure.quantifier === Quantifier.RATIO) return undefined;
  const [target = null] = targetsOf(reading.plan, measure.measure, ownTarget(measure), reading.baseline);
  const then = tally(reading, measure, cellOf(reading.cells, measure.measure, confidence), day, target);
  return typeof then === 'string' ? undefined : then.done;
}

/** Of what is done now, what was not yet done at the end of `day`. A share that was observed has no such part. */
function doneSince(
  reading: Reading,
  measure: MeasureDefined,
  counted: Part | undefined,
  now: Tally,
  target: Fraction | null,
  day: IsoDate,
): Fraction {
  if (reading.on <= day || measure.quantifier === Quantifier.RATIO) return ZERO;
  const then = tally(reading, measure, counted, day, target);
  return typeof then === 'string' ? ZERO : maximum(ZERO, subtract(now.done, then.done));
}

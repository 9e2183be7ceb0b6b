import type { MeasureDefined, PlanItemDefined } from '@planledger/contracts';
import { compare, daysBetween, type IsoDate, isZero, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { Verdict } from './answer.js';
import type { Pair } from './figure.js';
import { type ItemFigure, itemFigure, type ItemMeasure, measuresByItem } from './item.js';
import { observationStream } from './observation.js';
import type { Confidence, Reading } from './reading.js';
import { rulesOn } from './rules.js';
import { type Survey, survey } from './survey.js';
import { isFirm, startOf } from './target.js';
import { type Curve, linear, type Timing, timing, weigh } from './timeline.js';

/** Every item of a reading, computed once: headline, rows, gaps and explanations read from it. */
export interface Assessment {
  readonly reading: Reading;
  readonly survey: Survey;
  readonly items: ReadonlyMap<string, Pair<ItemAssessment>>;
}

export interface ItemAssessment {
  readonly figure: ItemFigure;
  readonly verdict: Verdict;
  /** Undefined where nothing weighs: there is nothing to plan. */
  readonly timing: Timing | undefined;
}

export function assess(reading: Reading): Assessment {
  const surveyed = survey(reading);
  const items = new Map<string, Pair<ItemAssessment>>();
  for (const item of reading.base.items.values()) {
    items.set(item.item, {
      claimed: assessItem(reading, surveyed, item, 'claimed'),
      verified: assessItem(reading, surveyed, item, 'verified'),
    });
  }
  return { reading, survey: surveyed, items };
}

export function assessItem(
  reading: Reading,
  surveyed: Survey,
  item: PlanItemDefined,
  confidence: Confidence,
): ItemAssessment {
  const stamp = stampOf(reading, surveyed, item);
  const known = answered.get(item)?.[confidence];
  if (known && isSame(known.stamp, stamp)) return known.assessment;
  const figure = itemFigure(reading, surveyed, item, confidence);
  const time = itemTiming(reading, figure);
  const assessment = { figure, timing: time, verdict: verdictOf(reading, surveyed, figure, time) };
  answered.set(item, { ...answered.get(item), [confidence]: { stamp, assessment } });
  return assessment;
}

/**
 * What was answered last of each item, with everything it was made from: a memory of a pure function. A live answer
 * follows every few entries, and most items have not moved since.
 */
const answered = new WeakMap<PlanItemDefined, Partial<Record<Confidence, Answered>>>();
interface Answered {
  readonly stamp: readonly unknown[];
  readonly assessment: ItemAssessment;
}

/** Everything an item's assessment reads, by identity: a changed cell and a new standing are other objects. */
function stampOf({ plan, base, cells, on }: Reading, surveyed: Survey, { item }: PlanItemDefined): unknown[] {
  const stamp: unknown[] = [plan, base, on, surveyed.started.has(item)];
  for (const { measure } of measuresByItem(base).get(item) ?? []) {
    const under = surveyed.underWay.get(measure);
    stamp.push(cells.counted.get(measure), cells.observations.get(observationStream(measure)));
    stamp.push(under?.claimed, under?.verified);
  }
  return stamp;
}

/**
 * The verdict (DOMAIN §4.4), by the worst open reading. 未启动 asks for no claim of 开工 in any linked project, and also
 * that nothing counts yet: what was delivered without a project's start (a 认定, an observed share) was begun.
 */
function verdictOf({ plan, on }: Reading, { started }: Survey, figure: ItemFigure, time: Timing | undefined): Verdict {
  if (figure.c === null || figure.worst === null || !time) return 'unquantified';
  if (figure.satisfied) return 'done';
  const begun = started.has(figure.item.item) || !isZero(figure.c);
  if (!begun && compare(time.planned, ZERO) > 0) return 'not-started';
  const late = time.spi !== undefined && compare(time.spi, rulesOn(plan, on).laggingBelow) < 0;
  return late || isOverdue(figure) ? 'lagging' : 'on-track';
}

const isOverdue = ({ measures }: ItemFigure): boolean => overdueDays(measures) > 0;

/** Most days that a firm measure is past due and not satisfied. */
const overdueDays = (measures: readonly ItemMeasure[]): number =>
  Math.max(0, ...measures.filter(({ figure }) => isFirm(figure.measure)).map(({ figure }) => figure.overdueDays));

/** The first day of an item's time baseline: the earliest start of what weighs. */
const firstDay = (plan: PlanState, measures: readonly MeasureDefined[]): IsoDate =>
  measures.map((measure) => startOf(plan, measure)).reduce((first, start) => (start < first ? start : first));

/** Schedule of an item: the weighted sum of its measures' baselines; finished when its last firm measure was. */
export function itemTiming({ plan, on }: Reading, item: ItemFigure): Timing | undefined {
  const weighing = item.measures.filter(({ weight }) => !isZero(weight));
  if (weighing.length === 0 || item.worst === null) return undefined;
  const { first, curve } = timeBaseline(plan, weighing);
  return timing({
    ...{ first, curve, c: item.worst, on },
    finished: item.finishedOn === undefined ? undefined : { on: item.finishedOn, lateDays: lateDays(item) },
    overdueDays: overdueDays(item.measures),
  });
}

/** The curve of what weighs, and its first day. Days of the curve are counted from there. */
interface TimeBaseline {
  readonly first: IsoDate;
  readonly curve: Curve;
}

function timeBaseline(plan: PlanState, weighing: readonly ItemMeasure[]): TimeBaseline {
  const measures = weighing.map(({ figure: { measure } }) => measure);
  const known = measures[0] && remembered.get(measures[0]);
  if (known && known.plan === plan.plan && isSame(known.measures, measures)) return known;
  const first = firstDay(plan, measures);
  const curves = weighing.map(({ weight, figure: { measure } }) => ({
    weight,
    curve: linear(first, startOf(plan, measure), measure.due),
  }));
  const made = { plan: plan.plan, measures, first, curve: weigh(curves) };
  if (measures[0]) remembered.set(measures[0], made);
  return made;
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** Baselines by the first measure that weighs: they follow from the plan alone. A memory of a pure function. */
const remembered = new WeakMap<
  MeasureDefined,
  TimeBaseline & { readonly plan: PlanState['plan']; readonly measures: readonly MeasureDefined[] }
>();

/** An item is as late as its latest firm measure: days after that one's own due date, negative when before. */
const lateDays = ({ measures }: ItemFigure): number =>
  Math.max(
    ...measures.flatMap(({ figure: { measure, finishedOn } }) =>
      isFirm(measure) && finishedOn !== undefined ? [daysBetween(measure.due, finishedOn)] : [],
    ),
  );

/** Schedule of one measure against its own baseline; undefined where it has no number. */
export function measureTiming({ plan, on }: Reading, { figure }: ItemMeasure): Timing | undefined {
  const { measure, worst, finishedOn } = figure;
  if (worst === null) return undefined;
  const first = startOf(plan, measure);
  return timing({
    ...{ first, curve: linear(first, first, measure.due), c: worst, on },
    finished: finishedOn === undefined ? undefined : { on: finishedOn, lateDays: daysBetween(measure.due, finishedOn) },
    overdueDays: figure.overdueDays,
  });
}

import { type MeasureDefined, type PlanItemDefined, Quantifier } from '@planledger/contracts';
import { compare, daysBetween, type IsoDate, isZero, ONE, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { Verdict } from './answer.js';
import type { Cells } from './cells.js';
import { identical } from './equal.js';
import type { Pair } from './figure.js';
import { type ItemFigure, itemFigure, type ItemMeasure, measuresByItem } from './item.js';
import { type ItemProjects, NO_PROJECTS, projectsByItem } from './item-projects.js';
import { observationStream } from './observation.js';
import { shapeOf } from './planned.js';
import type { Confidence, Reading } from './reading.js';
import { remember } from './remembered.js';
import { rulesOn } from './rules.js';
import { isFirm, startOf } from './target.js';
import { type Curve, type Timing, timing } from './timeline.js';
import { headlineVerdict, type VerdictGrounds } from './verdicts.js';

/** Every item of a reading, computed once: headline, rows, gaps and explanations read from it. */
export interface Assessment {
  readonly reading: Reading;
  readonly projects: ReadonlyMap<string, ItemProjects>;
  readonly items: ReadonlyMap<string, Pair<ItemAssessment>>;
}

export interface ItemAssessment {
  readonly figure: ItemFigure;
  readonly verdict: Verdict;
  /** Undefined where nothing weighs: there is nothing to plan. */
  readonly timing: Timing | undefined;
}

/** `b0` of the same plan and day, where it was assessed before: what is the same by both baselines is not made twice. */
export function assess(reading: Reading, b0?: Assessment): Assessment {
  const projects = b0?.projects ?? projectsByItem(reading.cells, reading.on);
  const ground = groundOf(reading);
  const items = new Map<string, Pair<ItemAssessment>>();
  for (const item of reading.base.items.values()) {
    const known = b0?.items.get(item.item);
    const same = b0 && known && isSameItem(b0.reading, reading, item) ? known : undefined;
    const started = (projects.get(item.item) ?? NO_PROJECTS).started > 0;
    items.set(item.item, same ?? assessPair(reading, ground, item, started));
  }
  return { reading, projects, items };
}

function assessPair(
  reading: Reading,
  ground: readonly unknown[],
  item: PlanItemDefined,
  started: boolean,
): Pair<ItemAssessment> {
  const { baseline } = reading;
  const stamp = stampOf(reading, ground, item, started);
  return answered(item, baseline, stamp, () => ({
    claimed: assessItem(reading, item, 'claimed', started),
    verified: assessItem(reading, item, 'verified', started),
  }));
}
const answered = remember<PlanItemDefined, Pair<ItemAssessment>>();

/** Nothing that the item's assessment reads differs between two baselines. */
function isSameItem(a: Reading, b: Reading, item: PlanItemDefined): boolean {
  if (a.base.items.get(item.item) !== item || a.base.rosters !== b.base.rosters) return false;
  const [left, right] = [a, b].map(({ base }) => measuresByItem(base).get(item.item) ?? []);
  return (
    identical(left ?? [], right ?? []) &&
    (left ?? []).every(({ measure }) => (a.cells.works.get(measure)?.moved ?? 0) === 0)
  );
}

function assessItem(reading: Reading, item: PlanItemDefined, confidence: Confidence, started: boolean): ItemAssessment {
  const figure = itemFigure(reading, item, confidence);
  const time = itemTiming(reading, figure);
  return { figure, timing: time, verdict: headlineVerdict(groundsOf(reading, started, figure, time)) };
}

/** Everything an item's assessment reads, by identity: a changed cell and a new standing are other objects. */
function stampOf(
  { base, cells }: Reading,
  ground: readonly unknown[],
  { item }: PlanItemDefined,
  started: boolean,
): unknown[] {
  const measures = measuresByItem(base).get(item) ?? [];
  const stamp: unknown[] = [ground, measures, started];
  for (const { measure, quantifier } of measures) {
    stamp.push(cells.counted.get(measure), cells.works.get(measure));
    if (quantifier === Quantifier.RATIO) stamp.push(cells.observations.get(observationStream(measure)));
  }
  return stamp;
}

/**
 * What every item's assessment reads, as one object while it stays the same. Of the plan not the state itself: that is
 * another one after every report of a period.
 */
function groundOf({ plan, base, baseline, cells, weights, on }: Reading): readonly unknown[] {
  const { plan: head, rules, thresholds, doubts, settled, documents } = plan;
  const ground = [head, rules, thresholds, doubts, settled, documents, base.rosters, weights, on];
  return grounds(cells, baseline, ground, () => ground);
}
const grounds = remember<Cells, readonly unknown[]>();

/** The verdict (DOMAIN §4.4), by the worst open reading. */
const groundsOf = (
  { plan, on }: Reading,
  started: boolean,
  { c, worst, satisfied, measures }: ItemFigure,
  time: Timing | undefined,
): VerdictGrounds => ({
  ...{ quantified: c !== null && worst !== null && time !== undefined, satisfied },
  ...{ begun: started || (c !== null && !isZero(c)), due: time !== undefined && compare(time.planned, ZERO) > 0 },
  ...{ spi: time?.spi, laggingBelow: rulesOn(plan, on).laggingBelow, overdueDays: overdueDays(measures) },
});

/** What an item's verdict followed from. */
export const verdictGrounds = ({ reading, projects }: Assessment, { figure, timing: time }: ItemAssessment) =>
  groundsOf(reading, (projects.get(figure.item.item) ?? NO_PROJECTS).started > 0, figure, time);

/** Most days that a firm measure is past due and not satisfied. */
const overdueDays = (measures: readonly ItemMeasure[]): number =>
  Math.max(0, ...measures.filter(({ figure }) => isFirm(figure.measure)).map(({ figure }) => figure.overdueDays));

/** The first day of an item's time baseline: the earliest start of what weighs. */
const firstDay = (plan: PlanState, measures: readonly MeasureDefined[]): IsoDate =>
  measures.map((measure) => startOf(plan, measure)).reduce((first, start) => (start < first ? start : first));

/** Schedule of an item: the weighted sum of its measures' baselines; finished when its last firm measure was. */
export function itemTiming(reading: Reading, item: ItemFigure): Timing | undefined {
  const weighing = item.measures.filter(({ weight }) => !isZero(weight));
  if (weighing.length === 0 || item.worst === null) return undefined;
  const first = firstDay(
    reading.plan,
    weighing.map(({ figure }) => figure.measure),
  );
  const parts = weighing.map(({ weight, figure }) => ({ weight, shape: shapeOf(reading, figure, first) }));
  return timing({
    ...{ first, curve: { parts }, c: item.worst, on: reading.on },
    finished: item.finishedOn === undefined ? undefined : { on: item.finishedOn, lateDays: lateDays(item) },
    overdueDays: overdueDays(item.measures),
  });
}

/** An item is as late as its latest firm measure: days after that one's own due date, negative when before. */
const lateDays = ({ measures }: ItemFigure): number =>
  Math.max(
    ...measures.flatMap(({ figure: { measure, finishedOn } }) =>
      isFirm(measure) && finishedOn !== undefined ? [daysBetween(measure.due, finishedOn)] : [],
    ),
  );

/** Schedule of one measure against its own baseline; undefined where it has no number. */
export function measureTiming(reading: Reading, { figure }: Pick<ItemMeasure, 'figure'>): Timing | undefined {
  const { measure, worst, finishedOn } = figure;
  if (worst === null) return undefined;
  const first = startOf(reading.plan, measure);
  const curve: Curve = { parts: [{ weight: ONE, shape: shapeOf(reading, figure, first) }] };
  return timing({
    ...{ first, curve, c: worst, on: reading.on },
    finished: finishedOn === undefined ? undefined : { on: finishedOn, lateDays: daysBetween(measure.due, finishedOn) },
    overdueDays: figure.overdueDays,
  });
}

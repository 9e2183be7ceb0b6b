import { type MeasureDefined, type PlanItemDefined, Quantifier } from '@planledger/contracts';
import {
  add,
  clampShare,
  compare,
  divide,
  type Fraction,
  fraction,
  type IsoDate,
  isZero,
  ONE,
  subtract,
  ZERO,
} from '@planledger/kernel';
import type { PlanBaseline } from '@planledger/plan';
import type { WhyNull } from './figure.js';
import { meanOf, partsOfOne } from './mean.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { MILLION } from './project.js';
import type { Confidence, Reading } from './reading.js';
import { amountOn, laterOf } from './series.js';
import { baselineLevel, isFirm, unitsEach } from './target.js';

/** How far an item is (DOMAIN §4.3). */
export interface ItemFigure {
  readonly item: PlanItemDefined;
  /** C = Σ w·c / Σ w over what weighs; null: 无量化目标 or 名册未定. */
  readonly c: Fraction | null;
  readonly whyNull: WhyNull | undefined;
  /** C by the worst open reading of every measure: what the verdict goes by. */
  readonly worst: Fraction | null;
  /** c*: the same sum of the measures' c*. */
  readonly underWay: Fraction | null;
  /** 力争 measures, a line of their own; null where the item has none with a number. */
  readonly strive: Fraction | null;
  readonly measures: readonly ItemMeasure[];
  /** Every firm measure is satisfied, parts and uncounted ones among them. */
  readonly satisfied: boolean;
  /** Day on which the last firm measure was finished; undefined until all are. */
  readonly finishedOn: IsoDate | undefined;
}

export interface ItemMeasure {
  readonly figure: MeasureFigure;
  /** In C, its part of 1; 0: does not weigh. */
  readonly weight: Fraction;
  /** c* of the measure; null where c is. */
  readonly underWay: Fraction | null;
}

/** Measures by item, in the order they were defined: a memory of a pure function of an immutable map. */
export function measuresByItem({ measures }: PlanBaseline): ReadonlyMap<string, readonly MeasureDefined[]> {
  const known = grouped.get(measures);
  if (known) return known;
  const byItem = new Map<string, MeasureDefined[]>();
  for (const measure of measures.values()) {
    const group = byItem.get(measure.item);
    if (group) group.push(measure);
    else byItem.set(measure.item, [measure]);
  }
  grouped.set(measures, byItem);
  return byItem;
}
const grouped = new WeakMap<PlanBaseline['measures'], ReadonlyMap<string, readonly MeasureDefined[]>>();

/** Firm, countable, and not part of another: 其中 is shown, only the whole weighs. */
export const weighs = ({ measure, c }: MeasureFigure): boolean =>
  c !== null && isFirm(measure) && measure.partOf === '' && !measure.scheme;

export function itemFigure(reading: Reading, item: PlanItemDefined, confidence: Confidence): ItemFigure {
  const figures = (measuresByItem(reading.base).get(item.item) ?? []).map((measure) =>
    measureFigure(reading, measure, confidence),
  );
  const weights = weightsIn(reading, figures);
  const measures = figures.map((figure) => ({
    figure,
    weight: weights.get(figure) ?? ZERO,
    underWay: measureUnderWay(figure, millionthsUnderWay(reading, figure.measure.measure, confidence)),
  }));
  const mean = (value: (each: ItemMeasure) => Fraction | null): Fraction | null =>
    meanOf(
      measures.flatMap((each) => {
        const share = isZero(each.weight) ? null : value(each);
        return share ? [{ weight: each.weight, value: share }] : [];
      }),
    );
  const firm = figures.filter(({ measure }) => isFirm(measure) && !measure.scheme);
  const satisfied = weights.size > 0 && firm.every((figure) => figure.satisfied);
  return {
    item,
    c: mean(({ figure }) => figure.c),
    whyNull: weights.size > 0 ? undefined : whyWithout(firm),
    worst: mean(({ figure }) => figure.worst),
    underWay: mean(({ underWay }) => underWay),
    strive: equalMean(figures.filter(({ measure }) => !isFirm(measure) && measure.partOf === '').map(({ c }) => c)),
    measures,
    satisfied,
    finishedOn: satisfied ? firm.map(({ finishedOn }) => finishedOn).reduce(laterOf, undefined) : undefined,
  };
}

/**
 * Weights of what weighs, summing to 1: those of the set, renormalised over the measures with a number (DOMAIN §1);
 * equal where the set names none of these.
 */
function weightsIn({ weights }: Reading, figures: readonly MeasureFigure[]): ReadonlyMap<MeasureFigure, Fraction> {
  const weighing = figures.filter(weighs);
  const parts = partsOfOne(weights.weightsWithin(weighing.map(({ measure }) => measure.measure)));
  return new Map(weighing.map((figure, index) => [figure, parts[index] ?? ZERO]));
}

/** Σ q·P of a measure at the end of `on`, in millionths of a unit. */
export const millionthsUnderWay = ({ cells, baseline, on }: Reading, measure: string, confidence: Confidence): bigint =>
  amountOn(cells.works.get(measure)?.[baseline][confidence].millionths, on);

/** 力争 measures of an item weigh equally, over those with a number. */
const equalMean = (shares: readonly (Fraction | null)[]): Fraction | null =>
  meanOf(shares.filter((share) => share !== null).map((value) => ({ weight: ONE, value })));

const whyWithout = (firm: readonly MeasureFigure[]): WhyNull =>
  firm.some(({ whyNull }) => whyNull === 'open-roster') ? 'open-roster' : 'unquantified';

/**
 * c* = min(1, Σ q·P / T), a counted unit with 1 (DOMAIN §4.3); `millionths` is the part under way. Of a stock the level
 * still to rise, of a roster or checklist a member or work for the units it needs. Yearly tasks and ratios have no work
 * under way that would count: c* is c.
 */
export function measureUnderWay({ measure, c, done, target }: MeasureFigure, millionths: bigint): Fraction | null {
  if (c === null || target === null) return null;
  if (millionths === 0n) return c;
  const rest = fraction(millionths, MILLION);
  switch (measure.quantifier) {
    case Quantifier.AT_LEAST:
    case Quantifier.EXACT:
    case Quantifier.APPROX:
    case Quantifier.RANGE: {
      const baseline = baselineLevel(measure);
      const distance = subtract(target, baseline);
      return compare(distance, ZERO) > 0 ? clampShare(divide(add(subtract(done, baseline), rest), distance)) : c;
    }
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
      return clampShare(add(c, divide(divide(rest, unitsEach(measure)), target)));
    case Quantifier.EVERY_YEAR:
    case Quantifier.RATIO:
    case Quantifier.UNSPECIFIED:
      return c;
  }
}

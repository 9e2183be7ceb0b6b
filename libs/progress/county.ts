import { type MeasureDefined, type PlanItemDefined, Quantifier } from '@planledger/contracts';
import { compare, type Fraction, fraction, parseDecimal, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { partOf } from './cells.js';
import { itemOf } from './contribution.js';
import type { WhyNull } from './figure.js';
import { measuresByItem } from './item.js';
import { meanOf, partsOfOne } from './mean.js';
import { partsOf } from './parts.js';
import type { Confidence, Reading } from './reading.js';
import { reachedOn, totalOn } from './series.js';
import { capped } from './tally.js';
import { isFirm } from './target.js';

/** What was counted in a county of a measure, against the part of the target that was decomposed to it (DOMAIN §1). */
export interface CountyMeasure {
  readonly measure: MeasureDefined;
  /** Units; of rosters and checklists members and works there, of yearly tasks years met. */
  readonly done: Fraction;
  /** Null: 未分解. */
  readonly target: Fraction | null;
  /** min(1, done ÷ target); null where there is no target, or nothing that is counted by county. */
  readonly c: Fraction | null;
}

/** The part of a measure's target that a county has; the latest decomposition stands. */
export const countyTarget = ({ plan }: Pick<Reading, 'plan'>, measure: string, county: string): Fraction | null =>
  decomposedTo(plan, county).get(measure) ?? null;

/** What was decomposed to a county, by measure: read from the plan once. */
function decomposedTo({ decomposed }: PlanState, county: string): ReadonlyMap<string, Fraction> {
  const counties = read.get(decomposed) ?? new Map<string, Map<string, Fraction>>();
  if (!read.has(decomposed)) {
    for (const { measure, counties: parts } of decomposed.values()) {
      for (const part of parts) {
        const target = parseDecimal(part.target);
        if (!target || compare(target, ZERO) <= 0) continue;
        counties.set(part.county, (counties.get(part.county) ?? new Map<string, Fraction>()).set(measure, target));
      }
    }
    read.set(decomposed, counties);
  }
  return counties.get(county) ?? NONE;
}
const read = new WeakMap<PlanState['decomposed'], Map<string, Map<string, Fraction>>>();
const NONE: ReadonlyMap<string, Fraction> = new Map();

/**
 * c of a measure in a county: what units that are responsible there delivered, over the county's target. Members and
 * works count once, a yearly task by the years in which the county met its own number. The level of a stock at the
 * period's start is the city's: the county's target is what it adds. A ratio is observed for the whole city: no share.
 */
export function countyMeasure(
  reading: Reading,
  measure: MeasureDefined,
  county: string,
  confidence: Confidence,
): CountyMeasure {
  const { cells, on } = reading;
  const target = countyTarget(reading, measure.measure, county);
  const part = partOf(cells, measure.measure, confidence, county);
  const units = { measure, done: fraction(totalOn(part?.all, on)), target };
  const share = (done: Fraction, of: Fraction | null): CountyMeasure => ({
    ...{ measure, done, target: of, c: of && capped(done, of) },
  });
  switch (measure.quantifier) {
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
    case Quantifier.EVERY_YEAR: {
      const parts = target ? partsOf(reading, measure, part, target) : 'no-target';
      if (typeof parts === 'string') return { ...units, c: null };
      const met = parts.filter(({ series, need }) => reachedOn(series, on, need) !== undefined);
      return share(
        fraction(met.length),
        measure.quantifier === Quantifier.EVERY_YEAR ? fraction(parts.length) : target,
      );
    }
    case Quantifier.RATIO:
    case Quantifier.UNSPECIFIED:
      return { ...units, c: null };
    default:
      return measure.scheme ? { ...units, c: null } : share(units.done, target);
  }
}

/** Decomposed measures of an item in a county, with their part of 1: as the item weighs them, renormalised. */
export function countyItem(
  reading: Reading,
  item: PlanItemDefined,
  county: string,
  confidence: Confidence,
): readonly { readonly figure: CountyMeasure; readonly weight: Fraction; readonly c: Fraction }[] {
  const decomposed = (measuresByItem(reading.base).get(item.item) ?? []).flatMap((measure) => {
    if (!isFirm(measure) || measure.partOf !== '' || !countyTarget(reading, measure.measure, county)) return [];
    const figure = countyMeasure(reading, measure, county, confidence);
    return figure.c ? [{ figure, c: figure.c }] : [];
  });
  const weights = partsOfOne(reading.weights.weightsWithin(decomposed.map(({ figure }) => figure.measure.measure)));
  return decomposed.map((each, index) => ({ ...each, weight: weights[index] ?? ZERO }));
}

export const countyItemShare = (
  reading: Reading,
  item: PlanItemDefined,
  county: string,
  confidence: Confidence,
): Fraction | null =>
  meanOf(countyItem(reading, item, county, confidence).map(({ weight, c }) => ({ weight, value: c })));

/** Items with a share in a county, each with its weight in the set. */
export const countyItems = (
  reading: Reading,
  county: string,
  confidence: Confidence,
): readonly { readonly item: PlanItemDefined; readonly weight: Fraction; readonly value: Fraction }[] =>
  [...new Set([...decomposedTo(reading.plan, county).keys()].map(itemOf))].sort().flatMap((code) => {
    const item = reading.base.items.get(code);
    const value = item && countyItemShare(reading, item, county, confidence);
    return value ? [{ item, weight: reading.weights.weightOf(item.item), value }] : [];
  });

/** Σ w·C / Σ w over the items of which a measure was decomposed to the county. */
export function countyShare(
  reading: Reading,
  county: string,
  confidence: Confidence,
): { readonly value: Fraction | null; readonly whyNull: WhyNull } {
  const items = countyItems(reading, county, confidence);
  return { value: meanOf(items), whyNull: items.length > 0 ? 'no-weight' : 'undecomposed' };
}

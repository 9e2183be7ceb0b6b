import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { add, compare, divide, type Fraction, fraction, type IsoDate, ONE, subtract, ZERO } from '@planledger/kernel';
import { toleranceOn } from '@planledger/plan';
import type { Part as Counted } from './cells-units.js';
import type { WhyNull } from './figure.js';
import { finalObservations } from './observation.js';
import { ceiling, type Part, partsOf } from './parts.js';
import type { Reading } from './reading.js';
import { laterOf, reachedOn, totalOn } from './series.js';
import { baselineLevel, startOf } from './target.js';

/** One measure by one reading of its target. */
export interface Tally {
  readonly c: Fraction;
  readonly done: Fraction;
  readonly target: Fraction;
  readonly finishedOn: IsoDate | undefined;
  readonly noData?: boolean;
}

/** c of one reading of the target at the end of `on`, from what was counted; or why there is none. */
export function tally(
  reading: Reading,
  measure: MeasureDefined,
  counted: Counted | undefined,
  on: IsoDate,
  target: Fraction | null,
): Tally | WhyNull {
  if (measure.scheme) return 'scheme';
  switch (measure.quantifier) {
    case Quantifier.AT_LEAST:
    case Quantifier.EXACT:
    case Quantifier.APPROX:
    case Quantifier.RANGE:
      return target ? tallyUnits(reading, measure, counted, on, target) : 'no-target';
    case Quantifier.RATIO:
      return target ? tallyRatio(reading, measure, on, target) : 'no-target';
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
    case Quantifier.EVERY_YEAR:
      return tallyParts(partsOf(reading, measure, counted, target), on);
    case Quantifier.UNSPECIFIED:
      return 'no-target';
  }
}

/**
 * atLeast, exact, approx, range: c = min(1, d/T). stock: c = clamp((x − b)/(T − b), 0, 1), x = b + d. The tolerance δ of
 * approx, in the measure's unit, decides only what is satisfied: d ≥ T − δ.
 */
function tallyUnits(
  { plan, on: today }: Reading,
  measure: MeasureDefined,
  counted: Counted | undefined,
  on: IsoDate,
  target: Fraction,
): Tally {
  const baseline = baselineLevel(measure);
  const [distance, units] = [subtract(target, baseline), fraction(totalOn(counted?.all, on))];
  const done = add(baseline, units);
  const tolerance = measure.quantifier === Quantifier.APPROX ? toleranceOn(plan, measure.measure, today) : ZERO;
  const enough = subtract(distance, tolerance);
  const finishedOn = compare(enough, ZERO) > 0 ? reachedOn(counted?.all, on, ceiling(enough)) : startOf(plan, measure);
  // Only a reading of a doubt can lie at or below the baseline (import refuses it): the level was there from the start.
  return { c: compare(distance, ZERO) > 0 ? capped(units, distance) : ONE, done, target, finishedOn };
}

/** clamp(d/T, 0, 1) of a T above 0. */
export function capped(done: Fraction, target: Fraction): Fraction {
  if (compare(done, ZERO) <= 0) return ZERO;
  return compare(done, target) < 0 ? divide(done, target) : ONE;
}

/** ratio: clamp(x/T, 0, 1) of the latest 核定 x; with a baseline clamp((x − b)/(T − b), 0, 1). No value out: 0 done. */
function tallyRatio({ cells }: Reading, measure: MeasureDefined, on: IsoDate, target: Fraction): Tally {
  const observed = finalObservations(cells, measure.measure, measure.unit, on);
  const latest = observed.at(-1);
  if (!latest) return { c: ZERO, done: ZERO, target, finishedOn: undefined, noData: true };
  const baseline = baselineLevel(measure);
  let finishedOn: IsoDate | undefined;
  for (const { x, on: day } of observed.reverse()) {
    if (compare(x, target) < 0) break;
    finishedOn = day;
  }
  const distance = subtract(target, baseline);
  const reached = finishedOn === undefined ? ZERO : ONE;
  const c = compare(distance, ZERO) > 0 ? capped(subtract(latest.x, baseline), distance) : reached;
  return { c, done: latest.x, target, finishedOn };
}

/** each, all: satisfied members / roster. everyYear: years met / all years. checklist: done works by weight. */
function tallyParts(parts: readonly Part[] | WhyNull, on: IsoDate): Tally | WhyNull {
  if (typeof parts === 'string') return parts;
  let [met, weight, weights] = [0, 0, 0];
  let finishedOn: IsoDate | undefined;
  for (const part of parts) {
    weights += part.weight;
    const day = reachedOn(part.series, on, part.need);
    if (day === undefined) continue;
    met += 1;
    weight += part.weight;
    finishedOn = laterOf(finishedOn, day);
  }
  return {
    c: fraction(weight, weights),
    done: fraction(met),
    target: fraction(parts.length),
    finishedOn: met === parts.length ? finishedOn : undefined,
  };
}

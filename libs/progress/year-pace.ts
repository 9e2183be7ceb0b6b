import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { type Fraction, fraction } from '@planledger/kernel';
import { cellOf } from './cells.js';
import type { Confidence, Reading } from './reading.js';
import { totalOn } from './series.js';
import { capped } from './tally.js';
import { ownTarget, targetsOf, yearsOf } from './target.js';

/** The year of `on` of a yearly task (每年 7 万人次): what counts in it, over what each year asks for. */
export interface YearOfTask {
  readonly year: string;
  readonly done: Fraction;
  readonly target: Fraction;
  readonly share: Fraction;
  /** 年度序时进度: months of the year up to that of `on`, of twelve. */
  readonly planned: Fraction;
}

/** Undefined of a measure that is no yearly task, has no number, or has none for the year of `on`. */
export function yearOfTask(reading: Reading, measure: MeasureDefined, confidence: Confidence): YearOfTask | undefined {
  const { plan, on, cells, baseline } = reading;
  const year = on.slice(0, 4);
  if (measure.quantifier !== Quantifier.EVERY_YEAR || !yearsOf(plan, measure).includes(year)) return undefined;
  const [target] = targetsOf(plan, measure.measure, ownTarget(measure), baseline);
  if (!target) return undefined;
  const done = fraction(totalOn(cellOf(cells, measure.measure, confidence)?.years.get(year), on));
  return { year, done, target, share: capped(done, target), planned: fraction(Number(on.slice(5, 7)), 12) };
}

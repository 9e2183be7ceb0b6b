import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import type { Fraction } from '@planledger/kernel';
import { cellOf } from './cells.js';
import type { WhyNull } from './figure.js';
import type { Confidence, Reading } from './reading.js';
import type { Series } from './series.js';
import { rosterOf, unitsEach, yearsOf } from './target.js';

/** A member, a work or a year: satisfied whole or not at all. */
export interface Part {
  readonly key: string;
  readonly name: string;
  readonly series: Series | undefined;
  readonly need: number;
  readonly weight: number;
}

/** The members, works or years of a measure that has such, each with what it needs. */
export function partsOf(
  reading: Reading,
  measure: MeasureDefined,
  confidence: Confidence,
  target: Fraction | null,
): readonly Part[] | WhyNull {
  const cell = cellOf(reading.cells, measure.measure, confidence);
  if (measure.quantifier === Quantifier.EVERY_YEAR) {
    if (!target) return 'no-target';
    const need = ceiling(target);
    const years = yearsOf(reading.plan, measure);
    return years.length === 0
      ? 'no-target'
      : years.map((year) => ({ key: year, name: `${year} 年`, series: cell?.years.get(year), need, weight: 1 }));
  }
  if (measure.quantifier === Quantifier.CHECKLIST) {
    if (measure.works.length === 0) return 'no-target';
    return measure.works.map(({ work, name, weight }) => ({
      ...{ key: work, name, series: cell?.members.get(work) },
      // Unset is equal: one.
      ...{ need: 1, weight: weight || 1 },
    }));
  }
  const need = ceiling(unitsEach(measure));
  return (
    rosterOf(reading.base, measure)?.map(({ member, name }) => ({
      ...{ key: member, name, series: cell?.members.get(member), need, weight: 1 },
    })) ?? 'open-roster'
  );
}

/** The least integer not below a positive fraction: units are whole. */
export const ceiling = ({ n, d }: Fraction): number => Number((n + d - 1n) / d);

import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import type { Fraction } from '@planledger/kernel';
import type { Part as Counted } from './cells-units.js';
import type { WhyNull } from './figure.js';
import type { Reading } from './reading.js';
import type { Series } from './series.js';
import { rosterOf, unitsEach, workWeight, yearsOf } from './target.js';

/** A member, a work or a year: satisfied whole or not at all. */
export interface Part {
  readonly key: string;
  readonly name: string;
  readonly series: Series | undefined;
  readonly need: number;
  readonly weight: number;
}

/** The members, works or years of a measure that has such, each with what it needs and what was counted of it. */
export function partsOf(
  reading: Reading,
  measure: MeasureDefined,
  counted: Counted | undefined,
  target: Fraction | null,
): readonly Part[] | WhyNull {
  if (measure.quantifier === Quantifier.EVERY_YEAR) {
    if (!target) return 'no-target';
    const need = ceiling(target);
    const years = yearsOf(reading.plan, measure);
    return years.length === 0
      ? 'no-target'
      : years.map((year) => ({ key: year, name: `${year} 年`, series: counted?.years.get(year), need, weight: 1 }));
  }
  if (measure.quantifier === Quantifier.CHECKLIST) {
    if (measure.works.length === 0) return 'no-target';
    return measure.works.map((work) => ({
      ...{ key: work.work, name: work.name, series: counted?.members.get(work.work) },
      ...{ need: 1, weight: workWeight(work) },
    }));
  }
  const need = ceiling(unitsEach(measure));
  return (
    rosterOf(reading.base, measure)?.map(({ member, name }) => ({
      ...{ key: member, name, series: counted?.members.get(member), need, weight: 1 },
    })) ?? 'open-roster'
  );
}

/** The least integer not below a fraction: units are whole. */
export function ceiling({ n, d }: Fraction): number {
  const whole = n / d;
  return Number(n > 0n && n % d !== 0n ? whole + 1n : whole);
}

import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { compare, daysBetween, type Fraction, fraction, type IsoDate, isZero, ZERO } from '@planledger/kernel';
import type { Planned } from './cells-works.js';
import type { MeasureFigure } from './measure.js';
import type { Reading } from './reading.js';
import { totalsOf } from './series.js';
import { startOf, unitsNeeded } from './target.js';
import { dayOf, linear, type Shape } from './timeline.js';

/**
 * The time baseline of a measure, days counted from `first` (DOMAIN §4.6): the units that linked projects are designed
 * for, by the days on which they are planned to count, where those with dates cover T; else linear from the measure's
 * start to its own due date. B0's is made of B0's designs, the current one of the current.
 */
export function shapeOf(reading: Reading, { measure, worstTarget }: MeasureFigure, first: IsoDate): Shape {
  const start = startOf(reading.plan, measure);
  const planned = reading.cells.works.get(measure.measure)?.[reading.baseline].planned;
  const needed = worstTarget && hasDates(measure) ? unitsNeeded(measure, worstTarget) : undefined;
  if (!planned || !needed || !covers(planned, needed)) return linear(first, start, measure.due);
  const begin = dayOf(first, start) - 1;
  return { kind: 'steps', begin, needed, origin: dayOf(first, EPOCH), ...daysOf(planned) };
}

/** A design names no work: where works weigh unequally its dates do not say which share is planned. */
const hasDates = ({ quantifier, works }: MeasureDefined): boolean =>
  quantifier !== Quantifier.CHECKLIST || new Set(works.map(({ weight }) => weight || 1)).size === 1;

const covers = ({ series }: Planned, needed: Fraction): boolean =>
  !isZero(needed) && compare(needed, ZERO) > 0 && compare(fraction(series.sum), needed) >= 0;

const EPOCH = '2000-01-01';

/** Days since EPOCH and what is planned by them: read from dates once, whoever asks from whatever first day. */
function daysOf(planned: Planned): { readonly days: readonly number[]; readonly totals: readonly number[] } {
  const known = read.get(planned);
  if (known) return known;
  const steps = totalsOf(planned.series);
  const made = { days: steps.map(([day]) => daysBetween(EPOCH, day)), totals: steps.map(([, total]) => total) };
  read.set(planned, made);
  return made;
}
const read = new WeakMap<Planned, ReturnType<typeof daysOf>>();

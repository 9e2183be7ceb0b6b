import { Basis, Commitment, type MeasureDefined, Quantifier, type RosterMember } from '@planledger/contracts';
import { decimal, type Fraction, type IsoDate, isZero, ONE, parseDecimal, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { type Baseline, openDoubts } from './reading.js';

/** What a measure is held against: the plan's side of the figure, before anything is counted. */

export const isFirm = (measure: MeasureDefined): boolean => measure.commitment !== Commitment.STRIVE;
export const isStock = (measure: MeasureDefined): boolean => measure.basis === Basis.STOCK;

/** When a measure's time baseline begins: its own start, else the period's. */
export const startOf = (plan: PlanState, measure: MeasureDefined): IsoDate =>
  measure.start || (plan.plan?.periodStart ?? measure.due);

/** The level at the period's start; 0 for what counts from nothing. */
export const baselineLevel = (measure: MeasureDefined): Fraction =>
  isStock(measure) ? (parseDecimal(measure.baseline) ?? ZERO) : ZERO;

/** Units a member of the roster must have, or a work of a checklist. */
export const unitsEach = (measure: MeasureDefined): Fraction =>
  measure.quantifier === Quantifier.CHECKLIST || measure.low === '' ? ONE : decimal(measure.low);

/** The measure's own number T; null where it has none. */
export function ownTarget(measure: MeasureDefined): Fraction | null {
  const known = read.get(measure);
  if (known !== undefined) return known;
  const low = parseDecimal(measure.low);
  const target = low && !isZero(low) ? low : null;
  read.set(measure, target);
  return target;
}
/** Numbers read from text once: a memory of a pure function. */
const read = new WeakMap<MeasureDefined, Fraction | null>();

/**
 * The numbers that a target may mean, by the readings of the open doubts about a measure or indicator (DOMAIN §1): the
 * first gives the figure, the worst the verdict, and satisfied is only what is so by all. A reading without a number of
 * its own means `own`. Rosters, checklists and schemes are no numbers: their readings change nothing until settled.
 */
export function targetsOf(plan: PlanState, node: string, own: Fraction | null): readonly (Fraction | null)[] {
  const doubted = openDoubts(plan, node).flatMap(({ readings }) =>
    readings.some(({ target }) => target !== '') ? readings.map(({ target }) => parseDecimal(target) ?? own) : [],
  );
  return doubted.length > 0 ? doubted : [own];
}

/** The members of a measure's roster as of B0; merged ones stay (DOMAIN §1). Undefined while the roster is open. */
export function rosterOf(base: Baseline, measure: MeasureDefined): readonly RosterMember[] | undefined {
  const roster = base.rosters.get(measure.roster);
  return roster && !roster.open && roster.members.length > 0 ? roster.members : undefined;
}

/** The years of a yearly task, from its start to its due date. */
export function yearsOf(plan: PlanState, measure: MeasureDefined): readonly string[] {
  const [first, last] = [Number(startOf(plan, measure).slice(0, 4)), Number(measure.due.slice(0, 4))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index));
}

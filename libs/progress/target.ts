import { Basis, Commitment, type MeasureDefined, Quantifier, type RosterMember } from '@planledger/contracts';
import {
  decimal,
  type Fraction,
  fraction,
  type IsoDate,
  isZero,
  multiply,
  ONE,
  parseDecimal,
  subtract,
  ZERO,
} from '@planledger/kernel';
import type { PlanBaseline, PlanState } from '@planledger/plan';
import { type BaselineName, doubtsOf, openDoubts } from './reading.js';

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
 * its own means `own`. Rosters, checklists and schemes are no numbers: their readings change nothing until settled. A
 * settled doubt's reading is what the text meant: it takes the place of `own`.
 */
export function targetsOf(
  plan: PlanState,
  node: string,
  own: Fraction | null,
  baseline: BaselineName = 'b0',
): readonly (Fraction | null)[] {
  const meant = settledTarget(plan, node, baseline) ?? own;
  const doubted = openDoubts(plan, node).flatMap(({ readings }) =>
    readings.some(({ target }) => target !== '') ? readings.map(({ target }) => parseDecimal(target) ?? meant) : [],
  );
  return doubted.length > 0 ? doubted : [meant];
}

/**
 * The number of the reading that a doubt about a node was settled by, the last one settled where there are several. A
 * document that changed the target afterwards says another: an adjustment the current one, the issued plan both.
 */
function settledTarget(plan: PlanState, node: string, baseline: BaselineName): Fraction | undefined {
  const doubts = doubtsOf(plan, node).filter(({ doubt }) => plan.settled.has(doubt));
  if (doubts.length === 0) return undefined;
  const { documents } = plan;
  const sealed = documents.findLastIndex(({ kind }) => kind === 'issued') + 1;
  const changed = (baseline === 'b0' ? documents.slice(0, sealed) : documents).findLast(
    ({ kind, changed: codes }) => (kind === 'issued' || kind === 'adjusted') && codes.includes(node),
  );
  let [found, position] = [undefined as Fraction | undefined, changed?.position ?? 0];
  for (const { doubt, readings } of doubts) {
    const settled = plan.settled.get(doubt);
    const target = parseDecimal(readings.find(({ reading }) => reading === settled?.reading)?.target ?? '');
    if (settled && target && settled.position > position) [found, position] = [target, settled.position];
  }
  return found;
}

/** The members of a measure's roster; of B0 merged ones stay (DOMAIN §1). Undefined while the roster is open. */
export function rosterOf(base: PlanBaseline, measure: MeasureDefined): readonly RosterMember[] | undefined {
  const roster = base.rosters.get(measure.roster);
  return roster && !roster.open && roster.members.length > 0 ? roster.members : undefined;
}

/** The years of a yearly task, from its start to its due date. */
export function yearsOf(plan: PlanState, measure: MeasureDefined): readonly string[] {
  const [first, last] = [Number(startOf(plan, measure).slice(0, 4)), Number(measure.due.slice(0, 4))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index));
}

/**
 * Units that must be delivered for a target T, members and works times what each needs; undefined where there is no such
 * sum: a ratio is observed, a yearly task comes anew each year.
 */
export function unitsNeeded(measure: MeasureDefined, target: Fraction): Fraction | undefined {
  switch (measure.quantifier) {
    case Quantifier.AT_LEAST:
    case Quantifier.EXACT:
    case Quantifier.APPROX:
    case Quantifier.RANGE:
      return subtract(target, baselineLevel(measure));
    case Quantifier.EACH:
    case Quantifier.ALL:
    case Quantifier.CHECKLIST:
      return multiply(target, unitsEach(measure));
    case Quantifier.RATIO:
    case Quantifier.EVERY_YEAR:
    case Quantifier.UNSPECIFIED:
      return undefined;
  }
}

/** Weights of a checklist's works; unset is equal: one. */
export const workWeight = ({ weight }: MeasureDefined['works'][number]): number => weight || 1;

export const allWorks = ({ works }: MeasureDefined): Fraction =>
  fraction(works.reduce((total, work) => total + workWeight(work), 0));

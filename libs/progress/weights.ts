import type { Weight, WeightSetApproved } from '@planledger/contracts';
import { type Fraction, fraction, type IsoDate, ONE, ZERO } from '@planledger/kernel';
import type { Dated, PlanState } from '@planledger/plan';

/** A set of weights on items, renormalised within each cut over its quantified items (DOMAIN §1). */
export interface WeightSet {
  readonly id: string;
  readonly name: string;
  /** Empty of the equal set, which no document approved and which holds from the start. */
  readonly inForceFrom: IsoDate | '';
  readonly document: string;
  /** What is not named weighs 0. */
  weightOf(item: string): Fraction;
  /** Weights of an item's measures, in their order: as named; equal where none of them is. */
  weightsWithin(measures: readonly string[]): readonly Fraction[];
}

/** 等权: in force until the commission approves another. */
const EQUAL: WeightSet = {
  ...{ id: 'equal', name: '等权', inForceFrom: '', document: '' },
  weightOf: () => ONE,
  weightsWithin: (measures) => measures.map(() => ONE),
};

/** The set in force on a day: the one whose force began last, of two from one day the later approved. */
export const weightSetOn = (plan: PlanState, on: IsoDate): WeightSet => latest(plan.weightSets, on) ?? EQUAL;

/** Every set that may be asked for on a day, each as its version of that day; of one still to come its first. */
export function weightSetsOn(plan: PlanState, on: IsoDate): readonly WeightSet[] {
  const ids = new Set(plan.weightSets.map(({ set }) => set));
  const approved = [...ids].flatMap((id) => {
    const versions = plan.weightSets.filter(({ set }) => set === id);
    const found = latest(versions, on) ?? (versions[0] && made(versions[0]));
    return found ? [found] : [];
  });
  return ids.has(EQUAL.id) ? approved : [EQUAL, ...approved];
}

/**
 * The set of this id, else the one in force. Throws RangeError on an id that weightSetsOn does not list: to answer by
 * other weights than those asked for would be a false figure.
 */
export function weightSetFor(plan: PlanState, on: IsoDate, id: string | undefined): WeightSet {
  if (id === undefined) return weightSetOn(plan, on);
  const found = weightSetsOn(plan, on).find((set) => set.id === id);
  if (!found) throw new RangeError(`no weight set ${id}`);
  return found;
}

function latest(sets: readonly Dated<WeightSetApproved>[], on: IsoDate): WeightSet | undefined {
  let found: Dated<WeightSetApproved> | undefined;
  for (const set of sets) {
    if (set.inForceFrom <= on && (!found || set.inForceFrom >= found.inForceFrom)) found = set;
  }
  return found && made(found);
}

/** One object an approval, so that figures can be remembered by it. */
function made(approved: Dated<WeightSetApproved>): WeightSet {
  const known = sets.get(approved);
  if (known) return known;
  const [items, measures] = [byCode(approved.items), byCode(approved.measures)];
  const { set: id, name, inForceFrom, document } = approved;
  const weightsWithin = (ids: readonly string[]): readonly Fraction[] =>
    ids.some((each) => measures.has(each)) ? ids.map((each) => measures.get(each) ?? ZERO) : ids.map(() => ONE);
  const set: WeightSet = {
    ...{ id, name, inForceFrom, document, weightsWithin },
    weightOf: (item) => items.get(item) ?? ZERO,
  };
  sets.set(approved, set);
  return set;
}
const sets = new WeakMap<Dated<WeightSetApproved>, WeightSet>();

const byCode = (weights: readonly Weight[]): ReadonlyMap<string, Fraction> =>
  new Map(weights.filter(({ weight }) => weight > 0).map(({ code, weight }) => [code, fraction(weight)]));

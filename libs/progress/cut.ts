import type { PlanItemDefined } from '@planledger/contracts';
import { type Fraction, isZero, ZERO } from '@planledger/kernel';
import type { Verdict, VerdictCounts } from './answer.js';
import type { Assessment, ItemAssessment } from './assessment.js';
import type { Cells } from './cells.js';
import type { Pair, WhyNull } from './figure.js';
import type { ItemFigure } from './item.js';
import { meanAfter, partsOfOne, type RunningMean } from './mean.js';
import type { Confidence, Reading } from './reading.js';
import type { WeightSet } from './weights.js';

/** Which items a sector, a programme or a half of the headline holds, and the address of its figures. */
export interface Cut {
  readonly node: string;
  readonly name: string;
  readonly has: (item: PlanItemDefined) => boolean;
}

/** The items of a cut, each claimed and verified. */
export const itemsOf = ({ items }: Assessment, { has }: Cut): Pair<ItemAssessment>[] =>
  [...items.values()].filter(({ verified: { figure } }) => has(figure.item));

/** Items by code that a cut holds, in B0 or in the current plan. */
export const inCut =
  ({ plan }: Pick<Reading, 'plan'>, { has }: Cut): ((code: string) => boolean) =>
  (code) => {
    const item = plan.b0.items.get(code) ?? plan.items.get(code);
    return item !== undefined && has(item);
  };

/** The share of each item that a cut averages: C, 形象折算, or what was planned. */
export interface Share {
  readonly symbol: 'C' | 'c*' | 'PV';
  /** What the addresses of its figures begin with. */
  readonly prefix: '' | 'under-way/' | 'planned/';
  readonly of: (item: ItemAssessment) => Fraction | null;
}
export const COMPLETION: Share = { symbol: 'C', prefix: '', of: ({ figure }) => figure.c };
export const UNDER_WAY: Share = { symbol: 'c*', prefix: 'under-way/', of: ({ figure }) => figure.underWay };
/** PV over the items that C is averaged over: what lies between the two is 序时差. */
export const PLANNED: Share = {
  symbol: 'PV',
  prefix: 'planned/',
  of: ({ figure, timing }) => (figure.c === null ? null : (timing?.planned ?? null)),
};

/** Σ w·C / Σ w over the quantified items of a cut: weights are renormalised within it (DOMAIN §1). */
export function cutShare(
  { weights, baseline, cells }: Reading,
  cut: Cut,
  items: readonly ItemAssessment[],
  share: Share,
  confidence: Confidence,
): Fraction | null {
  const slot = `${share.prefix}${cut.node}/${baseline}/${confidence}`;
  const slots = averaged.get(cells) ?? new Map<string, RunningMean>();
  const terms = items.flatMap((item) => {
    const value = share.of(item);
    return value ? [{ weight: weights.weightOf(item.figure.item.item), value }] : [];
  });
  const mean = meanAfter(slots.get(slot), terms);
  averaged.set(cells, slots.set(slot, mean));
  return mean.value;
}

/**
 * What each cut came to last: a memory of a pure function. Most items of an answer are those of the answer before, and
 * dozens of unlike denominators cost more than all else in it.
 */
const averaged = new WeakMap<Cells, Map<string, RunningMean>>();

/** The items that are averaged, each with its part of 1. */
export function weighted(
  items: readonly ItemAssessment[],
  share: Share,
  weights: WeightSet,
): readonly { readonly figure: ItemFigure; readonly weight: Fraction; readonly value: Fraction }[] {
  const named = items.flatMap((item) => {
    const { figure } = item;
    const [weight, value] = [weights.weightOf(figure.item.item), share.of(item)];
    return value && !isZero(weight) ? [{ figure, weight, value }] : [];
  });
  const parts = partsOfOne(named.map(({ weight }) => weight));
  return named.map((each, index) => ({ ...each, weight: parts[index] ?? ZERO }));
}

/** Whether it has a number depends on its target, not on who vouches for what was done. */
export const isQuantified = ({ verified }: Pair<ItemAssessment>): boolean => verified.figure.c !== null;

/** Why a cut has no number: none of its items has one, all of them wait for a roster, or the set weighs none of those. */
export function whyWithout(items: readonly ItemAssessment[]): WhyNull {
  if (items.some(({ figure: { c } }) => c !== null)) return 'no-weight';
  return items.length > 0 && items.every(({ figure: item }) => item.whyNull === 'open-roster')
    ? 'open-roster'
    : 'unquantified';
}

export function countVerdicts(items: readonly ItemAssessment[]): VerdictCounts {
  const counts: Record<Verdict, number> = { done: 0, 'on-track': 0, lagging: 0, 'not-started': 0, unquantified: 0 };
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

/** Every item: the plan as a cut, which has no figure of its own but its money. */
export const WHOLE_PLAN: Cut = { node: 'plan', name: '全部', has: () => true };

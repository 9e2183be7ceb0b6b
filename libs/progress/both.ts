import { add, compare, type Fraction, ZERO } from '@planledger/kernel';
import { VERDICTS, type Verdict, type VerdictCounts } from './answer.js';
import { type Assessment, assess, type ItemAssessment } from './assessment.js';
import { type Figure, figure, type FigureQuad, figures, type Pair, type Quad, type WhyNull } from './figure.js';
import type { ItemFigure } from './item.js';
import { meanOf } from './mean.js';
import { baselineOf, type CompletionInput, type Confidence, readingOf } from './reading.js';
import { type WeightSet, weightSetOn } from './weights.js';

/** The plan assessed against B0 and against the current baseline; one object where they are the same. */
export interface Both {
  readonly b0: Assessment;
  readonly current: Assessment;
  readonly weights: WeightSet;
}

export function assessBoth(input: CompletionInput): Both {
  const b0 = assess(readingOf(input, 'b0'));
  const same = baselineOf(input.plan, 'b0') === baselineOf(input.plan, 'current');
  return { b0, current: same ? b0 : assess(readingOf(input, 'current')), weights: weightSetOn(input.plan, input.on) };
}

/** Makes a value for B0 and current, claimed and verified; what is the same is made once. */
export function quadOf<T>({ b0, current }: Both, make: (assessment: Assessment, confidence: Confidence) => T): Quad<T> {
  const pair = (assessment: Assessment): Pair<T> => ({
    claimed: make(assessment, 'claimed'),
    verified: make(assessment, 'verified'),
  });
  const first = pair(b0);
  return { b0: first, current: current === b0 ? first : pair(current) };
}

export function figureQuad(both: Both, make: (assessment: Assessment, confidence: Confidence) => Figure): FigureQuad {
  const { b0, current } = quadOf(both, make);
  const first = figures(b0.claimed, b0.verified);
  return { b0: first, current: current === b0 ? first : figures(current.claimed, current.verified) };
}

/** Which items a sector, a programme or a half of the headline holds. */
export type Cut = (item: ItemFigure['item']) => boolean;

export const itemsOf = ({ items }: Assessment, cut: Cut, confidence: Confidence): ItemAssessment[] =>
  [...items.values()].map((pair) => pair[confidence]).filter(({ figure: { item } }) => cut(item));

/** The share of each item that a cut averages: C, or 形象折算. */
export type Share = (item: ItemFigure) => Fraction | null;
export const completionShare: Share = ({ c }) => c;
export const underWayShare: Share = ({ underWay }) => underWay;

/** Σ w·C / Σ w over the quantified items of a cut: weights are renormalised within it (DOMAIN §1). */
export function cutShare(items: readonly ItemAssessment[], share: Share, weights: WeightSet): Fraction | null {
  return meanOf(
    items.flatMap(({ figure: item }) => {
      const value = share(item);
      return value ? [{ weight: weights.weightOf(item.item.item), value }] : [];
    }),
  );
}

/** An item's weight within its cut: its own over the sum of the quantified ones'; null where it has no number. */
export function cutWeights(
  items: readonly ItemAssessment[],
  share: Share,
  weights: WeightSet,
): { readonly total: Fraction; readonly quantified: readonly ItemAssessment[] } {
  const quantified = items.filter(({ figure: item }) => share(item) !== null);
  const total = quantified.reduce((sum, { figure: item }) => add(sum, weights.weightOf(item.item.item)), ZERO);
  return { total: compare(total, ZERO) > 0 ? total : ZERO, quantified };
}

export interface CutSummary {
  readonly items: number;
  readonly quantified: number;
  readonly verdicts: Quad<VerdictCounts>;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
}

export function summarise(both: Both, node: string, cut: Cut): CutSummary {
  const items = itemsOf(both.b0, cut, 'verified');
  const why = whyWithout(items);
  const share = (at: string, pick: Share): FigureQuad =>
    figureQuad(both, (assessment, confidence) =>
      figure(at, cutShare(itemsOf(assessment, cut, confidence), pick, both.weights), why),
    );
  return {
    items: items.length,
    quantified: items.filter(({ figure: { c } }) => c !== null).length,
    verdicts: quadOf(both, (assessment, confidence) => countVerdicts(itemsOf(assessment, cut, confidence))),
    figures: share(node, completionShare),
    underWay: share(`under-way/${node}`, underWayShare),
  };
}

/** Why a cut has no number: 名册未定 where that is what every item waits for, else 无量化目标. */
export const whyWithout = (items: readonly ItemAssessment[]): WhyNull =>
  items.length > 0 && items.every(({ figure: item }) => item.whyNull === 'open-roster')
    ? 'open-roster'
    : 'unquantified';

function countVerdicts(items: readonly ItemAssessment[]): VerdictCounts {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

import type { VerdictCounts, VerdictNodes } from './answer.js';
import { type Assessment, assess, type ItemAssessment } from './assessment.js';
import type { Cells } from './cells.js';
import {
  COMPLETION,
  countVerdicts,
  type Cut,
  cutShare,
  isQuantified,
  itemsOf,
  PLANNED,
  type Share,
  UNDER_WAY,
  whyWithout,
} from './cut.js';
import { type Figure, figure, type FigureQuad, figures, type Pair, type Quad } from './figure.js';
import { addressOf } from './node.js';
import { type CompletionInput, type Confidence, readingOf } from './reading.js';
import { remember } from './remembered.js';
import { verdictsNode } from './judged-node.js';
import { VERDICTS } from './verdicts.js';
import type { WeightSet } from './weights.js';

/** The plan assessed against B0 and against the current baseline; one object where they are the same. */
export interface Both {
  readonly b0: Assessment;
  readonly current: Assessment;
  readonly weights: WeightSet;
}

export function assessBoth(input: CompletionInput): Both {
  const reading = readingOf(input, 'b0');
  const b0 = assess(reading);
  const current = assess(readingOf(input, 'current'), b0);
  const same = [...current.items].every(([code, pair]) => b0.items.get(code) === pair);
  return { b0, current: same && current.items.size === b0.items.size ? b0 : current, weights: reading.weights };
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

/** What a cut comes to: its items by B0, their verdicts, C and 形象折算. */
export interface CutSummary {
  readonly items: number;
  readonly quantified: number;
  /** Of both counts, for explain by B0. */
  readonly itemsNode: string;
  readonly quantifiedNode: string;
  readonly verdicts: Quad<VerdictCounts>;
  /** Of the counts, for explain by the same confidence and baseline. */
  readonly verdictNodes: VerdictNodes;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
  /** PV over the same items; who vouches for what was done does not matter to it. */
  readonly planned: Quad<Figure>;
}

export function summarise(both: Both, cut: Cut): CutSummary {
  const { weights, b0, current } = both;
  const items = { b0: itemsOf(b0, cut), current: current === b0 ? [] : itemsOf(current, cut) };
  const stamp = [weights, current === b0, ...items.b0, ...items.current];
  return summarised(b0.reading.cells, cut.node, stamp, () =>
    makeSummary(both, cut, items.b0, current === b0 ? items.b0 : items.current),
  );
}
const summarised = remember<Cells, CutSummary>();

function makeSummary(
  both: Both,
  cut: Cut,
  b0: readonly Pair<ItemAssessment>[],
  current: readonly Pair<ItemAssessment>[],
): CutSummary {
  const of = (assessment: Assessment, confidence: Confidence): ItemAssessment[] =>
    (assessment === both.b0 ? b0 : current).map((pair) => pair[confidence]);
  const share = (wanted: Share): FigureQuad =>
    figureQuad(both, (assessment, confidence) => {
      const items = of(assessment, confidence);
      const value = cutShare(assessment.reading, cut, items, wanted, confidence);
      return figure(`${wanted.prefix}${cut.node}`, value, whyWithout(items));
    });
  return {
    items: b0.length,
    quantified: b0.filter(isQuantified).length,
    itemsNode: addressOf('denominator', cut.node),
    quantifiedNode: addressOf('quantified', cut.node),
    verdicts: quadOf(both, (...at) => countVerdicts(of(...at))),
    verdictNodes: Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, verdictsNode(cut.node, verdict)]),
    ) as VerdictNodes,
    figures: share(COMPLETION),
    underWay: share(UNDER_WAY),
    planned: share(PLANNED),
  };
}

import { type Fraction, subtract } from '@planledger/kernel';
import type { Half, VerdictCounts, VerdictNodes } from './answer.js';
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
}

/** What was planned of a cut by `on`, and how far it is beyond that. */
export type Pace = Pick<Half, 'planned' | 'ahead'>;

/** The items of a cut by both baselines, one by one claimed and verified, and all that what is made of them follows from. */
function heldBy({ weights, b0, current }: Both, cut: Cut) {
  const items = itemsOf(b0, cut);
  const now = current === b0 ? items : itemsOf(current, cut);
  const of = (assessment: Assessment, confidence: Confidence): ItemAssessment[] =>
    (assessment === b0 ? items : now).map((pair) => pair[confidence]);
  return { items, of, stamp: [weights, current === b0, ...items, ...(current === b0 ? [] : now)] };
}
type Held = ReturnType<typeof heldBy>;

export function summarise(both: Both, cut: Cut): CutSummary {
  const held = heldBy(both, cut);
  return summarised(both.b0.reading.cells, cut.node, held.stamp, () => makeSummary(both, cut, held));
}
const summarised = remember<Cells, CutSummary>();

/** 序时差 (DOMAIN §4.6). */
export function paceOf(both: Both, cut: Cut): Pace {
  const held = heldBy(both, cut);
  return paced(both.b0.reading.cells, cut.node, held.stamp, () => makePace(both, cut, held));
}
const paced = remember<Cells, Pace>();

function makePace(both: Both, cut: Cut, { of }: Held): Pace {
  const share = (wanted: Share, assessment: Assessment, confidence: Confidence): Fraction | null =>
    cutShare(assessment.reading, cut, of(assessment, confidence), wanted, confidence);
  // Who vouches for what was done does not matter to what was planned.
  const planned = (assessment: Assessment): Figure => {
    const items = of(assessment, 'verified');
    return figure(addressOf('planned', cut.node), share(PLANNED, assessment, 'verified'), whyWithout(items));
  };
  return {
    planned: { b0: planned(both.b0), current: planned(both.current) },
    ahead: quadOf(both, (...at) => {
      const [c, pv] = [share(COMPLETION, ...at), share(PLANNED, ...at)];
      return figure(addressOf('ahead', cut.node), c && pv && subtract(c, pv), whyWithout(of(...at)));
    }),
  };
}

function makeSummary(both: Both, cut: Cut, { items: b0, of }: Held): CutSummary {
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
  };
}

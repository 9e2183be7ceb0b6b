import type { DoubtRaised, Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { doubtsAbout, type PlanBaseline, type PlanState } from '@planledger/plan';
import type { Cells } from './cells.js';
import { type WeightSet, weightSetFor } from './weights.js';

/** 填报 or 核验: every progress figure exists in both (DOMAIN §4.1). */
export type Confidence = 'claimed' | 'verified';
export const CONFIDENCES = ['claimed', 'verified'] as const satisfies readonly Confidence[];

/** Which targets, rosters and dates a figure is held against (DOMAIN §4.5). */
export type BaselineName = 'b0' | 'current';
export const BASELINES = ['b0', 'current'] as const satisfies readonly BaselineName[];

/** What every figure is computed from: nothing else is looked at, so the same reading answers the same for ever. */
export interface Reading {
  readonly plan: PlanState;
  /** The targets of `baseline`; what projects are designed for is read from the cells by its name. */
  readonly base: PlanBaseline;
  readonly baseline: BaselineName;
  readonly weights: WeightSet;
  readonly cells: Cells;
  /** By stream: what stands behind the cells. Only leaves are read from it, never sums. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Business date (DOMAIN §2): what counts by the end of this day. */
  readonly on: IsoDate;
}

/**
 * A Reading, and how far the reader had followed when he was asked. Plan and standings are values: they MUST NOT be
 * changed in place, only replaced; the cells are changed by receiveStanding alone.
 */
export interface CompletionInput {
  readonly plan: PlanState;
  readonly cells: Cells;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly on: IsoDate;
  /** Id of a weight set; left out: the one in force on `on`. MUST be one that weightSetsOn lists. */
  readonly weights?: string;
  /** Position followed to, by sector. */
  readonly through: Readonly<Record<string, number>>;
  /** Streams that stopped at an entry that could not be read: their figures are older than `through`. */
  readonly parked: readonly Parked[];
  /** Why `on` is not today, e.g. the last day of a demo plan's clock. */
  readonly clockNote?: string;
}

export interface Parked {
  readonly stream: string;
  readonly version: number;
  readonly reason: string;
}

/** The targets of B0 or the current ones; the same maps where no document has changed anything since B0. */
export const baselineOf = (plan: PlanState, name: BaselineName): PlanBaseline => (name === 'b0' ? plan.b0 : plan);

export function readingOf(input: CompletionInput, baseline: BaselineName): Reading {
  const { plan, cells, standings, on } = input;
  return {
    ...{ plan, base: baselineOf(plan, baseline), baseline, weights: weightSetFor(plan, on, input.weights) },
    ...{ cells, standings, on },
  };
}

/**
 * The doubts about a node, settled ones too: looked for once, since every answer asks of every measure. What the readings
 * give as target is the number of the first node that the doubt is about; the others are touched by it and keep their own
 * (35,300 beds are no reading of a share of 55 %).
 */
export function doubtsOf(plan: PlanState, node: string): readonly DoubtRaised[] {
  const nodes = found.get(plan.doubts) ?? new Map<string, readonly DoubtRaised[]>();
  const known = nodes.get(node);
  if (known) return known;
  const doubts = doubtsAbout(plan, node).map((doubt) => (doubt.about[0] === node ? doubt : withoutTargets(doubt)));
  found.set(plan.doubts, nodes.set(node, doubts));
  return doubts;
}
const withoutTargets = (doubt: DoubtRaised): DoubtRaised => ({
  ...doubt,
  readings: doubt.readings.map((reading) => ({ ...reading, target: '' })),
});
const found = new WeakMap<PlanState['doubts'], Map<string, readonly DoubtRaised[]>>();

/** The open doubts about a node: those that no document has settled. */
export const openDoubts = (plan: PlanState, node: string): DoubtRaised[] =>
  doubtsOf(plan, node).filter(({ doubt }) => !plan.settled.has(doubt));

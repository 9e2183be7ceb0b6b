import type { DoubtRaised, IndicatorDefined, MeasureDefined, PlanItemDefined, RosterDefined, Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { doubtsAbout, type PlanState } from '@planledger/plan';
import type { Cells } from './cells.js';

/** 填报 or 核验: every progress figure exists in both (DOMAIN §4.1). */
export type Confidence = 'claimed' | 'verified';
export const CONFIDENCES = ['claimed', 'verified'] as const satisfies readonly Confidence[];

/** Which targets, rosters and dates a figure is held against (DOMAIN §4.5). */
export type BaselineName = 'b0' | 'current';

/** The part of a plan that re-baselining and adjusting may change. */
export interface Baseline {
  readonly items: ReadonlyMap<string, PlanItemDefined>;
  readonly measures: ReadonlyMap<string, MeasureDefined>;
  readonly indicators: ReadonlyMap<string, IndicatorDefined>;
  readonly rosters: ReadonlyMap<string, RosterDefined>;
}

/** What every figure is computed from: nothing else is looked at, so the same reading answers the same for ever. */
export interface Reading {
  readonly plan: PlanState;
  readonly base: Baseline;
  readonly cells: Cells;
  /** By stream: what stands behind the cells. */
  readonly standings: ReadonlyMap<string, Standing>;
  /** Business date (DOMAIN §2): what counts by the end of this day. */
  readonly on: IsoDate;
}

/**
 * A Reading, and how far the reader had followed when he was asked. Plan and standings are values: they MUST NOT be
 * changed in place, only replaced.
 */
export interface CompletionInput {
  readonly plan: PlanState;
  readonly cells: Cells;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly on: IsoDate;
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

/**
 * The targets of B0 or the current ones. A plan changes its targets only by PlanAdjusted, which no plan stream holds yet:
 * until it does both are the plan itself, the same object, and whoever asks for both may compute once.
 */
export function baselineOf(plan: PlanState, name: BaselineName): Baseline {
  switch (name) {
    case 'b0':
    case 'current':
      return plan;
  }
}

export const readingOf = (
  input: Omit<CompletionInput, 'through' | 'parked' | 'clockNote'>,
  name: BaselineName,
): Reading => ({
  plan: input.plan,
  base: baselineOf(input.plan, name),
  cells: input.cells,
  standings: input.standings,
  on: input.on,
});

/** The open doubts about a node. Settling (DoubtSettled) is not recorded yet: every doubt is open. */
export const openDoubts = (plan: PlanState, node: string): DoubtRaised[] => doubtsAbout(plan, node);

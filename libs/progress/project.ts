import { type MilestoneStanding, ProjectStatus, type Standing } from '@planledger/contracts';
import { type Fraction, fraction, type IsoDate, parseFraction, roundHalfEven, ZERO } from '@planledger/kernel';
import { confidenceOf, itemOf } from './cells.js';
import { meanOf } from './mean.js';
import type { Confidence } from './reading.js';

/** Where inside c* a project's progress is rounded, once and half to even: millionths (DOMAIN §4.4). */
export const MILLION = 1_000_000;
const MILLIONTHS_DECIMALS = 6;

/** A project takes part in what is still to come unless it was cancelled or moved out; suspended ones do. */
export const isOngoing = ({ status }: Standing): boolean =>
  status === ProjectStatus.ACTIVE || status === ProjectStatus.SUSPENDED;

/** Linked to the item of a measure; what is not is off-plan. */
export const isLinked = (standing: Standing, measure: string): boolean => standing.items.includes(itemOf(measure));

/**
 * a of one milestone at the end of `on`: claimed or verified, in [0, 1]. One that was reached in full only after `on`
 * is 0: a standing keeps no earlier part quantities. When it was verified is never compared with `on` (DOMAIN §2).
 */
export function milestoneShare(milestone: MilestoneStanding, confidence: Confidence, on: IsoDate): Fraction {
  return milestone.claimedOn > on ? ZERO : shareOf(milestone[confidence]);
}

/** The milestones that count: one that a second person exempted drops out of both sums. */
export const applicable = ({ milestones }: Standing): MilestoneStanding[] => milestones.filter(({ exempt }) => !exempt);

/** A share that is not there is 0: nothing was reported. */
const shareOf = (share: string): Fraction => (share === '' ? ZERO : parseFraction(share));

/** P = Σ w·a / Σ w over the applicable milestones, those not exempted (DOMAIN §4.1); null where there are none. */
export function projectProgress(standing: Standing, confidence: Confidence, on: IsoDate): Fraction | null {
  return meanOf(
    applicable(standing).map((milestone) => ({
      weight: fraction(milestone.weight),
      value: milestoneShare(milestone, confidence, on),
    })),
  );
}

/** P rounded to millionths, as an integer of them: what c* counts with. Null is 0: nothing to show. */
function progressMillionths(standing: Standing, confidence: Confidence, on: IsoDate): bigint {
  const { n, d } = roundHalfEven(projectProgress(standing, confidence, on) ?? ZERO, MILLIONTHS_DECIMALS);
  return (n * BigInt(MILLION)) / d;
}

/** Units of one measure in one project: designed in B0, and counted by the end of `on`. */
export interface ProjectUnits {
  readonly measure: string;
  readonly designed: number;
  readonly counted: number;
}

/** By measure, for every measure that the project designs or counts units of. */
export function projectUnits(standing: Standing, confidence: Confidence, on: IsoDate): Map<string, ProjectUnits> {
  const units = new Map<string, { measure: string; designed: number; counted: number }>();
  const unitsOf = (measure: string) => {
    const known = units.get(measure) ?? { measure, designed: 0, counted: 0 };
    units.set(measure, known);
    return known;
  };
  for (const { measure, quantity } of standing.designed) unitsOf(measure).designed += quantity;
  for (const { measure, quantity, from, until, confidence: wire } of standing.contributions) {
    if (confidenceOf(wire) !== confidence) continue;
    if (from <= on && (until === '' || on < until)) unitsOf(measure).counted += quantity;
  }
  return units;
}

/** Work under way of one project for one measure: its units that do not count yet, at its progress. */
export interface UnderWay {
  /** Designed and not yet counted; 0 where more was counted than designed. */
  readonly units: number;
  /** P in millionths. */
  readonly progress: bigint;
}

/**
 * q and P of c* = min(1, Σ q·P / T): the project's progress is its units' (units have no milestones of their own in a
 * standing); a counted unit enters with 1 and is not among these. Cancelled and moved-out projects have none.
 */
export function underWay(standing: Standing, units: ProjectUnits, confidence: Confidence, on: IsoDate): UnderWay {
  const rest = Math.max(0, units.designed - units.counted);
  if (rest === 0 || !isOngoing(standing) || !isLinked(standing, units.measure)) return { units: 0, progress: 0n };
  return { units: rest, progress: progressMillionths(standing, confidence, on) };
}

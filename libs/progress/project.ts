import { type DesignedQuantity, type MilestoneStanding, ProjectStatus, type Standing } from '@planledger/contracts';
import { type Fraction, fraction, type IsoDate, parseFraction, ZERO } from '@planledger/kernel';
import { confidenceOf, countsOn, itemOf } from './contribution.js';
import { meanOf, sumOf } from './mean.js';
import type { BaselineName, Confidence } from './reading.js';

/** Where inside c* a project's progress is rounded, once and half to even: millionths (DOMAIN §4.4). */
export const MILLION = 1_000_000;

/** Why a project takes no part in what is still to come: 取消, 调出, 拆分, 合并. */
export type Ending = 'cancelled' | 'moved-out' | 'split' | 'merged';

/** Undefined of a project that goes on; a suspended one does. */
export function endingOf({ status }: Pick<Standing, 'status'>): Ending | undefined {
  switch (status) {
    case ProjectStatus.ACTIVE:
    case ProjectStatus.SUSPENDED:
    case ProjectStatus.UNSPECIFIED:
      return undefined;
    case ProjectStatus.CANCELLED:
      return 'cancelled';
    case ProjectStatus.MOVED_OUT:
      return 'moved-out';
    case ProjectStatus.SPLIT:
      return 'split';
    case ProjectStatus.MERGED:
      return 'merged';
  }
}

/**
 * What a project was at the end of `on`: the one reader of its status by day. A standing holds the last status and the
 * suspensions before it; nothing follows an end, so beside these it was at work.
 */
export function statusOn(
  { status, statusSince, suspensions }: Pick<Standing, 'status' | 'statusSince' | 'suspensions'>,
  on: IsoDate,
): ProjectStatus {
  if (status !== ProjectStatus.ACTIVE && statusSince <= on) return status;
  const stoodStill = suspensions.some(({ from, until }) => from <= on && on < until);
  return stoodStill ? ProjectStatus.SUSPENDED : ProjectStatus.ACTIVE;
}

/** Which sector, county and unit is asked for; left out, any. */
export interface Whose {
  readonly sector?: string;
  readonly county?: string;
  readonly unit?: string;
}

export const isOf = ({ sector, county, unit }: Required<Whose>, wanted: Whose): boolean =>
  (wanted.sector === undefined || wanted.sector === sector) &&
  (wanted.county === undefined || wanted.county === county) &&
  (wanted.unit === undefined || wanted.unit === unit);

/** In the reserve 储备库 at the end of `on`: now since a day, or in a time that is over. */
export const inReserveOn = (
  { inReserve, reserveSince, reserved }: Pick<Standing, 'inReserve' | 'reserveSince' | 'reserved'>,
  on: IsoDate,
): boolean => (inReserve && reserveSince <= on) || reserved.some(({ from, until }) => from <= on && on < until);

/** The first day on which the project no longer goes on; '' where nobody said since when; undefined where it does. */
export const endOf = (standing: Standing): IsoDate | undefined =>
  endingOf(standing) === undefined ? undefined : standing.statusSince;

/** Goes on at the end of `on`. */
export function isOngoing(standing: Standing, on: IsoDate): boolean {
  const end = endOf(standing);
  return end === undefined || end > on;
}

/** Linked to the item of a measure and not flagged: what is not is off-plan. */
export const isLinked = (standing: Standing, measure: string): boolean =>
  !standing.offPlan && standing.items.includes(itemOf(measure));

/** What a project is designed to deliver by B0 or by the current baseline. */
export const designedIn = (standing: Standing, baseline: BaselineName): readonly DesignedQuantity[] =>
  baseline === 'current' && standing.designedNow.length > 0 ? standing.designedNow : standing.designed;

/** Those that take part in P; an exempted one leaves both sums. */
export const applicable = ({ milestones }: Standing): MilestoneStanding[] => milestones.filter(({ exempt }) => !exempt);

/** A milestone as one baseline has it. */
interface MilestoneIn {
  /** a, as text. */
  readonly claimed: string;
  readonly verified: string;
  /** The day on which it was reached in full; empty where it was not. */
  readonly reachedOn: IsoDate;
  readonly due: IsoDate;
  /** Of a quantity: what a divides by. */
  readonly designed: number;
}

/** B0 keeps what it designed; a re-baselining of the quantity moves the current reading alone (DOMAIN §4.1, §4.5). */
export function milestoneIn(milestone: MilestoneStanding, baseline: BaselineName): MilestoneIn {
  const { claimed, verified, claimedOn: reachedOn, due, designed, claimedNow, verifiedNow, claimedOnNow } = milestone;
  if (baseline === 'b0') return { claimed, verified, reachedOn, due, designed };
  const now = { due: milestone.dueNow || due, designed: milestone.designedNow };
  if (claimedNow === '') return { claimed, verified, reachedOn, ...now };
  return { claimed: claimedNow, verified: verifiedNow, reachedOn: claimedOnNow, ...now };
}

/** Whether a re-baselining designs another quantity than B0, so that P is another on the current baseline. */
export const isRedesigned = ({ milestones }: Standing): boolean =>
  milestones.some(({ claimedNow }) => claimedNow !== '');

/**
 * a of one milestone at the end of `on`: claimed or verified, in [0, 1]. One that was reached in full only after `on`
 * is 0: a standing keeps no earlier part quantities. When it was verified is never compared with `on` (DOMAIN §2).
 */
export function milestoneShare(
  milestone: MilestoneStanding,
  confidence: Confidence,
  on: IsoDate,
  baseline: BaselineName = 'b0',
): Fraction {
  const { reachedOn, [confidence]: share } = milestoneIn(milestone, baseline);
  // A share that is not there is 0: nothing was reported.
  return reachedOn > on || share === '' ? ZERO : parseFraction(share);
}

/** P = Σ w·a / Σ w over the applicable milestones, those not exempted (DOMAIN §4.1); null where there are none. */
export function projectProgress(
  standing: Standing,
  confidence: Confidence,
  on: IsoDate,
  baseline: BaselineName = 'b0',
): Fraction | null {
  return meanOf(
    applicable(standing).map((milestone) => ({
      weight: fraction(milestone.weight),
      value: milestoneShare(milestone, confidence, on, baseline),
    })),
  );
}

/** A share n/d rounded to millionths, half to even, as an integer of them: what c* counts with. */
function millionths(n: bigint, d: bigint): bigint {
  const scaled = n * BigInt(MILLION);
  const [whole, twice] = [scaled / d, (scaled % d) * 2n];
  return twice > d || (twice === d && whole % 2n !== 0n) ? whole + 1n : whole;
}

/**
 * P in millionths from each day on on which it changes, oldest first; the first day is '': from the beginning. Null P is
 * 0: nothing to show. One pass over the milestones: a standing is applied for every entry of its project.
 */
export function progressByDay(
  standing: Standing,
  confidence: Confidence,
  baseline: BaselineName = 'b0',
): readonly (readonly [IsoDate, bigint])[] {
  const whole = new Map<IsoDate, number>([['', 0]]);
  const parts: { readonly day: IsoDate; readonly part: Fraction }[] = [];
  let weights = 0;
  for (const milestone of applicable(standing)) {
    const { weight } = milestone;
    const { reachedOn: day, [confidence]: share } = milestoneIn(milestone, baseline);
    weights += weight;
    if (share === '' || share === '0') continue;
    whole.set(day, (whole.get(day) ?? 0) + (share === '1' ? weight : 0));
    if (share === '1') continue;
    const { n, d } = parseFraction(share);
    parts.push({ day, part: { n: n * BigInt(weight), d } });
  }
  if (weights === 0) return [['', 0n]];
  let [done, rest] = [0, ZERO];
  return [...whole.keys()].sort().map((day) => {
    done += whole.get(day) ?? 0;
    for (const each of parts) if (each.day === day) rest = sumOf([rest, each.part]);
    return [day, millionths(BigInt(done) * rest.d + rest.n, BigInt(weights) * rest.d)];
  });
}

/** P_unit of a unit named beforehand that has milestones of its own, in millionths; undefined where it has none. */
export function ownProgress(designed: DesignedQuantity, confidence: Confidence): bigint | undefined {
  if (designed[confidence] === '') return undefined;
  const { n, d } = parseFraction(designed[confidence]);
  return millionths(n, d);
}

/** Units of one measure in one project: designed in B0, and counted by the end of `on`. */
export function unitsOf(
  standing: Standing,
  measure: string,
  confidence: Confidence,
  on: IsoDate,
): { readonly designed: number; readonly counted: number } {
  let [designed, counted] = [0, 0];
  for (const row of standing.designed) if (row.measure === measure) designed += row.quantity;
  for (const row of standing.contributions) {
    if (row.measure === measure && confidenceOf(row.confidence) === confidence && countsOn(row, on)) {
      counted += row.quantity;
    }
  }
  return { designed, counted };
}

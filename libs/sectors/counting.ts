import type { IsoDate } from '@planledger/kernel';
import { claimFor, type Happening, type ProjectState, type UnitState } from './project.js';
import { type Counting, countsOnceAll, type Facts, factsNow } from './sector.js';

/**
 * Ways of saying when a unit counts that more than one sector needs: each takes a counting or begins one, and answers
 * the next. What is put together from them reads as the sector's rule (DOMAIN §9).
 */

/**
 * Counts once all of the milestones are claimed, from the latest; waits for the first, in this order, that is not.
 * `steps` names each milestone with the code of the reason why a unit without it waits.
 */
export function onceClaimed(unit: UnitState, project: ProjectState, steps: Readonly<Record<string, string>>): Counting {
  const claims: Happening[] = [];
  for (const [milestone, waitingFor] of Object.entries(steps)) {
    const claim = claimFor(project, unit, milestone);
    if (!claim) return { waitingFor, entries: countsOnceAll(...claims).entries };
    claims.push(claim);
  }
  return countsOnceAll(...claims);
}

/** What made it hold of the unit's facts, its delivery or a later statement; undefined where it does not hold now. */
export function holdingSince(unit: UnitState, holds: (facts: Facts) => boolean): Happening | undefined {
  let known = unit.facts;
  let held: Happening | undefined = holds(known) ? unit.delivered : undefined;
  for (const { facts, ...statement } of [...unit.statements].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    known = { ...known, ...facts };
    held = holds(known) ? (held ?? statement) : undefined;
  }
  return held;
}

/**
 * Moves a counting on to the day since when it holds of the facts: not at all where the delivery already said so, else to
 * the statement that made it hold for good.
 */
export function whileHolding(
  counting: Counting,
  unit: UnitState,
  waitingFor: string,
  holds: (facts: Facts) => boolean,
): Counting {
  if ('waitingFor' in counting) return counting;
  const held = holdingSince(unit, holds);
  if (!held) return { waitingFor, entries: counting.entries };
  if (held === unit.delivered) return counting;
  return countsOnceAll({ ...held, on: counting.from, positions: counting.entries }, held);
}

/** Waits until the number or document is stated: paper, so it holds up counting and not its day. */
export const onceStated = (counting: Counting, unit: UnitState, fact: string, waitingFor: string): Counting =>
  'from' in counting && factsNow(unit)[fact] === undefined ? { waitingFor, entries: counting.entries } : counting;

/** Codes of the reasons for which a unit waits that counts on a day which it states itself. */
export interface DateReasons {
  readonly unstated: string;
  /** The day lies after the day for which it was stated: a promise. */
  readonly tooEarly: string;
}

/** Counts on the day that a date fact names, by the entry that named it last. */
export function countsOnStatedDay(unit: UnitState, fact: string, { unstated, tooEarly }: DateReasons): Counting {
  const day = factsNow(unit)[fact];
  if (typeof day !== 'string') return { waitingFor: unstated, entries: [] };
  const named = holdingSince(unit, (facts) => facts[fact] === day);
  const entries = named?.positions ?? [];
  const from: IsoDate = day;
  return named && named.on < from ? { waitingFor: tooEarly, entries } : { from, entries };
}

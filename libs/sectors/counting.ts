import { claimFor, factsOn, type Happening, type ProjectState, type UnitState } from './project.js';
import { type Counting, countsOnceAll, type Facts, factsNow } from './sector.js';

/** A milestone that must be claimed before a unit counts, and the code of the reason while it is not. */
export type Step = readonly [milestone: string, reason: string];

/** Counts once all of the milestones are claimed, from the latest; waits for the first that is not. */
export function countsOnceClaimed(unit: UnitState, project: ProjectState, ...steps: readonly Step[]): Counting {
  const claims: Happening[] = [];
  for (const [milestone, reason] of steps) {
    const claim = claimFor(project, unit, milestone);
    if (!claim) return { waitingFor: reason, entries: countsOnceAll(...claims).entries };
    claims.push(claim);
  }
  return countsOnceAll(...claims);
}

/**
 * Moves a counting on to the day since when the facts hold: not at all where the delivery already stated them, else to
 * the statement that made them hold for good.
 */
export function whileHolding(
  counting: Counting,
  unit: UnitState,
  reason: string,
  holds: (facts: Facts) => boolean,
): Counting {
  if ('waitingFor' in counting) return counting;
  const upToNow: Happening = { ...unit.delivered, on: counting.from, positions: counting.entries };
  const held = [...unit.statements]
    .sort((a, b) => a.on.localeCompare(b.on))
    .reduce<Happening | undefined>(
      (since, statement) => (holds(factsOn(unit, statement.on)) ? (since ?? statement) : undefined),
      holds(unit.facts) ? upToNow : undefined,
    );
  if (!held) return { waitingFor: reason, entries: counting.entries };
  return held === upToNow ? counting : countsOnceAll(upToNow, held);
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
  const from = factsNow(unit)[fact];
  if (typeof from !== 'string') return { waitingFor: unstated, entries: [] };
  const named = [...unit.statements]
    .sort((a, b) => a.on.localeCompare(b.on))
    .findLast(({ facts }) => facts[fact] !== undefined);
  const { on, positions: entries } = named ?? unit.delivered;
  return on < from ? { waitingFor: tooEarly, entries } : { from, entries };
}

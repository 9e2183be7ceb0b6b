import { claimFor, factsOn, type Happening, type ProjectState, type UnitState } from './project.js';
import { type Counting, countsOnceAll, type Facts } from './sector.js';

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

import type { Standing } from '@planledger/contracts';
import { equal } from './equal.js';
import { emptyOrdered, keep, keysFrom, type Ordered } from './ordered.js';
import { isLinked } from './project.js';

/**
 * Which projects go on with the work of those that were split or merged, and what of B0 they have from them.
 *
 * The dates of B0 never change (DOMAIN §4.5), and a split divides what its parent was planned for (§1): so in B0 the
 * dates of the parent stand for ever, and what a successor is first designed for is a date of the current baseline alone.
 * Of a measure that no project before it had planned it is the first plan there is, and B0's own. A project with a life
 * of its own keeps its own dates too: it was planned before the parent was, or at work before the parent ended. Who is
 * registered and planned to take the work over, as one does before the split is decided, is neither.
 */
export interface Lineage {
  /** By successor: the projects that ended in it. */
  readonly predecessors: Map<string, Ordered>;
  /** By successor: the measures whose B0 dates are those of a project before it; none where there are none. */
  readonly inherited: Map<string, Inherited>;
}

/** Measures, in order. */
export type Inherited = readonly string[];

export const emptyLineage = (): Lineage => ({ predecessors: new Map(), inherited: new Map() });

type Standings = Pick<ReadonlyMap<string, Standing>, 'get' | 'has'>;

/** A project of the family whose inheritance is another than before. */
export interface Heir {
  readonly stream: string;
  readonly before: Inherited;
  readonly after: Inherited;
}

const NOTHING: Inherited = [];

/** The projects that ended in this one. */
export const predecessorsOf = ({ predecessors }: Lineage, stream: string): readonly string[] =>
  predecessors.get(stream)?.chunks.flat() ?? [];

export const inheritedBy = ({ inherited }: Lineage, stream: string): Inherited => inherited.get(stream) ?? NOTHING;

/**
 * Takes the newest standing of a project in, which `standings` MUST hold already, and answers which other projects now
 * inherit otherwise: those after it, at most. Sectors and counties publish on their own, so a successor may be known
 * before its parent and the other way round; what is inherited is a function of the standings alone. Costs what the
 * family of the project holds, nothing where it has none.
 */
export function applyLineage(
  lineage: Lineage,
  standings: Standings,
  before: Standing | undefined,
  after: Standing,
): readonly Heir[] {
  const [old, now] = [before?.successors ?? [], after.successors];
  for (const successor of old) if (!now.includes(successor)) relate(lineage, successor, after.stream, false);
  for (const successor of now) if (!old.includes(successor)) relate(lineage, successor, after.stream, true);
  inherit(lineage, standings, after.stream);
  if (old.length === 0 && now.length === 0) return [];
  return family(standings, [...old, ...now]).flatMap((stream): Heir[] => {
    const was = inheritedBy(lineage, stream);
    const is = stream === after.stream ? was : inherit(lineage, standings, stream);
    return equal(was, is) ? [] : [{ stream, before: was, after: is }];
  });
}

function relate({ predecessors }: Lineage, successor: string, stream: string, goesOn: boolean): void {
  const known = predecessors.get(successor) ?? emptyOrdered();
  keep(known, stream, goesOn);
  if (known.size === 0) predecessors.delete(successor);
  else predecessors.set(successor, known);
}

/** Those that are known of these projects and of all after them. */
function family(standings: Standings, roots: readonly string[]): string[] {
  const found = new Set(roots);
  for (const stream of found) for (const next of standings.get(stream)?.successors ?? []) found.add(next);
  return [...found].filter((stream) => standings.has(stream));
}

/** Everything dated in B0 by the projects before this one, however far back. */
function inherit({ predecessors, inherited }: Lineage, standings: Standings, stream: string): Inherited {
  if (!predecessors.has(stream)) {
    inherited.delete(stream);
    return NOTHING;
  }
  const measures = new Set<string>();
  // Standings of different streams are of different moments: for a while they may go round in a circle.
  const passed = new Set([stream]);
  for (const each of passed) {
    const later = standings.get(each);
    const earlier = predecessors.get(each);
    for (const one of later && earlier ? keysFrom(earlier) : []) {
      const parent = standings.get(one);
      if (!parent || !later || passed.has(one) || !isSucceededBy(parent, later)) continue;
      passed.add(one);
      for (const measure of datedIn(parent)) measures.add(measure);
    }
  }
  const found = [...measures].sort();
  if (found.length === 0) inherited.delete(stream);
  else inherited.set(stream, found);
  return found;
}

/** By business dates: a history may have been entered late, and in any order. */
function isSucceededBy(parent: Standing, { plannedOn, startedOn, contributions }: Standing): boolean {
  if (plannedOn === '') return true;
  const { statusSince: ended } = parent;
  const atWork = (startedOn !== '' && startedOn < ended) || contributions.some(({ from }) => from < ended);
  return plannedOn >= parent.plannedOn && !atWork;
}

const datedIn = (standing: Standing): string[] =>
  standing.designed.flatMap(({ measure, quantity, due }) =>
    quantity > 0 && due !== '' && isLinked(standing, measure) ? [measure] : [],
  );

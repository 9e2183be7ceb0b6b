import type { ObservationStanding, Standing, Uncounted } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { applyGroups, type ProjectGroup } from './cells-groups.js';
import { applyLineage, emptyLineage, inheritedBy, type Lineage } from './cells-lineage.js';
import { applyUnits, type Cell, type MeasureCells, type Part, type Sides } from './cells-units.js';
import { applyWorks, type MeasureWorks } from './cells-works.js';
import { confidenceOf } from './contribution.js';
import { equal } from './equal.js';
import type { Pair } from './figure.js';
import { emptyOrdered, keep, type Ordered } from './ordered.js';
import type { Confidence } from './reading.js';
import { totalOn } from './series.js';

/**
 * Everything that sums up standings: measure × claimed or verified × county (and roster member or work, and year), each
 * a series of integer sums by date (DESIGN §6); work under way, projects and money likewise; and which projects stand
 * behind each. The one mutable structure of this library: it belongs to whoever made it, who alone may apply standings
 * to it, and readers MUST NOT keep anything of it across such a change. Everything read from it is a function of the
 * standings applied, whatever the order they came in; applying one costs what that one holds, and a reader walks no
 * standings but those of the page he asked for.
 */
export interface Cells extends Sides {
  /** Units of projects that are linked to the measure's item. */
  readonly counted: Map<string, MeasureCells>;
  /** Units of projects that are not, or are flagged: a column of their own (规划外, DOMAIN §4.8), in no figure. */
  readonly offPlan: Map<string, MeasureCells>;
  /** What linked projects are designed for and have under way, by measure. */
  readonly works: Map<string, MeasureWorks>;
  /** Who goes on with the work of projects that were split or merged. */
  readonly lineage: Lineage;
  /** Linked projects by the items they are linked to. */
  readonly groups: Map<string, ProjectGroup>;
  /** Projects with delivered units that do not count, by measure. */
  readonly heldBack: Map<string, HeldBack>;
  /** Observations by stream, e.g. indicator/I18; ratios read them. */
  readonly observations: Map<string, readonly ObservationStanding[]>;
}

/** The projects, and how many of their units are held back. */
export interface HeldBack extends Pair<number> {
  readonly streams: Ordered;
}

export const createCells = (): Cells => ({
  ...{ counted: new Map(), offPlan: new Map(), works: new Map(), groups: new Map() },
  ...{ heldBack: new Map(), observations: new Map(), lineage: emptyLineage() },
});

/** Whether a later standing of the same stream was already applied: standings are ordered by (generation, version). */
export const isNewer = (before: Standing | undefined, after: Standing): boolean =>
  !before ||
  after.generation > before.generation ||
  (after.generation === before.generation && after.version > before.version);

/** Standings by stream, as far as those who apply them need. */
export interface Standings extends Pick<ReadonlyMap<string, Standing>, 'get' | 'has'> {
  set(stream: string, standing: Standing): unknown;
}

/**
 * A standing replaces what its stream contributed before and nothing else, at a cost that depends on the two standings
 * only, and where its project was split or merged on those of its family: what they inherit changes with it. `standings`
 * are those applied last, by stream, and are changed together with the cells.
 */
export function applyStanding(cells: Cells, standings: Standings, after: Standing): void {
  const { stream } = after;
  const { works, lineage } = cells;
  const before = standings.get(stream);
  standings.set(stream, after);
  applyUnits(cells, stream, before, after);
  const inherited = inheritedBy(lineage, stream);
  const heirs = applyLineage(lineage, standings, before, after);
  const now = { standing: after, inherited: inheritedBy(lineage, stream) };
  applyWorks(works, stream, before && { standing: before, inherited }, now);
  for (const heir of heirs) {
    const standing = standings.get(heir.stream);
    if (!standing) continue;
    applyWorks(works, heir.stream, { standing, inherited: heir.before }, { standing, inherited: heir.after });
  }
  applyGroups(cells.groups, stream, before, after);
  holdBack(cells.heldBack, stream, before?.uncounted ?? [], after.uncounted);
  if (after.observations.length > 0) cells.observations.set(stream, after.observations);
  else if (before) cells.observations.delete(stream);
}

/**
 * Applies a standing as it arrives, at least once and in any order: an older or equal one changes nothing. `standings` is
 * changed together with the cells. False where nothing changed.
 */
export function receiveStanding(cells: Cells, standings: Map<string, Standing>, after: Standing): boolean {
  if (!isNewer(standings.get(after.stream), after)) return false;
  applyStanding(cells, standings, after);
  return true;
}

/** Cells of these standings, one a stream, from nothing: what a replay starts with. */
export function cellsOf(standings: Iterable<Standing>): Cells {
  const [cells, applied] = [createCells(), new Map<string, Standing>()];
  for (const standing of standings) applyStanding(cells, applied, standing);
  return cells;
}

function holdBack(
  heldBack: Map<string, HeldBack>,
  stream: string,
  before: readonly Uncounted[],
  after: readonly Uncounted[],
): void {
  const change = (rows: readonly Uncounted[], sign: 1 | -1): void => {
    for (const { measure, confidence: wire } of rows) {
      const confidence = confidenceOf(wire);
      const known = heldBack.get(measure) ?? { claimed: 0, verified: 0, streams: emptyOrdered() };
      keep(known.streams, stream, sign === 1);
      const next = confidence ? { ...known, [confidence]: known[confidence] + sign } : known;
      if (next.streams.size === 0) heldBack.delete(measure);
      else heldBack.set(measure, next);
    }
  };
  if (equal(before, after)) return;
  change(before, -1);
  change(after, 1);
}

/** Counted quantity of a measure at the end of `on`, of all counties or of one. */
export const countedOn = (
  cells: Cells,
  measure: string,
  confidence: Confidence,
  on: IsoDate,
  county?: string,
): number => totalOn(partOf(cells, measure, confidence, county)?.all, on);

/** Counted quantity of the units that count from a day of `year`, as they stand at the end of `on`. */
export const countedOfYear = (
  cells: Cells,
  measure: string,
  confidence: Confidence,
  on: IsoDate,
  year: string,
): number => totalOn(cellOf(cells, measure, confidence)?.years.get(year), on);

/** The cell of a measure, for those who read its series; undefined where nothing was ever counted. */
export const cellOf = (cells: Cells, measure: string, confidence: Confidence): Cell | undefined =>
  cells.counted.get(measure)?.[confidence];

/** The same of one county, or of the whole city. */
export function partOf(
  cells: Cells,
  measure: string,
  confidence: Confidence,
  county: string | undefined,
): Part | undefined {
  const cell = cellOf(cells, measure, confidence);
  return county === undefined ? cell : cell?.counties.get(county);
}

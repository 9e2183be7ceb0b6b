import {
  Confidence as WireConfidence,
  type Contribution,
  type ObservationStanding,
  type Standing,
} from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Confidence } from './reading.js';
import { addFrom, emptySeries, isEmpty, type Series, totalOn } from './series.js';

/**
 * Cells: measure × claimed or verified × county (and roster member or work, and year), each a series of integer sums by
 * date (DESIGN §6). The one mutable structure of this library: it belongs to whoever made it, who alone may apply
 * standings to it, and readers MUST NOT keep anything of it across such a change. Everything read from it is a function
 * of the standings applied, whatever the order they came in.
 */
export interface Cells {
  /** Units of projects that are linked to the measure's item. */
  readonly counted: Map<string, MeasureCells>;
  /** Units of projects that are not: a column of their own (规划外, DOMAIN §4.8), never part of a figure. */
  readonly offPlan: Map<string, MeasureCells>;
  /** Observations by stream, e.g. indicator/I18; ratios read them. */
  readonly observations: Map<string, readonly ObservationStanding[]>;
}

/** Another object after every change of either cell, though the cells in it are the same. */
export type MeasureCells = Readonly<Record<Confidence, Cell>>;

export interface Cell {
  readonly all: Series;
  readonly counties: Map<string, Series>;
  /** Only of contributions that name a member. */
  readonly members: Map<string, Series>;
  /** By the year from which a unit counts; a unit lost later leaves the year it came in. */
  readonly years: Map<string, Series>;
}

export const createCells = (): Cells => ({ counted: new Map(), offPlan: new Map(), observations: new Map() });

const emptyCell = (): Cell => ({ all: emptySeries(), counties: new Map(), members: new Map(), years: new Map() });

/** The item a measure belongs to, by its id: <item>.<slug>. */
export const itemOf = (measure: string): string => measure.slice(0, Math.max(0, measure.indexOf('.')));

/** Whether a later standing of the same stream was already applied: standings are ordered by (generation, version). */
export const isNewer = (before: Standing | undefined, after: Standing): boolean =>
  !before ||
  after.generation > before.generation ||
  (after.generation === before.generation && after.version > before.version);

/**
 * A standing replaces its own earlier contributions and nothing else, at a cost that depends on the two standings only.
 * `before` MUST be the one applied last for this stream, undefined for the first.
 */
export function applyStanding(cells: Cells, before: Standing | undefined, after: Standing): void {
  if (before) applyContributions(cells, before, -1);
  applyContributions(cells, after, 1);
  if (after.observations.length > 0) cells.observations.set(after.stream, after.observations);
  else cells.observations.delete(after.stream);
}

/**
 * Applies a standing as it arrives, at least once and in any order: an older or equal one changes nothing. `standings` is
 * changed together with the cells. False where nothing changed.
 */
export function receiveStanding(cells: Cells, standings: Map<string, Standing>, after: Standing): boolean {
  const before = standings.get(after.stream);
  if (!isNewer(before, after)) return false;
  applyStanding(cells, before, after);
  standings.set(after.stream, after);
  return true;
}

/** Cells of these standings, from nothing: what a replay starts with. */
export function cellsOf(standings: Iterable<Standing>): Cells {
  const cells = createCells();
  for (const standing of standings) applyStanding(cells, undefined, standing);
  return cells;
}

function applyContributions(cells: Cells, standing: Standing, sign: 1 | -1): void {
  const items = new Set(standing.items);
  for (const contribution of standing.contributions) {
    const confidence = confidenceOf(contribution.confidence);
    if (!confidence) continue;
    const side = items.has(itemOf(contribution.measure)) ? cells.counted : cells.offPlan;
    const { claimed, verified } = side.get(contribution.measure) ?? { claimed: emptyCell(), verified: emptyCell() };
    addTo(confidence === 'claimed' ? claimed : verified, contribution, sign);
    if (isEmptyCell(claimed) && isEmptyCell(verified)) side.delete(contribution.measure);
    // A new object tells whoever remembers a figure of this measure that it changed.
    else side.set(contribution.measure, { claimed, verified });
  }
}

/** Undefined for a confidence this version does not know: it takes part in no figure. */
export function confidenceOf(confidence: WireConfidence): Confidence | undefined {
  switch (confidence) {
    case WireConfidence.CLAIMED:
      return 'claimed';
    case WireConfidence.VERIFIED:
      return 'verified';
    case WireConfidence.UNSPECIFIED:
      return undefined;
  }
}

function addTo(cell: Cell, { county, member, quantity, from, until }: Contribution, sign: 1 | -1): void {
  const signed = quantity * sign;
  change(cell.all, from, until, signed);
  changeIn(cell.counties, county, from, until, signed);
  if (member !== '') changeIn(cell.members, member, from, until, signed);
  changeIn(cell.years, from.slice(0, 4), from, until, signed);
}

function change(series: Series, from: IsoDate, until: IsoDate, quantity: number): void {
  addFrom(series, from, quantity);
  if (until !== '') addFrom(series, until, -quantity);
}

function changeIn(map: Map<string, Series>, key: string, from: IsoDate, until: IsoDate, quantity: number): void {
  const series = map.get(key) ?? emptySeries();
  change(series, from, until, quantity);
  // Nothing may stay behind of a standing that was replaced, or cells would depend on their history.
  if (isEmpty(series)) map.delete(key);
  else map.set(key, series);
}

const isEmptyCell = (cell: Cell): boolean =>
  isEmpty(cell.all) && cell.counties.size === 0 && cell.members.size === 0 && cell.years.size === 0;

/** Counted quantity of a measure at the end of `on`, of all counties or of one. */
export function countedOn(cells: Cells, measure: string, confidence: Confidence, on: IsoDate, county?: string): number {
  const cell = cells.counted.get(measure)?.[confidence];
  return totalOn(county === undefined ? cell?.all : cell?.counties.get(county), on);
}

/** Counted quantity of the units that count from a day of `year`, as they stand at the end of `on`. */
export const countedOfYear = (
  cells: Cells,
  measure: string,
  confidence: Confidence,
  on: IsoDate,
  year: string,
): number => totalOn(cells.counted.get(measure)?.[confidence].years.get(year), on);

/** The cell of a measure, for those who read its series; undefined where nothing was ever counted. */
export const cellOf = (cells: Cells, measure: string, confidence: Confidence): Cell | undefined =>
  cells.counted.get(measure)?.[confidence];

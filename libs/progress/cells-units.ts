import type { Contribution, Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { confidenceOf, everCounts, union } from './contribution.js';
import { equal } from './equal.js';
import { emptyOrdered, insert, keep, type Ordered, remove } from './ordered.js';
import { isLinked } from './project.js';
import { type Confidence, CONFIDENCES } from './reading.js';
import { addFrom, emptySeries, isEmpty, type Series, type Step } from './series.js';

/** Counted units of one measure. Another object after every change, though what it holds is the same. */
export interface MeasureCells extends Readonly<Record<Confidence, Cell>> {
  /** Projects that delivered units of it, all of them and by county of the responsible unit. */
  readonly streams: Ordered;
  readonly byCounty: Map<string, Ordered>;
  /** Of these, those with a unit that was lost. */
  readonly losing: Ordered;
  /** `<from> <stream>` of all its units: those that count later than a day are the tail. */
  readonly byDay: Ordered;
}

/** Units of the whole city, or of one county. */
export interface Part {
  readonly all: Series;
  /** Units as an explanation lists them: one a project and unit. */
  readonly leaves: Series;
  /** Only of contributions that name a member. */
  readonly members: Map<string, Series>;
  /** By the year from which a unit counts; a unit lost later leaves the year it came in. */
  readonly years: Map<string, Series>;
}

export interface Cell extends Part {
  readonly counties: Map<string, Part>;
  /** Contributions by the day from which they count, lost ones too; and those lost, by the day. */
  readonly begun: Series;
  readonly lost: Series;
}

const emptyPart = (): Part => ({ all: emptySeries(), leaves: emptySeries(), members: new Map(), years: new Map() });
const emptyCell = (): Cell => ({ ...emptyPart(), counties: new Map(), begun: emptySeries(), lost: emptySeries() });
const emptyMeasure = (): MeasureCells => ({
  ...{ claimed: emptyCell(), verified: emptyCell(), streams: emptyOrdered(), byCounty: new Map() },
  ...{ losing: emptyOrdered(), byDay: emptyOrdered() },
});

/** Counted, and off-plan beside it: by measure. */
export interface Sides {
  readonly counted: Map<string, MeasureCells>;
  readonly offPlan: Map<string, MeasureCells>;
}
type SideName = keyof Sides;

/** What a standing contributes to one measure on one side. */
interface Units {
  readonly side: SideName;
  readonly measure: string;
  readonly rows: readonly Contribution[];
}

function unitsOf(standing: Standing | undefined): Map<string, Units> {
  const units = new Map<string, Units & { rows: Contribution[] }>();
  for (const row of standing?.contributions ?? []) {
    if (!standing || !confidenceOf(row.confidence)) continue;
    const known = units.get(row.measure);
    if (known) known.rows.push(row);
    else {
      const side = isLinked(standing, row.measure) ? 'counted' : 'offPlan';
      units.set(row.measure, { side, measure: row.measure, rows: [row] });
    }
  }
  return units;
}

/** All that unitsOf reads. */
const readOf = ({ offPlan, items, contributions }: Standing): unknown => [offPlan, items, contributions];

/** Replaces what a project contributed by what it contributes now; what is the same on both sides is not touched. */
export function applyUnits(sides: Sides, stream: string, before: Standing | undefined, after: Standing): void {
  if (before && equal(readOf(before), readOf(after))) return;
  const [old, now] = [unitsOf(before), unitsOf(after)];
  for (const measure of new Set([...old.keys(), ...now.keys()])) {
    const [gone, come] = [old.get(measure), now.get(measure)];
    if (equal(gone, come)) continue;
    if (gone && come && gone.side === come.side) change(sides, stream, gone, gone.rows, come.rows);
    else {
      if (gone) change(sides, stream, gone, gone.rows, []);
      if (come) change(sides, stream, come, [], come.rows);
    }
  }
}

function change(
  sides: Sides,
  stream: string,
  { side, measure }: Units,
  before: readonly Contribution[],
  after: readonly Contribution[],
): void {
  const cells = sides[side].get(measure) ?? emptyMeasure();
  // Most entries add a unit at the end, or vouch for one of the last.
  const kept = before.findIndex((row, index) => !equal(row, after[index]));
  const same = kept < 0 ? before.length : kept;
  for (const row of before.slice(same)) addRow(cells, row, -1);
  for (const row of after.slice(same)) addRow(cells, row, 1);
  for (const confidence of CONFIDENCES) {
    for (const leaf of leavesOf(before, confidence)) addLeaf(cells[confidence], leaf, -1);
    for (const leaf of leavesOf(after, confidence)) addLeaf(cells[confidence], leaf, 1);
  }
  index(cells, stream, before, after);
  if (cells.streams.size === 0) sides[side].delete(measure);
  // A new object tells whoever remembers a figure of this measure that it changed.
  else sides[side].set(measure, { ...cells });
}

function addRow(cells: MeasureCells, row: Contribution, sign: 1 | -1): void {
  const confidence = confidenceOf(row.confidence);
  if (!confidence) return;
  const cell = cells[confidence];
  addFrom(cell.begun, row.from, sign);
  if (row.until !== '') addFrom(cell.lost, row.until > row.from ? row.until : row.from, sign);
  if (!everCounts(row)) return;
  addToPart(cell, row, sign);
  inPart(cell.counties, row.county, (part) => addToPart(part, row, sign));
}

function addToPart(part: Part, { member, quantity, from, until }: Contribution, sign: 1 | -1): void {
  const signed = quantity * sign;
  addSpan(part.all, from, until, signed);
  if (member !== '') inSeries(part.members, member, (series) => addSpan(series, from, until, signed));
  inSeries(part.years, from.slice(0, 4), (series) => addSpan(series, from, until, signed));
}

function addSpan(series: Series, from: IsoDate, until: IsoDate, quantity: number): void {
  addFrom(series, from, quantity);
  if (until !== '') addFrom(series, until, -quantity);
}

/** Nothing may stay behind of a standing that was replaced, or cells would depend on their history. */
function inSeries(map: Map<string, Series>, key: string, make: (series: Series) => void): void {
  const series = map.get(key) ?? emptySeries();
  make(series);
  if (isEmpty(series)) map.delete(key);
  else map.set(key, series);
}

function inPart(map: Map<string, Part>, key: string, make: (part: Part) => void): void {
  const part = map.get(key) ?? emptyPart();
  make(part);
  const { all, leaves, members, years } = part;
  if (isEmpty(all) && isEmpty(leaves) && members.size === 0 && years.size === 0) map.delete(key);
  else map.set(key, part);
}

/**
 * A unit of an explanation, and the days on which it is there: one line of the whole city, and one of each county in which
 * a part of it stands.
 */
interface Leaf {
  readonly steps: readonly Step[];
  readonly counties: readonly (readonly [county: string, steps: readonly Step[]])[];
}

function leavesOf(rows: readonly Contribution[], confidence: Confidence): Leaf[] {
  const units = new Map<string, Contribution[]>();
  for (const row of rows) {
    if (confidenceOf(row.confidence) !== confidence) continue;
    const known = units.get(row.unit);
    if (known) known.push(row);
    else units.set(row.unit, [row]);
  }
  return [...units.values()].map((spans) => {
    const [steps, first] = [union(spans), spans[0]?.county ?? ''];
    // Nearly all stand in one county: the days are the same there.
    if (spans.every(({ county }) => county === first)) return { steps, counties: [[first, steps]] };
    const counties = [...new Set(spans.map(({ county }) => county))];
    return { steps, counties: counties.map((each) => [each, union(spans.filter(({ county }) => county === each))]) };
  });
}

function addLeaf(cell: Cell, { steps, counties }: Leaf, sign: 1 | -1): void {
  for (const [day, amount] of steps) addFrom(cell.leaves, day, amount * sign);
  for (const [county, days] of counties) {
    if (days.length === 0) continue;
    inPart(cell.counties, county, ({ leaves }) => {
      for (const [day, amount] of days) addFrom(leaves, day, amount * sign);
    });
  }
}

function index(
  { streams, byCounty, losing, byDay }: MeasureCells,
  stream: string,
  before: readonly Contribution[],
  after: readonly Contribution[],
): void {
  keep(streams, stream, after.length > 0);
  const isLost = ({ until }: Contribution): boolean => until !== '';
  keep(losing, stream, after.some(isLost));
  differ(before, after, ({ from }) => `${from} ${stream}`, {
    gone: (key) => remove(byDay, key),
    come: (key) => insert(byDay, key),
  });
  differ(before, after, ({ county }) => county, {
    gone: (county) => {
      const known = byCounty.get(county);
      if (known) remove(known, stream);
      if (known?.size === 0) byCounty.delete(county);
    },
    come: (county) => {
      const known = byCounty.get(county) ?? emptyOrdered();
      insert(known, stream);
      byCounty.set(county, known);
    },
  });
}

/** The keys that only one of two lists has. */
function differ(
  before: readonly Contribution[],
  after: readonly Contribution[],
  keyOf: (row: Contribution) => string,
  { gone, come }: { readonly gone: (key: string) => void; readonly come: (key: string) => void },
): void {
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  for (const key of old) if (!now.has(key)) gone(key);
  for (const key of now) if (!old.has(key)) come(key);
}

import { describe, expect, test } from '@jest/globals';
import { Confidence as WireConfidence, type Standing } from '@planledger/contracts';
import fc from 'fast-check';
import { applyStanding, type Cells, cellsOf, countedOfYear, countedOn, createCells, receiveStanding } from './cells.js';
import { standingOf, units } from './fixtures.js';
import { reachedOn, type Series } from './series.js';

const MEASURES = ['B1-1.schools', 'B1-1.beds', 'T9-1.homes'];
const date = fc
  .tuple(fc.integer({ min: 2021, max: 2026 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-01`);

const contribution = fc
  .record({
    measure: fc.constantFrom(...MEASURES),
    unit: fc.constantFrom('a', 'b', 'c'),
    member: fc.constantFrom('', 'x', 'y'),
    quantity: fc.integer({ min: 1, max: 5 }),
    county: fc.constantFrom('410221', '410222'),
    confidence: fc.constantFrom(WireConfidence.CLAIMED, WireConfidence.VERIFIED),
    from: date,
    lost: fc.option(date, { nil: '' }),
  })
  .map(({ lost, ...rest }) => ({ ...rest, until: lost > rest.from ? lost : '' }));

/** Histories of a few streams: versions of each, in the order they were made. */
const history = fc
  .array(
    fc.record({
      stream: fc.constantFrom('project/1', 'project/2', 'project/3'),
      items: fc.subarray(['B1-1', 'T9-1']),
      contributions: fc.array(contribution, { maxLength: 4 }),
    }),
    { maxLength: 12 },
  )
  .map((versions) => {
    const next = new Map<string, number>();
    return versions.map(({ stream, ...rest }) => {
      const version = (next.get(stream) ?? 0) + 1;
      next.set(stream, version);
      return standingOf(stream, { version, ...rest });
    });
  });

const received = (standings: readonly Standing[]): { cells: Cells; last: Map<string, Standing> } => {
  const [cells, last] = [createCells(), new Map<string, Standing>()];
  for (const standing of standings) receiveStanding(cells, last, standing);
  return { cells, last };
};

/** The content of cells, whatever order their maps were filled in. */
const plain = ({ counted, offPlan, observations }: Cells): unknown => {
  const entries = <V>(map: ReadonlyMap<string, V>, of: (value: V) => unknown): unknown =>
    [...map].map(([key, value]) => [key, of(value)]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const series = ({ deltas }: Series): unknown => entries(deltas, (quantity) => quantity);
  const side = (cells: Cells['counted']): unknown =>
    entries(cells, ({ claimed, verified }) =>
      [claimed, verified].map(({ all, counties, members, years }) => [
        series(all),
        ...[counties, members, years].map((map) => entries(map, series)),
      ]),
    );
  return [side(counted), side(offPlan), entries(observations, (rows) => rows.length)];
};

describe('cells', () => {
  test('a unit counts from its day on, and no longer from the day it was lost', () => {
    const standing = standingOf('project/1', {
      contributions: units('B1-1.schools', 1, { from: '2022-09-01', until: '2024-03-01' }),
    });
    const cells = cellsOf([standing]);
    const on = (day: string): number => countedOn(cells, 'B1-1.schools', 'verified', day);
    expect([on('2022-08-31'), on('2022-09-01'), on('2024-02-29'), on('2024-03-01')]).toEqual([0, 1, 1, 0]);
  });

  test('counties, years and confidences are kept apart', () => {
    const cells = cellsOf([
      standingOf('project/1', {
        contributions: [
          { measure: 'B1-1.beds', unit: 'a', quantity: 3, county: '410221', from: '2022-05-01' },
          { measure: 'B1-1.beds', unit: 'b', quantity: 4, county: '410222', from: '2023-05-01' },
          { measure: 'B1-1.beds', unit: 'c', quantity: 9, confidence: WireConfidence.CLAIMED },
        ],
      }),
    ]);
    expect(countedOn(cells, 'B1-1.beds', 'verified', '2025-01-01')).toBe(7);
    expect(countedOn(cells, 'B1-1.beds', 'verified', '2025-01-01', '410222')).toBe(4);
    expect(countedOn(cells, 'B1-1.beds', 'claimed', '2025-01-01')).toBe(9);
    expect(countedOfYear(cells, 'B1-1.beds', 'verified', '2025-01-01', '2022')).toBe(3);
  });

  test('units of a project without a link to the item stand in a column of their own', () => {
    const cells = cellsOf([standingOf('project/1', { items: ['B9-9'], contributions: units('B1-1.schools', 2) })]);
    expect(countedOn(cells, 'B1-1.schools', 'verified', '2025-01-01')).toBe(0);
    expect(cells.offPlan.has('B1-1.schools')).toBe(true);
  });

  test('an older standing that arrives late changes nothing; a rebuilt one replaces it', () => {
    const [cells, last] = [createCells(), new Map<string, Standing>()];
    const of = (count: number, generation: number, version: number): Standing =>
      standingOf('project/1', { generation, version, contributions: units('B1-1.schools', count) });
    expect(receiveStanding(cells, last, of(2, 1, 7))).toBe(true);
    expect(receiveStanding(cells, last, of(5, 1, 6))).toBe(false);
    expect(receiveStanding(cells, last, of(2, 1, 7))).toBe(false);
    expect(countedOn(cells, 'B1-1.schools', 'verified', '2025-01-01')).toBe(2);
    expect(receiveStanding(cells, last, of(3, 2, 4))).toBe(true);
    expect(countedOn(cells, 'B1-1.schools', 'verified', '2025-01-01')).toBe(3);
  });

  test('replacing a standing equals rebuilding from the newest of each stream', () => {
    fc.assert(
      fc.property(history, (standings) => {
        const { cells, last } = received(standings);
        expect(plain(cells)).toEqual(plain(cellsOf(last.values())));
      }),
    );
  });

  test('order between streams, redelivery and the cut of batches do not matter', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (standings, random) => {
        const keyed = standings.map((standing) => ({ standing, key: random.next().value ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ standing }) => standing);
        const twice = shuffled.flatMap((standing, index) => [standing, ...shuffled.slice(0, index % 3)]);
        expect(plain(received(twice).cells)).toEqual(plain(received(standings).cells));
      }),
    );
  });

  test('taking the last standing back leaves nothing behind', () => {
    fc.assert(
      fc.property(history, (standings) => {
        const { cells, last } = received(standings);
        for (const standing of last.values()) applyStanding(cells, standing, standingOf(standing.stream, {}));
        expect(plain(cells)).toEqual(plain(createCells()));
      }),
    );
  });
});

describe('the day on which a total was reached', () => {
  const seriesOf = (standing: Standing): Series | undefined =>
    cellsOf([standing]).counted.get('B1-1.schools')?.verified.all;

  test('is the first day of the run that still holds', () => {
    const series = seriesOf(
      standingOf('project/1', {
        contributions: [
          { measure: 'B1-1.schools', unit: 'a', from: '2022-09-01' },
          { measure: 'B1-1.schools', unit: 'b', from: '2023-09-01', until: '2024-06-01' },
          { measure: 'B1-1.schools', unit: 'c', from: '2025-09-01' },
        ],
      }),
    );
    expect(reachedOn(series, '2023-12-31', 2)).toBe('2023-09-01');
    expect(reachedOn(series, '2024-12-31', 2)).toBeUndefined();
    expect(reachedOn(series, '2025-12-31', 2)).toBe('2025-09-01');
    expect(reachedOn(series, '2022-08-31', 1)).toBeUndefined();
  });
});

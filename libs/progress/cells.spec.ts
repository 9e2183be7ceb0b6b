import { describe, expect, test } from '@jest/globals';
import { Confidence as WireConfidence, type Standing } from '@planledger/contracts';
import fc from 'fast-check';
import { applyStanding, type Cells, cellsOf, countedOfYear, countedOn, createCells, receiveStanding } from './cells.js';
import { standingOf, units } from './fixtures.js';
import { anyStanding, plainCells } from './fixtures-standings.js';
import { reachedOn, type Series } from './series.js';

const MEASURES = ['B1-1.schools', 'B1-1.beds', 'T9-1.homes'];
/** Histories of a few streams: versions of each, in the order they were made. */
const history = fc
  .array(fc.constantFrom('project/1', 'project/2', 'project/3'), { maxLength: 10 })
  .chain((streams) =>
    fc.tuple(
      ...streams.map((stream, index) =>
        anyStanding(
          ...([stream, MEASURES, ['B1-1', 'T9-1']] as const),
          streams.slice(0, index + 1).filter((each) => each === stream).length,
        ),
      ),
    ),
  );

const received = (standings: readonly Standing[]): { cells: Cells; last: Map<string, Standing> } => {
  const [cells, last] = [createCells(), new Map<string, Standing>()];
  for (const standing of standings) receiveStanding(cells, last, standing);
  return { cells, last };
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
        expect(plainCells(cells)).toEqual(plainCells(cellsOf(last.values())));
      }),
    );
  });

  test('order between streams, redelivery and the cut of batches do not matter', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (standings, random) => {
        const keyed = standings.map((standing) => ({ standing, key: random.next().value ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ standing }) => standing);
        const twice = shuffled.flatMap((standing, index) => [standing, ...shuffled.slice(0, index % 3)]);
        expect(plainCells(received(twice).cells)).toEqual(plainCells(received(standings).cells));
      }),
    );
  });

  test('taking the last standing back leaves nothing behind', () => {
    fc.assert(
      fc.property(history, (standings) => {
        const { cells, last } = received(standings);
        for (const standing of last.values()) applyStanding(cells, last, standingOf(standing.stream, {}));
        expect(plainCells(cells)).toEqual(plainCells(createCells()));
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

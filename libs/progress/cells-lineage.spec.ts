import { describe, expect, test } from '@jest/globals';
import { ProjectStatus, type Standing } from '@planledger/contracts';
import { compare, ONE, parseFraction, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import type { ItemRow } from './answer-rows.js';
import { cellsOf, createCells, receiveStanding } from './cells.js';
import { completion } from './completion.js';
import { type DesignedFixture, inputOf, planOf, standingOf, type StandingFixture, units } from './fixtures.js';
import { plainCells } from './fixtures-standings.js';

const ID = 'B1-1.schools';
const due = (quantity: number, day: string): DesignedFixture => ({ measure: ID, quantity, due: day });
const ends = (status: ProjectStatus, into: readonly string[]): StandingFixture => ({
  ...{ status, statusSince: '2023-03-01' },
  successors: into.map((id) => `project/${id}`),
});
const split = (...into: readonly string[]): StandingFixture => ends(ProjectStatus.SPLIT, into);
const merged = (into: string): StandingFixture => ends(ProjectStatus.MERGED, [into]);
const project = (
  id: string,
  plannedOn: string,
  designed: readonly DesignedFixture[],
  more: StandingFixture = {},
): Standing => standingOf(`project/${id}`, { items: ['B1-1'], plannedOn, designed, ...more });

/** Of eight units: what was planned by a day, in B0 and in the current baseline, and what is done. */
function readOn(standings: readonly Standing[], on: string) {
  const plan = planOf({ measures: [{ measure: ID, low: '8' }] });
  const rows = completion(inputOf(plan, standings, on), 'item').rows;
  const row = rows.find((each): each is ItemRow => each.kind === 'item')?.measures[0];
  if (!row) throw new Error('the fixture has the measure');
  const { b0, current } = row.schedule;
  return { b0: b0.verified.planned, current: current.verified.planned, done: row.figures.b0.verified.exact };
}

/** Another project of the same measure, so that the dates of all cover the target. */
const NEIGHBOUR = project('n', '2021-02-01', [due(4, '2024-09-01')]);
const PARENT = project('a', '2021-03-01', [due(4, '2022-09-01')], split('b', 'c'));
const HALVES = [
  project('b', '2023-02-20', [due(2, '2023-09-01')], { county: '410222' }),
  project('c', '2023-04-01', [due(2, '2025-09-01')]),
];

describe('a project that was split', () => {
  test('keeps its dates in B0; those of its successors are the current baseline’s alone', () => {
    const of = (on: string) => readOn([PARENT, ...HALVES, NEIGHBOUR], on);
    expect(of('2022-09-01')).toMatchObject({ b0: '1/2', current: '0' });
    // Both added up, all eight would have been planned by then.
    expect(of('2023-09-01')).toMatchObject({ b0: '1/2', current: '1/4' });
    expect(of('2024-09-01')).toMatchObject({ b0: '1', current: '3/4' });
    expect(of('2025-09-01')).toMatchObject({ b0: '1', current: '1' });
  });

  test('whatever it had delivered counts once, beside what its successors deliver', () => {
    const delivered = { contributions: units(ID, 1, { unit: 'a' }) };
    const [b, c] = HALVES as [Standing, Standing];
    const all = [{ ...PARENT, contributions: standingOf('', delivered).contributions }, b, c, NEIGHBOUR];
    expect(readOn(all, '2024-01-01')).toMatchObject({ done: '1/8', b0: '1/2' });
  });

  test('whose split is retracted gives its successors their own dates back', () => {
    const [cells, standings] = [createCells(), new Map<string, Standing>()];
    const [b] = HALVES as [Standing];
    for (const each of [b, PARENT]) receiveStanding(cells, standings, each);
    expect(cells.works.get(ID)?.b0.planned.series.sum).toBe(4);
    receiveStanding(cells, standings, { ...project('a', '2021-03-01', [due(4, '2022-09-01')]), version: 2 });
    expect(cells.works.get(ID)?.b0.planned.series.sum).toBe(6);
    expect(plainCells(cells)).toEqual(plainCells(cellsOf(standings.values())));
  });

  test('is told from a plan that was there before its own: that one stays B0’s', () => {
    const older = project('b', '2021-01-10', [due(2, '2023-09-01')]);
    expect(readOn([PARENT, older, NEIGHBOUR], '2023-09-01')).toMatchObject({ b0: '3/4' });
  });

  test.each([
    ['never had a plan', project('a', '', [], split('b', 'c'))],
    ['was off-plan', { ...PARENT, offPlan: true }],
    [
      'planned another measure',
      project('a', '2021-03-01', [{ measure: 'B1-1.beds', quantity: 4, due: '2022-09-01' }], split('b')),
    ],
  ])('and that %s leaves the first plan to its successors', (_why, parent) => {
    expect(readOn([parent, project('b', '2023-02-20', [due(4, '2023-09-01')]), NEIGHBOUR], '2023-09-01')).toMatchObject(
      {
        b0: '1/2',
      },
    );
  });

  test('hands its dates on through one that never had a plan of its own', () => {
    const between = project('b', '', [], split('d', 'e'));
    const last = project('d', '2024-01-10', [due(4, '2023-09-01')]);
    expect(readOn([last, between, PARENT, NEIGHBOUR], '2023-09-01')).toMatchObject({ b0: '1/2', current: '1/2' });
  });
});

describe('projects that were merged', () => {
  const two = [
    project('a', '2021-03-01', [due(2, '2022-09-01')], merged('m')),
    project('b', '2021-03-02', [due(2, '2023-09-01')], merged('m')),
  ];

  test('keep their dates in B0 where the one they became was planned to take their work over', () => {
    const one = project('m', '2023-02-20', [due(4, '2023-01-01')]);
    expect(readOn([...two, one, NEIGHBOUR], '2023-08-31')).toMatchObject({ b0: '1/4', current: '1/2' });
  });

  test.each([
    ['had begun its own works', { startedOn: '2022-04-01' }],
    ['had units of its own', { contributions: units(ID, 1, { from: '2022-12-01' }) }],
  ])('add theirs to those of one that %s: it goes on', (_why, work) => {
    const own = { designedNow: [due(5, '2023-01-01')], ...work };
    const one = project('m', '2022-02-20', [due(1, '2022-12-01')], own);
    expect(readOn([...two, one, NEIGHBOUR], '2023-08-31')).toMatchObject({ b0: '3/8', current: '5/8' });
  });
});

/** A project split again and again: each time its rest goes to two or three others, in whatever county and order. */
const family = fc
  .record({
    designed: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('2022-03-01', '2023-09-01')), {
      ...{ minLength: 1, maxLength: 3 },
    }),
    splits: fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 4 }),
    redesigned: fc.integer({ min: 1, max: 9 }),
    counties: fc.array(fc.constantFrom('410221', '410222'), { minLength: 20, maxLength: 20 }),
    deliveries: fc.array(fc.tuple(fc.nat(), fc.constantFrom('2022-09-01', '2024-09-01')), { maxLength: 8 }),
    keys: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
  })
  .map(({ designed, splits, redesigned, counties, deliveries, keys }) => {
    const root = designed.map(([quantity, day]) => due(quantity, day));
    const made: Standing[] = [project('0', '2021-03-01', root)];
    for (const [turn, into] of splits.entries()) {
      const names = Array.from({ length: into }, (_, index) => String(made.length + index));
      made[turn] = { ...(made[turn] as Standing), ...standingEnd(names) };
      for (const name of names) made.push(project(name, '2021-12-20', [due(redesigned, '2022-06-01')]));
    }
    const all = made.map((each, index) => ({ ...each, county: counties[index] ?? '' }));
    const rows = deliveries.map(([who, from], index) => ({ who: who % all.length, from, unit: `u${index}-` }));
    const delivered = (count: number): Standing[] =>
      all.map((each, index) => ({
        ...each,
        contributions: rows
          .slice(0, count)
          .filter(({ who }) => who === index)
          .flatMap(({ from, unit }) => standingOf('', { contributions: units(ID, 1, { from, unit }) }).contributions),
      }));
    const order = all.map((_, index) => index).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    return { root, delivered, order, count: rows.length };
  });
function standingEnd(into: readonly string[]): Pick<Standing, 'status' | 'statusSince' | 'successors'> {
  const successors = into.map((id) => `project/${id}`);
  return { status: ProjectStatus.SPLIT, statusSince: '2022-01-15', successors };
}
const DAYS = ['2021-06-01', '2022-03-01', '2022-06-01', '2023-09-01', '2025-12-31'];

test('B0’s plan and what is done are those of one project, however it was split and in whatever order it is told', () => {
  fc.assert(
    fc.property(family, ({ root, delivered, order, count }) => {
      const made = delivered(count);
      const whole = project('0', '2021-03-01', root);
      const contributions = made.flatMap((each) => each.contributions);
      const shuffled = order.flatMap((index) => made[index] ?? []);
      expect(plainCells(cellsOf(shuffled))).toEqual(plainCells(cellsOf(made)));
      for (const on of DAYS) {
        const [one, many] = [readOn([{ ...whole, contributions }], on), readOn(shuffled, on)];
        expect([many.b0, many.done]).toEqual([one.b0, one.done]);
      }
      const series = cellsOf(shuffled).works.get(ID)?.b0.planned.series;
      expect(series?.sum).toBe(root.reduce((sum, { quantity }) => sum + quantity, 0));
    }),
  );
});

test('every share lies in [0, 1], and one unit more never lowers what is done', () => {
  fc.assert(
    fc.property(family, ({ delivered, count }) => {
      let before = ZERO;
      for (let units = 0; units <= count; units++) {
        const { b0, current, done } = readOn(delivered(units), '2025-12-31');
        for (const share of [b0, current, done].map((text) => parseFraction(text ?? '0'))) {
          expect([compare(share, ZERO) >= 0, compare(share, ONE) <= 0]).toEqual([true, true]);
        }
        const now = parseFraction(done ?? '0');
        expect(compare(now, before)).toBeGreaterThanOrEqual(0);
        before = now;
      }
    }),
  );
});

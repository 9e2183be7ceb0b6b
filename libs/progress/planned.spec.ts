import { describe, expect, test } from '@jest/globals';
import { Basis, type MeasureDefined, ProjectStatus, Quantifier } from '@planledger/contracts';
import type { ItemRow, MeasureRow, Schedule } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type MeasureFixture, planOf, standingOf, type StandingFixture, units } from './fixtures.js';

const ID = 'B1-1.schools';
/** 31 August 2022 is day 608 of the period, 31 August 2023 day 973, 1 January 2024 day 1096. */
const DESIGNED = [
  { measure: ID, quantity: 1, due: '2022-09-01' },
  { measure: ID, quantity: 3, due: '2023-09-01' },
];
type Fields = Partial<Omit<MeasureDefined, 'works'>> & Pick<MeasureFixture, 'works'>;

const rowOf = (fields: Fields, projects: readonly StandingFixture[], on: string): MeasureRow => {
  const rosters = [{ roster: 'towns', members: ['a', 'b'].map((member) => ({ member })) }];
  const plan = planOf({ measures: [{ measure: ID, low: '4', ...fields }], rosters });
  const standings = projects.map((each, index) => standingOf(`project/${index + 1}`, each));
  const row = completion(inputOf(plan, standings, on), 'item').rows.find(
    (each): each is ItemRow => each.kind === 'item',
  );
  if (!row?.measures[0]) throw new Error('the fixture has the measure');
  return row.measures[0];
};
const schedule = (projects: readonly StandingFixture[], on: string, fields: Fields = {}): Schedule =>
  rowOf(fields, projects, on).schedule.b0.verified;
const planned = (projects: readonly StandingFixture[], on: string, fields: Fields = {}): string | null =>
  schedule(projects, on, fields).planned;
const project = (done: number, more: StandingFixture = {}): StandingFixture => ({
  ...{ designed: DESIGNED, contributions: units(ID, done, { from: '2022-09-01' }) },
  ...more,
});

describe('a measure whose projects say when its units are to count', () => {
  test('is planned by their dates, not by the calendar', () => {
    const at = (on: string) => planned([project(0)], on);
    expect([at('2022-08-31'), at('2022-09-01'), at('2023-08-31'), at('2023-09-01'), at('2025-12-31')]).toEqual([
      ...['0', '1/4', '1/4', '1', '1'],
    ]);
  });

  test('nothing is due before the first of them', () => {
    expect(schedule([project(0)], '2022-08-31')).toMatchObject({ state: 'not-due', spi: null });
  });

  test('is on time while it waits for the next, and behind from that day on', () => {
    expect(schedule([project(1)], '2023-08-31')).toMatchObject({ state: 'running', spi: '1', planned: '1/4' });
    // AT = 974 days; one of four was the plan up to day 973.
    expect(schedule([project(1)], '2023-09-01').spi).toBe('973/974');
    // Two of four lie a third of the way through day 974, over 1096 days: (973 + 1/3) / 1096 = 2920/3288.
    expect(schedule([project(2)], '2024-01-01').spi).toBe('365/411');
  });

  test('what is finished before its units were due is early against the measure’s own due date', () => {
    expect(schedule([project(4)], '2023-01-01')).toMatchObject({ state: 'early', text: '提前 1217 天' });
  });

  test('it is explained which baseline it is', () => {
    const plan = planOf({ measures: [{ measure: ID, low: '4' }] });
    const curve = (made: StandingFixture): string | undefined =>
      explain(
        inputOf(plan, [standingOf('project/1', made)], '2023-01-01'),
        `schedule/measure/${ID}`,
        'verified',
      )?.inputs.find(({ symbol }) => symbol === 'curve')?.value;
    expect(curve(project(0))).toBe('关联项目的计划计入日期');
    expect(curve({})).toBe('自起算日至到期日线性');
  });
});

describe('where dates do not cover T it is linear to the measure’s own due date', () => {
  const half = '2023-07-02';

  test.each([
    [
      'one unit has no date',
      [project(0, { designed: [DESIGNED[0], { measure: ID, quantity: 3 }].flatMap((each) => each ?? []) })],
    ],
    ['too few are designed', [project(0, { designed: DESIGNED.slice(1) })]],
    ['the project is not linked', [project(0, { items: [] })]],
    ['the project is flagged 规划外', [project(0, { offPlan: true })]],
  ])('%s', (_why, projects) => {
    expect(planned(projects, half)).toBe('1/2');
  });

  test('of a stock T is what is to be added; of a roster or checklist each member’s and work’s units', () => {
    const stock = { basis: Basis.STOCK, baseline: '100', low: '104' };
    expect(planned([project(0)], half, stock)).toBe('1/4');
    const roster = { quantifier: Quantifier.EACH, low: '2', roster: 'towns' };
    expect(planned([project(0)], half, roster)).toBe('1/4');
    const works = ['a', 'b', 'c', 'd'].map((work) => ({ work }));
    expect(planned([project(0)], half, { quantifier: Quantifier.CHECKLIST, low: '', works })).toBe('1/4');
    const [first, ...rest] = works;
    const unequal = [{ ...first, work: 'a', weight: 2 }, ...rest];
    expect(planned([project(0)], half, { quantifier: Quantifier.CHECKLIST, low: '', works: unequal })).toBe('1/2');
    expect(planned([project(0)], half, { quantifier: Quantifier.EVERY_YEAR })).toBe('1/2');
  });
});

describe('B0’s designs and the current ones', () => {
  const later = [{ measure: ID, quantity: 4, due: '2024-09-01' }];
  const both = (made: StandingFixture, on: string) => {
    const { b0, current } = rowOf({}, [made], on).schedule;
    return [b0.verified.planned, current.verified.planned];
  };

  test('a re-baseline moves the current time baseline only', () => {
    expect(both(project(0, { designedNow: later }), '2023-09-01')).toEqual(['1', '0']);
    expect(both(project(0, { designedNow: later }), '2024-09-01')).toEqual(['1', '1']);
  });

  test('who ended stays in B0’s plan and leaves the current one', () => {
    const ended = project(0, { status: ProjectStatus.MOVED_OUT, statusSince: '2023-01-01' });
    // Nothing is designed any more: the current one is linear.
    expect(both(ended, '2023-07-02')).toEqual(['1/4', '1/2']);
  });
});

test('年度序时进度: the year of a yearly task beside the months that have begun', () => {
  const fields = { quantifier: Quantifier.EVERY_YEAR, low: '8', start: '2022-01-01' };
  const trained = { contributions: units(ID, 3, { from: '2024-02-01' }) };
  const year = (on: string) => rowOf(fields, [trained], on).year;
  expect(year('2024-05-31')).toMatchObject({
    ...{ year: '2024', planned: '5/12', plannedPercent: '41.7' },
    figures: { b0: { verified: { node: `year/measure/${ID}`, exact: '3/8' } } },
  });
  expect(year('2024-01-31')?.figures.b0.verified.exact).toBe('0');
  expect([year('2021-12-31'), year('2026-01-01')]).toEqual([null, null]);
  expect(rowOf({}, [trained], '2024-05-31').year).toBeNull();
  const plan = planOf({ measures: [{ measure: ID, ...fields }] });
  const made = explain(
    inputOf(plan, [standingOf('project/1', trained)], '2024-05-31'),
    `year/measure/${ID}`,
    'verified',
  );
  expect(made?.inputs.map(({ symbol, value }) => [symbol, value])).toEqual([
    ['d', '3'],
    ['T', '8'],
    ['planned', '5/12'],
  ]);
});

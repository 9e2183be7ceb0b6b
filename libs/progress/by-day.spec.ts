import { describe, expect, test } from '@jest/globals';
import { type ElementChange, ProjectStatus, type Standing, type Suspension } from '@planledger/contracts';
import { toText } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import fc from 'fast-check';
import { dues } from './due.js';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf, type StandingFixture } from './fixtures.js';
import { anyStanding, STATUSES } from './fixtures-standings.js';
import { gaps } from './gaps.js';
import { gapsOfWorks } from './gaps-works.js';
import { lampHistory } from './lamp-history.js';
import { recompute } from './recompute.js';
import { rateOfProject } from './money-figures.js';
import { lamps, projectList } from './watch.js';

const BASIS = { confidence: 'claimed', baseline: 'b0', limit: 100, skip: 0 } as const;
const everybody = () => true;

/** Every answer that reads projects one by one. */
function answers(plan: PlanState, standings: readonly Standing[], on: string) {
  const input = inputOf(plan, standings, on);
  return {
    due: dues(input, { baseline: 'b0', within: 3650 }, everybody),
    gaps: gaps(input),
    lamps: lamps(input, BASIS, everybody),
    projects: projectList(input, { ...BASIS, sort: 'stream' }, everybody),
  };
}

const suspended = (from: string, until: string): Suspension => ({ $typeName: 'planledger.v1.Suspension', from, until });
const START = { milestone: 'start', weight: 100, type: 'start', due: '2023-03-01' };
const SILENT: StandingFixture = { milestones: [START], reportedOn: '2022-11-01', reportedEntries: [9] };

describe('a project that was suspended from March to June 2023, resumed, and cancelled in 2025', () => {
  const standing = standingOf('project/1', {
    ...SILENT,
    ...{
      status: ProjectStatus.CANCELLED,
      statusSince: '2025-02-01',
      suspensions: [suspended('2023-03-01', '2023-06-01')],
    },
  });
  const seen = (on: string): unknown[] => {
    const { due, gaps: found, lamps: lit, projects } = answers(planOf({}), [standing], on);
    return [projects.projects[0]?.stage, due.length, found.map(({ kind }) => kind), lit.projects[0]?.overall.colour];
  };

  test.each([
    ['before', '2023-02-28', ['preparation', 1, ['stale-report'], 'green']],
    ['on the first day', '2023-03-01', ['suspended', 1, [], 'red']],
    ['on the last', '2023-05-31', ['suspended', 1, [], 'red']],
    ['once it was resumed', '2023-06-01', ['preparation', 1, ['stale-report'], 'red']],
    ['the day before its end', '2025-01-31', ['preparation', 1, ['stale-report'], 'red']],
    ['when it had ended', '2025-02-01', ['cancelled', 0, [], undefined]],
  ])('%s is what it was then', (_when, on, expected) => {
    expect(seen(on)).toEqual(expected);
  });

  test('is found by the stage it had', () => {
    const found = (stage: 'suspended' | 'cancelled', on: string): number =>
      projectList(inputOf(planOf({}), [standing], on), { ...BASIS, sort: 'stream', stage }, everybody).total;
    expect([found('suspended', '2023-04-01'), found('cancelled', '2023-04-01')]).toEqual([1, 0]);
    expect([found('suspended', '2025-04-01'), found('cancelled', '2025-04-01')]).toEqual([0, 1]);
  });

  test('what was due, and what was missing, is explained for the day on which it was', () => {
    const on = inputOf(planOf({}), [standing], '2024-12-31');
    const days = explain(on, 'due/milestone/1/start', 'claimed');
    expect(days?.value?.exact).toBe('-671');
    const stale = explain(on, 'gap/stale-report/silent/project/1', 'claimed');
    expect([stale?.value?.exact, stale?.entries]).toEqual(['791', [9]]);
    expect(explain(inputOf(planOf({}), [standing], '2025-02-01'), 'due/milestone/1/start', 'claimed')).toBeUndefined();
  });
});

describe('a suspension that lasts', () => {
  test('keeps the days before it, and one before it in which the project stood still', () => {
    const standing = standingOf('project/1', {
      ...SILENT,
      ...{
        status: ProjectStatus.SUSPENDED,
        statusSince: '2024-01-01',
        suspensions: [suspended('2022-12-01', '2023-02-01')],
      },
    });
    const stages = ['2022-11-30', '2023-01-31', '2023-02-01', '2023-12-31', '2024-01-01'].map(
      (on) => answers(planOf({}), [standing], on).projects.projects[0]?.stage,
    );
    expect(stages).toEqual(['preparation', 'suspended', 'preparation', 'preparation', 'suspended']);
  });
});

test('a project is in the reserve on the days on which it was', () => {
  const planned = { milestones: [START], inReserve: true, reserveSince: '2022-09-01' };
  const standing = standingOf('project/1', { ...planned, reserved: [suspended('2022-01-01', '2022-03-01')] });
  const stages = ['2021-12-31', '2022-01-01', '2022-02-28', '2022-03-01', '2022-08-31', '2022-09-01'].map(
    (on) => answers(planOf({}), [standing], on).projects.projects[0]?.stage,
  );
  expect(stages).toEqual(['preparation', 'reserve', 'reserve', 'preparation', 'preparation', 'reserve']);
});

/** What an element came to by each of these days. */
const changed = (on: string, fields: Partial<ElementChange>): ElementChange => ({
  ...{ $typeName: 'planledger.v1.ElementChange', requested: 0n, allocated: 0n, used: 0n, entries: [] },
  ...{ on, ...fields },
});

describe('an element asked for in 2022, given in two parts and half given back', () => {
  const CHANGES = [
    changed('2022-05-01', { requested: 100n, entries: [3] }),
    changed('2023-01-10', { allocated: 40n, entries: [5] }),
    changed('2023-04-10', { allocated: 60n, entries: [7] }),
    changed('2024-02-01', { allocated: -50n, entries: [9] }),
  ];
  const land: StandingFixture = {
    milestones: [START],
    elements: [
      {
        ...{ element: 'land', kind: 'land', needBy: '2023-03-01', requested: 100n, allocated: 50n },
        ...{ allocatedOn: '2023-04-10', entries: [3, 5, 7, 9], changes: CHANGES },
      },
    ],
  };
  const standing = standingOf('project/1', land);
  const missing = (on: string): unknown[] =>
    gapsOfWorks(inputOf(planOf({}), [standing], on)).map(({ kind, quantity, entries }) => [kind, quantity, entries]);
  const falling = (on: string): number =>
    answers(planOf({}), [standing], on).due.filter(({ kind }) => kind === 'element').length;

  test('was not needed before it was asked for', () => {
    expect([missing('2022-04-30'), falling('2022-04-30')]).toEqual([[], 0]);
    expect(falling('2022-05-01')).toBe(1);
  });

  test('was missing by what was not given yet, by the entries until then', () => {
    expect(missing('2023-01-31')).toEqual([['element-missing', '60', [3, 5]]]);
    expect([missing('2023-04-10'), falling('2023-04-10')]).toEqual([[], 0]);
    expect(missing('2024-02-01')).toEqual([['element-missing', '50', [3, 5, 7, 9]]]);
  });

  test('lay idle from twelve months after what was given last by then', () => {
    expect(missing('2024-01-31')).toEqual([]);
    expect(missing('2024-04-10')).toEqual([
      ['land-idle', '50', [3, 5, 7, 9]],
      ['element-missing', '50', [3, 5, 7, 9]],
    ]);
    const first = { ...CHANGES[1]!, on: '2022-05-01', allocated: 100n };
    const whole = standingOf('project/1', { ...land, elements: [{ ...land.elements![0], changes: [CHANGES[0]!, first, changed('2024-05-01', { allocated: 1n })] }] }); // prettier-ignore
    const kinds = gapsOfWorks(inputOf(planOf({}), [whole], '2023-05-01')).map(({ kind }) => kind);
    expect(kinds).toEqual(['land-idle']);
  });

  test('lit its lamp by what was there at the end of each month', () => {
    const history = lampHistory(
      inputOf(planOf({}), [standing], '2024-03-31'),
      'lamp/elements/project/1',
      BASIS,
      everybody,
    );
    expect(history?.runs.map(({ to, colour }) => [to, colour])).toEqual([
      ['2022-04-30', null],
      ['2022-12-31', 'green'],
      ['2023-02-28', 'yellow'],
      ['2023-03-31', 'red'],
      ['2024-01-31', 'green'],
      ['2024-03-31', 'red'],
    ]);
  });

  test('paid and given as funds, is money from each of these days', () => {
    const paid = [...CHANGES, changed('2024-03-01', { used: 20n })];
    const funds = standingOf('project/1', {
      ...land,
      elements: [{ ...land.elements![0], kind: 'funds', changes: paid }],
    });
    const rates = (kind: 'funded' | 'paid', on: string) =>
      rateOfProject(funds, kind, { baseline: 'b0', on }, 'claimed');
    expect(rates('funded', '2022-04-30')).toEqual({ done: 0n, of: 0n });
    expect(rates('funded', '2023-03-31')).toEqual({ done: 40n, of: 100n });
    expect(rates('funded', '2023-12-31')).toEqual({ done: 100n, of: 100n });
    expect(rates('paid', '2024-02-29')).toEqual({ done: 0n, of: 50n });
    expect(rates('paid', '2024-03-01')).toEqual({ done: 20n, of: 50n });
    const { entries = [] } =
      explain(inputOf(planOf({}), [funds], '2023-03-31'), 'money/funded/project/1', 'claimed') ?? {};
    expect(entries).toEqual([3, 5]);
  });

  test('is recomputed from its explanation on each of these days', () => {
    for (const on of ['2023-01-31', '2023-03-31', '2024-02-01']) {
      const input = inputOf(planOf({}), [standing], on);
      for (const { values = [] } of gaps(input)) {
        for (const { node, exact } of values) {
          const made = explain(input, node, 'claimed');
          expect([on, node, made?.value?.exact]).toEqual([on, node, exact]);
          const again = made && recompute(made);
          expect(again && toText(again)).toBe(exact);
        }
      }
    }
  });
});

describe('what comes later', () => {
  const measures = ['B1-1.schools', 'T9-1.flats'];
  const plan = planOf({ measures: measures.map((measure) => ({ measure, low: '10', due: '2023-12-31' })) });
  const projects = fc.tuple(
    ...['project/1', 'project/2'].map((stream) => anyStanding(stream, measures, ['B1-1', 'T9-1'])),
  );
  const earlier = fc.constantFrom('2021-06-01', '2022-06-30', '2023-09-01', '2024-12-31');
  const status = fc.record({ status: fc.constantFrom(...STATUSES), statusSince: fc.constant('2025-06-01') });

  test('of a project’s status alters nothing that is due, missing, lit or listed on an earlier day', () => {
    fc.assert(
      fc.property(projects, earlier, status, fc.boolean(), (made, on, end, paused) => {
        // Whose dates B0 takes after a split is a rule of its own (cells-lineage.spec.ts).
        const atWork = { status: ProjectStatus.ACTIVE, statusSince: '', successors: [] };
        const before = made.map((each) => ({ ...each, ...atWork }));
        const pause = paused ? [suspended('2025-01-01', '2025-03-01')] : [];
        const after = before.map((each) => ({ ...each, ...end, suspensions: [...each.suspensions, ...pause] }));
        expect(answers(plan, after, on)).toEqual(answers(plan, before, on));
      }),
      { numRuns: 30 },
    );
  });

  test('of an element, asked for or given, used or given back, alters nothing on an earlier day', () => {
    fc.assert(
      fc.property(projects, earlier, fc.bigInt({ min: -100n, max: 100n }), (made, on, quantity) => {
        const [asked, given] = [changed('2021-06-01', { requested: 9n, allocated: 5n, used: 1n }), changed('2025-01-01', { requested: 7n, allocated: quantity, used: 3n, entries: [4] })]; // prettier-ignore
        const known = made.map((each) => ({
          ...each,
          elements: each.elements.map((one) => ({ ...one, ...sums([asked]) })),
        }));
        const later = known.map((each) => ({
          ...each,
          elements: each.elements.map((one) => ({ ...one, ...sums([asked, given]) })),
        }));
        expect(answers(plan, later, on)).toEqual(answers(plan, known, on));
      }),
      { numRuns: 30 },
    );
  });
});

/** An element whose sums are those of its changes. */
function sums(changes: readonly ElementChange[]) {
  const total = (field: 'requested' | 'allocated' | 'used'): bigint =>
    changes.reduce((sum, each) => sum + each[field], 0n);
  const last = changes.at(-1)?.on ?? '';
  return {
    ...{ requested: total('requested'), allocated: total('allocated'), used: total('used') },
    ...{ allocatedOn: last, usedOn: last, changes: [...changes], entries: changes.flatMap(({ entries }) => entries) },
  };
}

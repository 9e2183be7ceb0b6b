import { describe, expect, test } from '@jest/globals';
import { type ElementStanding, ProjectStatus } from '@planledger/contracts';
import { inputOf, planOf, standingOf } from './fixtures.js';
import { gapsOfWorks } from './gaps-works.js';

type Project = Parameters<typeof standingOf>[1];

const element = (kind: string, fields: Partial<ElementStanding> = {}): ElementStanding => ({
  ...{ $typeName: 'planledger.v1.ElementStanding', element: `${kind}-1`, kind, requested: 100n, allocated: 0n },
  ...{ used: 0n, needBy: '2024-12-31', allocatedOn: '', usedOn: '', entries: [7], changes: [] },
  ...fields,
});
const START = { milestone: 'start', weight: 100, type: 'start', due: '2023-03-01' };

const kinds = (project: Project, on = '2024-06-30'): string[] =>
  gapsOfWorks(inputOf(planOf({}), [standingOf('project/1', project)], on)).map(({ kind }) => kind);

describe('works, money and land', () => {
  test('money is there and nothing was begun by its day', () => {
    const funds = { elements: [element('funds', { allocated: 100n })], milestones: [START] };
    expect(kinds(funds)).toEqual(['funds-without-progress']);
    expect(kinds(funds, '2023-03-01')).toEqual([]);
    expect(kinds({ ...funds, startedOn: '2023-02-01' })).toEqual([]);
  });

  test('works go on and no money came', () => {
    const half = { ...START, claimed: [1, 2] as const };
    expect(kinds({ elements: [element('funds')], milestones: [half], startedOn: '2023-02-01' })).toEqual([
      'progress-without-funds',
    ]);
  });

  test('land lies idle from the day on which twelve months are full', () => {
    const land = { elements: [element('land', { allocated: 100n, allocatedOn: '2023-06-30' })] };
    expect(kinds(land, '2024-06-29')).toEqual([]);
    expect(kinds(land, '2024-06-30')).toEqual(['land-idle']);
  });

  test('an element is needed within thirty days and missing', () => {
    expect(kinds({ elements: [element('staff', { needBy: '2024-07-30' })] })).toEqual(['element-missing']);
    expect(kinds({ elements: [element('staff', { needBy: '2024-07-31' })] })).toEqual([]);
  });

  test('nothing was reported for more than sixty days', () => {
    const silent = { milestones: [START], reportedOn: '2024-04-30' };
    expect(kinds(silent)).toEqual(['stale-report']);
    expect(kinds({ ...silent, reportedOn: '2024-05-01' })).toEqual([]);
    expect(kinds({ ...silent, backfilled: true })).toEqual([]);
    expect(kinds({ ...silent, milestones: [{ ...START, claimed: [1, 1] as const }] })).toEqual([]);
  });

  test('a project that ended has none', () => {
    const ended = { status: ProjectStatus.CANCELLED, elements: [element('staff', { needBy: '2024-01-01' })] };
    expect(kinds(ended)).toEqual([]);
  });
});

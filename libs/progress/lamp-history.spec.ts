import { describe, expect, test } from '@jest/globals';
import { ProjectStatus } from '@planledger/contracts';
import type { CaseState } from '@planledger/plan';
import { inputOf, planOf, standingOf, units } from './fixtures.js';
import { lampHistory } from './lamp-history.js';

const BASIS = { confidence: 'verified', baseline: 'b0' } as const;
const STREAM = 'project/p';
const everybody = () => true;

/** 开工 planned for March 2022, claimed and verified on the day given. */
const project = (claimedOn: string, status = ProjectStatus.ACTIVE) =>
  standingOf(STREAM, {
    ...{ status, backfilled: true },
    milestones: [
      {
        ...{ milestone: 'start', type: 'start', weight: 20, due: '2022-03-15', claimedOn },
        ...(claimedOn === '' ? {} : { claimed: [1, 1] as const, verified: [1, 1] as const }),
      },
      { milestone: 'works', weight: 80, due: '2025-06-30' },
    ],
  });
const historyOf = (node: string, claimedOn: string, on: string) =>
  lampHistory(inputOf(planOf({}), [project(claimedOn)], on), node, BASIS, everybody);
const briefly = (node: string, claimedOn: string, on: string) =>
  historyOf(node, claimedOn, on)?.runs.map(({ from, to, colour }) => [from, to, colour]);

describe('the history of a lamp', () => {
  test('of a project that starts late: green, yellow after the planned month, red from the third, green once mended', () => {
    expect(briefly(`lamp/start/${STREAM}`, '2022-08-10', '2022-10-20')).toEqual([
      ['2021-01-31', '2022-03-31', 'green'],
      ['2022-04-30', '2022-05-31', 'yellow'],
      ['2022-06-30', '2022-07-31', 'red'],
      ['2022-08-31', '2022-10-20', 'green'],
    ]);
  });

  test('of the overall lamp follows the darkest, with the reason of the last day', () => {
    const runs = historyOf(`lamp/overall/${STREAM}`, '2022-08-10', '2022-10-20')?.runs;
    expect(runs?.map(({ colour, grey }) => [colour, grey])).toEqual([
      ['green', false],
      ['yellow', false],
      ['red', false],
      ['green', false],
    ]);
    expect(historyOf(`lamp/start/${STREAM}`, '', '2022-04-15')?.runs.at(-1)).toEqual({
      ...{ from: '2022-04-15', to: '2022-04-15', colour: 'yellow', grey: false },
      text: '计划 2022-03-15 开工，应开未开',
    });
  });

  test('asked on a month’s last day holds that day once; before the plan’s start it is that day alone', () => {
    expect(briefly(`lamp/start/${STREAM}`, '', '2021-02-28')).toEqual([['2021-01-31', '2021-02-28', 'green']]);
    expect(briefly(`lamp/start/${STREAM}`, '', '2020-05-05')).toEqual([['2020-05-05', '2020-05-05', 'green']]);
  });

  test('long after the plan is of the last 120 months', () => {
    expect(briefly(`lamp/start/${STREAM}`, '', '2041-01-15')).toEqual([['2031-02-28', '2041-01-15', 'red']]);
  });

  test('of an item says since when it is behind, and that it was done', () => {
    const plan = planOf({ measures: [{ measure: 'B2-1.schools', low: '2', due: '2023-06-30' }] });
    const done = standingOf(STREAM, { contributions: units('B2-1.schools', 2, { from: '2023-09-01' }) });
    const runs = lampHistory(inputOf(plan, [done], '2023-12-31'), 'lamp/item/B2-1', BASIS, everybody)?.runs ?? [];
    expect(runs.map(({ to, colour }) => [to, colour]).slice(-2)).toEqual([
      ['2023-08-31', 'red'],
      ['2023-12-31', 'yellow'],
    ]);
  });

  test('of an indicator has no colour before the first value', () => {
    const plan = planOf({ indicators: [{ indicator: 'I01', target: '95' }] });
    const observed = standingOf('indicator/I01', {
      observations: [{ period: '2022', value: '96', on: '2022-12-31' }],
    });
    const runs = lampHistory(inputOf(plan, [observed], '2023-03-31'), 'lamp/indicator/I01', BASIS, everybody)?.runs;
    expect(runs?.map(({ from, colour }) => [from, colour])).toEqual([
      ['2021-01-31', null],
      ['2022-12-31', 'blue'],
    ]);
  });

  test.each([
    'item/B2-1',
    'lamp/item/B9-9',
    'lamp/indicator/I99',
    'lamp/start/project/other',
    'lamp/elements/project/p',
  ])('there is none of %s', (node) => {
    expect(historyOf(node, '', '2022-10-20')).toBeUndefined();
  });

  test('of a project that was cancelled ends with the month before, and stays', () => {
    const cancelled = { ...project('', ProjectStatus.CANCELLED), statusSince: '2022-06-10' };
    const runs = lampHistory(inputOf(planOf({}), [cancelled], '2022-10-20'), `lamp/start/${STREAM}`, BASIS, everybody);
    expect(runs?.runs.map(({ to, colour, text }) => [to, colour, text.slice(0, 4)])).toEqual([
      ['2022-03-31', 'green', '计划 2'],
      ['2022-05-31', 'yellow', '计划 2'],
      ['2022-10-20', null, '不亮灯'],
    ]);
  });

  test('keeps a person’s word in the months before its case was closed', () => {
    const lamp = { $typeName: 'planledger.v1.LampOverride' as const, lamp: 'start', colour: 'red', until: '' };
    const supervised: CaseState = {
      ...{
        id: 'c1',
        kind: 'supervision',
        title: '督办',
        about: STREAM,
        toUnit: 'u',
        due: '2022-05-31',
        level: '',
        lamp,
      },
      ...{ status: 'closed', raisedBy: { subject: 's', unit: 'fgw' }, raisedOn: '2021-02-10', reason: '现场未动' },
      ...{ since: '2021-04-02', evidence: [], version: 2, entries: [7, 9] },
      steps: [
        { on: '2021-02-10', status: 'open', due: '2022-05-31', position: 7 },
        { on: '2021-04-02', status: 'closed', due: '2022-05-31', position: 9 },
      ],
    };
    const plan = { ...planOf({}), cases: new Map([['c1', supervised]]) };
    const history = lampHistory(inputOf(plan, [project('')], '2021-05-10'), `lamp/start/${STREAM}`, BASIS, everybody);
    expect(history?.runs.map(({ from, to, colour }) => [from, to, colour])).toEqual([
      ['2021-01-31', '2021-01-31', 'green'],
      ['2021-02-28', '2021-03-31', 'red'],
      ['2021-04-30', '2021-05-10', 'green'],
    ]);
  });

  test('there is none of a project that was always said to be cancelled, nor for a reader who may not see it', () => {
    const node = `lamp/overall/${STREAM}`;
    const cancelled = inputOf(planOf({}), [project('', ProjectStatus.CANCELLED)], '2022-10-20');
    expect(lampHistory(cancelled, node, BASIS, everybody)).toBeUndefined();
    const input = inputOf(planOf({}), [project('')], '2022-10-20');
    expect(lampHistory(input, node, BASIS, everybody)).toBeDefined();
    expect(lampHistory(input, node, BASIS, () => false)).toBeUndefined();
  });
});

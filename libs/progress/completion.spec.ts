import { describe, expect, test } from '@jest/globals';
import { ItemNature, ProjectStatus, type Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import type { Completion, CutBy } from './answer.js';
import type { ItemRow } from './answer-rows.js';
import { receiveStanding } from './cells.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf, units } from './fixtures.js';
import { recompute } from './recompute.js';

const ON = '2023-07-02';
const CUTS: readonly CutBy[] = ['sector', 'programme', 'item', 'county'];

const plan = planOf({
  sectors: ['education', 'housing'],
  counties: ['410221', '410222'],
  items: [
    { item: 'B1-1', sector: 'education' },
    { item: 'B1-2', sector: 'education' },
    { item: 'B2-1', sector: 'education', nature: ItemNature.SCHEME },
    { item: 'T9-1', sector: 'housing' },
  ],
  measures: [
    { measure: 'B1-1.schools', low: '4' },
    { measure: 'B1-2.schools', low: '8' },
    { measure: 'T9-1.homes', low: '1000', unit: '套' },
  ],
});
const school = standingOf('project/1', {
  name: '第一小学',
  startedOn: '2022-01-01',
  items: ['B1-1', 'B1-2'],
  contributions: [...units('B1-1.schools', 3), ...units('B1-2.schools', 8)],
});
const homes = standingOf('project/2', {
  contributions: [{ measure: 'T9-1.homes', quantity: 250, county: '410222' }],
});
const answer = (by: CutBy, standings: readonly Standing[] = [school, homes]): Completion =>
  completion(inputOf(plan, standings, ON), by);

describe('the headline', () => {
  const { programmes, body } = answer('sector').headline;

  test('keeps programme items and body items apart, each weighted over its quantified items', () => {
    expect(programmes).toMatchObject({ items: 3, quantified: 2, quantifiedText: '3 项中 2 项可量化' });
    expect(programmes.figures.b0.verified).toEqual({ node: 'half/programmes', exact: '7/8', percent: '87.5' });
    expect(body.figures.b0.verified.exact).toBe('1/4');
  });

  test('counts by verdict first', () => {
    expect(programmes.verdicts.b0.verified).toEqual({
      ...{ done: 1, 'on-track': 1, lagging: 0, 'not-started': 0, unquantified: 1 },
    });
  });

  test('claimed stands beside verified, and what lies between them', () => {
    expect(body.figures.b0).toMatchObject({ claimed: { exact: '0' }, gapPoints: '-25.0' });
    expect(programmes.figures.b0.gapPoints).toBe('0.0');
  });

  test('stands beside what was planned by then, and the time that has passed', () => {
    const input = inputOf(plan, [school, homes], ON);
    // Half of 1,826 days; every measure is linear over the period.
    expect(answer('sector').elapsed).toMatchObject({ days: 913, of: 1826, exact: '1/2', percent: '50.0' });
    expect([programmes, body].map(({ planned }) => planned.b0.exact)).toEqual(['1/2', '1/2']);
    const ahead = [programmes, body].map(({ ahead: { b0 } }) => [b0.verified.exact, b0.verified.percent]);
    expect(ahead).toEqual([
      ['3/8', '37.5'],
      ['-1/4', '-25.0'],
    ]);
    for (const node of ['elapsed/plan', 'planned/half/body', 'planned/item/T9-1', 'planned/measure/T9-1.homes']) {
      const made = explain(input, node, 'verified');
      expect([node, made?.value.exact, made && recompute(made)]).toEqual([node, '1/2', fraction(1, 2)]);
    }
    const behind = explain(input, 'ahead/half/body', 'verified');
    expect([behind?.value.exact, behind?.value.percent, behind && recompute(behind)]).toEqual(['-1/4', '-25.0', fraction(-1, 4)]); // prettier-ignore
  });

  test('names its basis, its rules and its weights', () => {
    const { basis, ruleVersion, afterTheFact, weightSet, planPosition } = answer('item');
    expect({ basis, ruleVersion, afterTheFact, weightSet }).toEqual({
      ...{ basis: '依据：征求意见稿（2022-03）', ruleVersion: 'v0', afterTheFact: true },
      weightSet: { id: 'equal', name: '等权', inForceFrom: null, document: null, inForce: true },
    });
    expect(planPosition).toBe(plan.position);
  });

  test('the denominator line lists what cancelled projects did not deliver; the target stays', () => {
    const cancelled = standingOf('project/3', {
      ...{ name: '二小', status: ProjectStatus.CANCELLED, statusSince: '2023-03-01', document: '汴发改〔2023〕5号' },
      position: 71,
      ...{
        designed: [
          { measure: 'B1-1.schools', quantity: 3 },
          { measure: 'B1-2.schools', quantity: 1 },
        ],
        contributions: [...units('B1-1.schools', 1, { unit: 'x' }), ...units('B1-2.schools', 1, { unit: 'y' })],
      },
    });
    const { denominator, figures } = answer('sector', [school, homes, cancelled]).headline.programmes;
    expect(denominator).toMatchObject({ b0: 3, current: 3 });
    expect(denominator.left).toEqual([
      {
        ...{ node: 'project/3', project: 'project/3', name: '二小', status: 'cancelled', entry: 71 },
        ...{ on: '2023-03-01', document: '汴发改〔2023〕5号' },
        items: ['B1-1', 'B1-2'],
        // What it did deliver, all of B1-2, is not among it.
        unfinished: [{ measure: 'B1-1.schools', name: '产出 B1-1.schools', unit: '所', designed: 3, unfinished: 2 }],
      },
    ]);
    expect(figures.b0.verified.exact).toBe('1');
  });
});

describe('rows', () => {
  test('by sector and by programme hold every item once', () => {
    for (const by of ['sector', 'programme'] as const) {
      const { rows } = answer(by);
      expect(rows.reduce((total, row) => total + ('items' in row ? row.items : 0), 0)).toBe(4);
    }
    expect(answer('programme').rows.map(({ node }) => node)).toEqual(['programme/1', 'programme/2', 'half/body']);
  });

  test('a cut in which nothing is quantified has no number', () => {
    const row = answer('programme').rows.find(({ node }) => node === 'programme/2');
    expect(row?.figures.b0.verified).toMatchObject({ exact: null, whyNull: 'unquantified', whyText: '无量化目标' });
  });

  test('by item bring the measures, their counts and their schedule', () => {
    const row = answer('item').rows.find((each): each is ItemRow => each.node === 'item/B1-1');
    expect(row).toMatchObject({ projects: 1, verdict: { b0: { verified: 'on-track' } }, strive: null });
    const [measure] = row?.measures ?? [];
    expect(measure?.count.b0.verified).toMatchObject({ done: '3', target: '4', satisfied: false, overdue: false });
    expect(measure?.schedule.b0.verified).toMatchObject({ state: 'running', spi: '3/2', planned: '1/2' });
  });

  test('a county has no share of its own, but what was counted there', () => {
    const row = answer('county').rows.find(({ node }) => node === 'county/410222');
    expect(row).toMatchObject({
      figures: { b0: { verified: { exact: null, whyText: '未分解' } } },
      counted: [{ measure: 'T9-1.homes', claimed: 0, verified: 250 }],
    });
  });

  test('units of projects without a link are named beside, in no figure', () => {
    const stray = standingOf('project/9', { items: ['T9-1'], contributions: units('B1-1.schools', 1) });
    const { offPlan, headline } = answer('item', [school, homes, stray]);
    expect(offPlan).toEqual([
      { node: 'off-plan/measure/B1-1.schools', measure: 'B1-1.schools', claimed: 1, verified: 1 },
    ]);
    expect(headline.programmes.figures.b0.verified.exact).toBe('7/8');
  });
});

describe('an answer', () => {
  test('is plain JSON', () => {
    for (const by of CUTS) expect(JSON.parse(JSON.stringify(answer(by)))).toEqual(answer(by));
  });

  test('does not depend on the order in which standings came, nor on what was asked before', () => {
    for (const by of CUTS) expect(answer(by, [homes, school])).toEqual(answer(by, [structuredClone(school), homes]));
  });

  test('follows a standing that changed after an earlier answer', () => {
    const input = inputOf(plan, [school, homes], ON);
    const before = completion(input, 'item');
    const standings = new Map(input.standings);
    const moved = standingOf('project/1', { contributions: units('B1-1.schools', 4) });
    const after = { ...school, version: 2, contributions: moved.contributions };
    receiveStanding(input.cells, standings, after);
    const live = completion({ ...input, standings }, 'item');
    expect(live).toEqual(completion(inputOf(plan, [homes, after], ON), 'item'));
    expect(live).not.toEqual(before);
  });

  test('is refused where rules were adopted that this program does not know', () => {
    const rules = [{ part: 'progress', version: 'v9', inForceFrom: '2022-01-01' }];
    expect(() => completion(inputOf(planOf({ rules }), [], ON), 'item')).toThrow('v9');
    expect(completion(inputOf(planOf({ rules }), [], '2021-12-31'), 'item').ruleVersion).toBeNull();
  });
});

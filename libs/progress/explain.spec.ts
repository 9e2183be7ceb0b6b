import { describe, expect, test } from '@jest/globals';
import { ProjectStatus, Quantifier } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { inputOf, planOf, standingOf, units, WIRE } from './fixtures.js';
import type { CompletionInput, Confidence } from './reading.js';
import { recompute } from './recompute.js';

const ID = 'B1-1.schools';
const asked = (input: CompletionInput, node: string, confidence: Confidence = 'verified'): Explanation => {
  const explanation = explain(input, node, confidence);
  if (!explanation) throw new Error(`nothing at ${node}`);
  return explanation;
};

describe('an explanation of a measure', () => {
  const plan = planOf({
    measures: [{ measure: ID, low: '10' }],
    doubts: [
      {
        ...{ doubt: 'D11', title: '新建还是总量', about: [ID], quotes: ['100 所'], settledBy: '市民政局' },
        readings: [
          { reading: 'new', text: '新建', target: '10' },
          { reading: 'total', text: '总量', target: '40' },
        ],
      },
    ],
  });
  const standings = [
    standingOf('project/1', {
      name: '一小',
      contributions: [
        ...units(ID, 3, { entries: [41, 57] }),
        ...units(ID, 1, { unit: 'later', from: '2025-09-01' }),
        ...units(ID, 1, { unit: 'lost', until: '2023-01-01' }),
      ],
      uncounted: [{ measure: ID, unit: 'w', reason: 'EDU_BUILT_NOT_OPENED', confidence: WIRE.verified }],
    }),
    standingOf('project/2', { name: '二小', items: ['T9-1'], contributions: units(ID, 1) }),
    standingOf('project/3', {
      ...{ name: '三小', status: ProjectStatus.MOVED_OUT, position: 88, designed: [{ measure: ID, quantity: 2 }] },
    }),
  ];
  const input = inputOf(plan, standings, '2024-06-30');
  const explanation = asked(input, `measure/${ID}`);

  test('says how it was made, from what, and by which rules', () => {
    expect(explanation).toMatchObject({
      ...{ value: { exact: '3/10', percent: '30.0' }, ruleVersion: 'v0', on: '2024-06-30' },
      formula: { rule: 'capped-quotient', text: 'c = min(1, d ÷ T)' },
      inputs: [
        { symbol: 'd', value: '3', unit: '所' },
        { symbol: 'T', value: '10', unit: '所' },
      ],
      entries: [plan.definedAt.get(ID)],
    });
    expect(explanation.children.map(({ node, value }) => [node, value])).toEqual([
      [`contribution/${ID}/project/1/u1`, '1'],
      [`contribution/${ID}/project/1/u2`, '1'],
      [`contribution/${ID}/project/1/u3`, '1'],
    ]);
  });

  test('names what was left out, and why', () => {
    expect(explanation.leftOut.map(({ what, why, quantity }) => [what, why, quantity])).toEqual([
      ['三小', 'moved-out', '2'],
      ['一小 w', 'uncounted', '1'],
      ['一小 lost1', 'lost', '1'],
      ['二小 u1', 'off-plan', '1'],
      ['一小 later1', 'later', '1'],
    ]);
    expect(explanation.leftOut.find(({ why }) => why === 'uncounted')?.reason).toBe('EDU_BUILT_NOT_OPENED');
    expect(explanation.leftOutTotal).toBe(5);
  });

  test('shows every reading of an open doubt, with the share it would give', () => {
    expect(explanation.doubts).toMatchObject([
      {
        doubt: 'D11',
        quotes: ['100 所'],
        readings: [
          { target: '10', value: '3/10' },
          { target: '40', value: '3/40' },
        ],
      },
    ]);
  });

  test('ends at units, and those at entries of the ledger', () => {
    expect(asked(input, `contribution/${ID}/project/1/u2`)).toMatchObject({
      value: { exact: '1', percent: null },
      entries: [41, 57],
    });
  });

  test('of a roster names who is still missing, and what lies outside', () => {
    const rostered = planOf({
      measures: [{ measure: ID, quantifier: Quantifier.EACH, low: '1', roster: 'each' }],
      rosters: [{ roster: 'each', members: ['杞县', '通许'].map((name) => ({ member: name, name })) }],
    });
    const built = standingOf('project/1', {
      ...{ name: '一小', contributions: ['杞县', '龙亭'].map((member) => ({ measure: ID, unit: member, member })) },
    });
    const { value, leftOut, entries } = asked(inputOf(rostered, [built], '2024-06-30'), `measure/${ID}`);
    expect(value.exact).toBe('1/2');
    expect(leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['一小 龙亭', 'outside-roster'],
      ['通许', 'unmet'],
    ]);
    expect(entries).toEqual([rostered.definedAt.get(ID), rostered.definedAt.get('each')]);
  });

  test('形象折算 lists the projects still at work on it, not those that left', () => {
    const working = standingOf('project/4', {
      ...{ name: '四小', designed: [{ measure: ID, quantity: 2 }] },
      milestones: [{ milestone: 'start', weight: 3, claimed: [1, 1], verified: [1, 3] }],
    });
    const { value, inputs, children } = asked(
      inputOf(plan, [...standings, working], '2024-06-30'),
      `under-way/measure/${ID}`,
    );
    expect(children).toEqual([{ node: 'project/4', name: '四小', weight: '2', value: '333333/1000000' }]);
    expect(inputs.map(({ symbol, value: each }) => [symbol, each])).toEqual([
      ['d', '3'],
      ['s', '333333/500000'],
      ['T', '10'],
    ]);
    expect(value.percent).toBe('36.7');
  });

  test('pages its leaves: every unit on one page and on one only', () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = explain(input, `measure/${ID}`, 'verified', { limit: 2, ...(after ? { after } : {}) });
      seen.push(...(page?.children ?? []).map(({ node }) => node));
      expect(page?.page?.total).toBe(3);
      after = page?.page?.next ?? undefined;
    } while (after !== undefined && seen.length < 10);
    expect(seen).toEqual(explanation.children.map(({ node }) => node));
  });

  test('of nothing is nothing', () => {
    for (const node of [
      '',
      'plan/',
      'measure/',
      'measure/none',
      'item/none',
      'sector/none',
      'half/none',
      'programme/0',
    ]) {
      expect(explain(input, node, 'verified')).toBeUndefined();
    }
    for (const node of [
      'strive/half/body',
      'schedule/sector/education',
      'contribution/x/project/1',
      'project/none',
      'county/1',
    ]) {
      expect(explain(input, node, 'verified')).toBeUndefined();
    }
  });
});

test('recompute refuses an explanation that lacks an input its formula names', () => {
  const plan = planOf({ measures: [{ measure: ID }] });
  const explanation = asked(inputOf(plan, [], '2024-06-30'), `measure/${ID}`);
  expect(recompute(explanation)).toEqual(fraction(0));
  expect(() => recompute({ ...explanation, inputs: [] })).toThrow('no input T');
});

import { describe, expect, test } from '@jest/globals';
import { Commitment, ProjectStatus } from '@planledger/contracts';
import type { ItemRow, SchemeStatus } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf, type StandingFixture } from './fixtures.js';
import { gaps } from './gaps.js';
import type { CompletionInput } from './reading.js';

const ID = 'B1-1.city';
const plan = planOf({ measures: [{ measure: ID, commitment: Commitment.STRIVE, scheme: true }] });

/** A project that designs the 谋划, with its documents: each claimed on its day, verified where it says so. */
const scheme = (
  steps: Readonly<Record<string, readonly [on: string, verified: boolean]>>,
  more: StandingFixture = {},
) => ({
  ...{ name: '申报', designed: [{ measure: ID, quantity: 1 }] },
  milestones: Object.entries(steps).map(([milestone, [claimedOn, verified]], index) => ({
    ...{ milestone, weight: 1, type: 'document', claimedOn, claimed: [1, 1] as const },
    ...{ verified: [verified ? 1 : 0, 1] as const, entries: [40 + index] },
  })),
  ...more,
});
const inputWith = (projects: readonly StandingFixture[], on = '2024-06-30'): CompletionInput =>
  inputOf(
    plan,
    projects.map((each, index) => standingOf(`project/${index + 1}`, each)),
    on,
  );
const status = (projects: readonly StandingFixture[], on?: string): readonly (SchemeStatus | undefined)[] => {
  const row = completion(inputWith(projects, on), 'item').rows.find((each): each is ItemRow => each.kind === 'item');
  const made = row?.measures[0]?.scheme;
  return [made?.claimed, made?.verified];
};

describe('a 谋划', () => {
  test('has the status of the last document that a linked project reached, claimed beside verified', () => {
    expect(status([])).toEqual(['未启动', '未启动']);
    expect(status([scheme({ 'scheme-drafted': ['2022-05-01', true] })])).toEqual(['在编', '在编']);
    const submitted = scheme({ 'scheme-drafted': ['2022-05-01', true], 'scheme-submitted': ['2023-05-01', false] });
    expect(status([submitted])).toEqual(['已报', '在编']);
    expect(status([submitted], '2023-04-30')).toEqual(['在编', '在编']);
    expect(status([submitted], '2022-04-30')).toEqual(['未启动', '未启动']);
    expect(status([scheme({ 'scheme-approved': ['2024-01-01', true] }), submitted])).toEqual(['已批', '已批']);
  });

  test('follows no project that ended, is flagged or not linked, and no milestone of another kind or exempted', () => {
    const approved = { 'scheme-approved': ['2023-01-01', true] } as const;
    const ended = scheme(approved, { status: ProjectStatus.CANCELLED, statusSince: '2024-01-01' });
    expect([status([ended], '2023-12-31'), status([ended])]).toEqual([
      ['已批', '已批'],
      ['未启动', '未启动'],
    ]);
    expect(status([scheme(approved, { offPlan: true })])).toEqual(['未启动', '未启动']);
    expect(status([scheme(approved, { items: ['B1-2'] })])).toEqual(['未启动', '未启动']);
    const [milestone] = scheme(approved).milestones;
    for (const more of [{ type: 'approval' }, { exempt: true }]) {
      expect(status([{ ...scheme({}), milestones: milestone ? [{ ...milestone, ...more }] : [] }])[0]).toBe('未启动');
    }
  });

  test('is a gap only while nothing was drafted', () => {
    const found = (projects: readonly StandingFixture[]) =>
      gaps(inputWith(projects)).filter(({ kind }) => kind === 'scheme-without-status').length;
    expect([found([]), found([scheme({ 'scheme-drafted': ['2022-05-01', false] })])]).toEqual([1, 0]);
  });

  test('is explained by the documents that give it, down to their entries', () => {
    const input = inputWith([
      scheme({ 'scheme-drafted': ['2022-05-01', true], 'scheme-submitted': ['2023-05-01', false] }),
    ]);
    const made = explain(input, `measure/${ID}`, 'claimed');
    expect(made).toMatchObject({ value: { exact: null, whyNull: 'scheme' }, formula: { rule: 'none' } });
    expect(made?.inputs).toEqual([{ symbol: 'status', name: '状态', value: '已报' }]);
    expect(made?.entries).toEqual([plan.definedAt.get(ID), 40, 41]);
    expect(made?.children.map(({ node, value }) => [node, value])).toEqual([
      ['milestone/1/scheme-drafted', '1'],
      ['milestone/1/scheme-submitted', '1'],
    ]);
    expect(explain(input, `measure/${ID}`, 'verified')?.inputs[0]?.value).toBe('在编');
  });
});

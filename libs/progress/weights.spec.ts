import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ItemRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type Later, planOf, type PlanFixture, standingOf, units } from './fixtures.js';
import type { CompletionInput } from './reading.js';
import { weightSetOn, weightSetsOn } from './weights.js';

type Weights = Readonly<Record<string, number>>;
const listed = (weights: Weights) => Object.entries(weights).map(([code, weight]) => ({ code, weight }));
const approved = (set: string, inForceFrom: string, items: Weights, measures: Weights = {}): Later => ({
  case: 'weightSetApproved',
  value: {
    ...{ set, name: `权重 ${set}`, inForceFrom, document: `汴发改〔${inForceFrom.slice(0, 4)}〕1号` },
    ...{ items: listed(items), measures: listed(measures) },
  },
});

const PLAN: PlanFixture = {
  measures: [
    { measure: 'B1-1.a', low: '10' },
    { measure: 'B1-1.b', low: '4' },
    { measure: 'B1-2.a', low: '8' },
    { measure: 'B2-1.a', low: '2' },
    { measure: 'B2-2.a', low: '' },
  ],
};
// B1-1: a 1/2, b 1/4. B1-2: 1. B2-1: 1/2. B2-2 has no number.
const built = standingOf('project/1', {
  items: ['B1-1', 'B1-2', 'B2-1'],
  contributions: [...[...units('B1-1.a', 5), ...units('B1-1.b', 1)], ...[...units('B1-2.a', 8), ...units('B2-1.a', 1)]],
});
const ON = '2024-06-30';
const input = (later: readonly Later[], on = ON): CompletionInput => inputOf(planOf({ ...PLAN, later }), [built], on);
const half = (asked: CompletionInput): string | null =>
  completion(asked, 'item').headline.programmes.figures.b0.verified.exact;

describe('the set in force', () => {
  const sets = [
    approved('a', '2023-01-01', { 'B1-1': 1 }),
    approved('b', '2025-01-01', { 'B1-1': 1 }),
    approved('c', '2024-01-01', { 'B1-1': 1 }),
    approved('d', '2024-01-01', { 'B1-1': 1 }),
  ];
  const plan = planOf({ ...PLAN, later: sets });

  test('is the one whose force began last; of two from one day the later approved; equal before the first', () => {
    const inForce = (on: string): string => weightSetOn(plan, on).id;
    expect(['2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01', '2025-01-01'].map(inForce)).toEqual([
      ...['equal', 'a', 'a', 'd', 'b'],
    ]);
  });

  test('others are one click away, each as of that day', () => {
    expect(weightSetsOn(plan, '2024-06-30').map(({ id }) => id)).toEqual(['equal', 'a', 'b', 'c', 'd']);
    const again = planOf({ ...PLAN, later: [...sets, approved('a', '2024-03-01', { 'B1-2': 1 })] });
    const a = (on: string) => weightSetsOn(again, on).find(({ id }) => id === 'a')?.inForceFrom;
    expect([a('2022-06-30'), a('2024-02-29'), a('2024-03-01')]).toEqual(['2023-01-01', '2023-01-01', '2024-03-01']);
  });
});

describe('a cut by a set', () => {
  const policy = approved('policy', '2023-01-01', { 'B1-1': 6_000, 'B1-2': 1_000, 'B2-2': 3_000 });

  test('renormalises over its quantified items; what is not named weighs 0', () => {
    // (6·3/8 + 1·1) / 7: B2-1 is not named, B2-2 has no number.
    expect(half(input([policy]))).toBe('13/28');
    expect(half(input([policy], '2022-12-31'))).toBe('5/8');
    const rows = completion(input([policy]), 'programme').rows.map((row) => row.figures.b0.verified);
    expect(rows.map(({ exact, whyText }) => exact ?? whyText)).toEqual(['13/28', '所用权重集未给权重', '无量化目标']);
  });

  test('is answered by the set that was asked for, and says which it is', () => {
    const asked = { ...input([policy]), weights: 'equal' };
    const { weightSet, weightSets } = completion(asked, 'item');
    expect([half(asked), weightSet.id, weightSet.inForce]).toEqual(['5/8', 'equal', false]);
    expect(weightSets).toEqual([
      { id: 'equal', name: '等权', inForceFrom: null, document: null, inForce: false },
      {
        ...{ id: 'policy', name: '权重 policy', inForceFrom: '2023-01-01', inForce: true },
        document: '汴发改〔2023〕1号',
      },
    ]);
    expect(() => completion({ ...asked, weights: 'none' }, 'item')).toThrow('none');
  });

  test('explained, weights are those of the set, and who has none is left out', () => {
    const { weightSet, children, leftOut } = explain(input([policy]), 'half/programmes', 'verified') ?? {};
    expect(weightSet).toBe('policy');
    expect(children?.map(({ node, weight }) => [node, weight])).toEqual([
      ['item/B1-1', '6/7'],
      ['item/B1-2', '1/7'],
    ]);
    expect(leftOut?.map(({ node, why }) => [node, why])).toEqual([
      ['item/B2-1', 'no-weight'],
      ['item/B2-2', 'unquantified'],
    ]);
  });
});

describe('measures within an item', () => {
  const itemOf = (asked: CompletionInput): ItemRow | undefined =>
    completion(asked, 'item').rows.find((row): row is ItemRow => row.node === 'item/B1-1');
  const c = (measures: Weights): string | null | undefined =>
    itemOf(input([approved('s', '2023-01-01', { 'B1-1': 1 }, measures)]))?.figures.b0.verified.exact;

  test('weigh as the set names them, equally where it names none', () => {
    expect(c({ 'B1-1.a': 3_000, 'B1-1.b': 1_000 })).toBe('7/16');
    expect(c({ 'B1-1.b': 1 })).toBe('1/4');
    expect(c({ 'B1-2.a': 1 })).toBe('3/8');
  });

  test('explained, one that is not named is left out', () => {
    const named = input([approved('s', '2023-01-01', { 'B1-1': 1 }, { 'B1-1.b': 1 })]);
    const { children, leftOut } = explain(named, 'item/B1-1', 'verified') ?? {};
    expect(children?.map(({ node, weight }) => [node, weight])).toEqual([['measure/B1-1.b', '1']]);
    expect(leftOut).toMatchObject([{ node: 'measure/B1-1.a', why: 'no-weight' }]);
    expect(itemOf(named)?.measures.map(({ weighs }) => weighs)).toEqual([false, true]);
  });
});

test('splitting an item in two whose weights divide its parent’s leaves the cut as it was', () => {
  const small = fc.integer({ min: 1, max: 9 });
  const measure = fc.record({ low: small, done: fc.nat(12), weight: small });
  fc.assert(
    fc.property(
      fc.array(measure, { minLength: 2, maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      measure,
      (measures, cut, other) => {
        const at = Math.min(cut, measures.length - 1);
        const id = (item: string, index: number): string => `${item}.m${index}`;
        const cutOf = (itemAt: (index: number) => string): string | null => {
          const placed = measures.map((each, index) => ({ ...each, item: itemAt(index), index }));
          const all = [...placed, { ...other, item: 'B1-9', index: 9 }];
          const items = new Map<string, number>();
          for (const { item, weight } of all) items.set(item, (items.get(item) ?? 0) + weight);
          const set = approved(
            ...(['s', '2021-01-01'] as const),
            Object.fromEntries(items),
            Object.fromEntries(all.map(({ item, index, weight }) => [id(item, index), weight])),
          );
          const plan = planOf({
            measures: all.map(({ item, index, low }) => ({ measure: id(item, index), low: String(low) })),
            later: [set],
          });
          const contributions = all.flatMap(({ item, index, done }) => units(id(item, index), done));
          return half(inputOf(plan, [standingOf('project/1', { contributions })], ON));
        };
        expect(cutOf((index) => (index < at ? 'B1-1' : 'B1-2'))).toBe(cutOf(() => 'B1-1'));
      },
    ),
    { numRuns: 100 },
  );
});

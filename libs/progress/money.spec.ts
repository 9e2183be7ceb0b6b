import { describe, expect, test } from '@jest/globals';
import { ProjectStatus } from '@planledger/contracts';
import type { Money } from './answer.js';
import type { CutRow, ItemRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type Later, planOf, standingOf, type StandingFixture } from './fixtures.js';
import type { CompletionInput, Confidence } from './reading.js';

const PLAN = {
  sectors: ['education', 'housing'],
  items: [
    { item: 'B1-1', sector: 'education' },
    { item: 'B1-2', sector: 'education' },
    { item: 'T9-1', sector: 'housing' },
  ],
};
const ON = '2024-06-30';
/** 10 million approved, 12 now; 3 by the end of 2023 and 5 by now, of which 4 verified; 4 planned for 2024, now 5. */
const school: StandingFixture = {
  ...{ name: '一小', items: ['B1-1', 'B1-2'], estimateB0: 10_000_000n, estimate: 12_000_000n, position: 77 },
  money: [
    { year: 2023, claimed: 3_000_000n, verified: 3_000_000n, plannedB0: 4_000_000n, planned: 4_000_000n },
    { year: 2024, claimed: 5_000_000n, verified: 4_000_000n, plannedB0: 4_000_000n, planned: 5_000_000n },
  ],
  elements: [
    { kind: 'funds', requested: 8_000_000n, allocated: 6_000_000n, used: 1_500_000n, allocatedOn: '2023-05-01', usedOn: '2024-07-01', entries: [31, 33] }, // prettier-ignore
    { kind: 'land', requested: 900n, allocated: 900n, used: 900n },
  ],
};
const flats: StandingFixture = {
  ...{ name: '公寓', items: ['T9-1'], estimateB0: 30_000_000n, estimate: 30_000_000n },
  money: [{ year: 2022, claimed: 6_000_000n, verified: 0n }],
};

const inputWith = (projects: readonly StandingFixture[], on = ON, later: readonly Later[] = []): CompletionInput =>
  inputOf(
    planOf({ ...PLAN, later }),
    projects.map((each, index) => standingOf(`project/${index + 1}`, each)),
    on,
  );
const exact = (
  { investment, year, funded, paid }: Money,
  baseline: 'b0' | 'current' = 'b0',
  confidence: Confidence = 'claimed',
) => [investment, year, funded, paid].map((quad) => quad[baseline][confidence].exact);
const itemMoney = (input: CompletionInput, code: string): Money => {
  const row = completion(input, 'item').rows.find(
    (each): each is ItemRow => each.kind === 'item' && each.code === code,
  );
  if (!row) throw new Error(`no row ${code}`);
  return row.money;
};

describe('money of an item', () => {
  const money = itemMoney(inputWith([school]), 'B1-1');

  test('完成投资率: completed ÷ approved estimate, B0 and current, claimed and verified', () => {
    const { b0, current } = money.investment;
    expect([b0.claimed.exact, b0.verified.exact]).toEqual(['1/2', '2/5']);
    expect([current.claimed.exact, current.verified.exact]).toEqual(['5/12', '1/3']);
    expect(b0).toMatchObject({ claimed: { node: 'money/investment/item/B1-1', percent: '50.0' }, gapPoints: '10.0' });
  });

  test('年度: what this year added ÷ this year’s plan', () => {
    const { b0, current } = money.year;
    expect([b0.claimed.exact, b0.verified.exact, current.claimed.exact]).toEqual(['1/2', '1/4', '2/5']);
    const of = (on: string) => itemMoney(inputWith([school], on), 'B1-1').year.b0.claimed.exact;
    expect([of('2023-12-31'), of('2022-12-31'), of('2025-01-01')]).toEqual(['3/4', null, null]);
  });

  test('到位率 and 支付率 of funds alone; an allocation or payment counts from its day', () => {
    expect(exact(money)).toEqual(['1/2', '1/2', '3/4', '0']);
    expect(exact(itemMoney(inputWith([school], '2024-07-01'), 'B1-1'))[3]).toBe('1/4');
    expect(exact(itemMoney(inputWith([school], '2023-04-30'), 'B1-1')).slice(2)).toEqual(['0', null]);
  });

  test('a year without a report stands where the year before left it', () => {
    expect(exact(itemMoney(inputWith([school], '2025-03-01'), 'B1-1'))[0]).toBe('1/2');
    expect(exact(itemMoney(inputWith([school], '2023-01-01'), 'B1-1'))[0]).toBe('3/10');
    expect(exact(itemMoney(inputWith([school], '2022-12-31'), 'B1-1'))[0]).toBe('0');
  });

  test('nothing planned is no rate; more than planned is shown as such', () => {
    expect(itemMoney(inputWith([{ items: ['B1-1'] }]), 'B1-1').investment.b0.claimed).toMatchObject({
      ...{ exact: null, whyNull: 'no-money', whyText: '未填报投资或资金' },
    });
    const over = { ...school, estimateB0: 4_000_000n };
    expect(itemMoney(inputWith([over]), 'B1-1').investment.b0.claimed).toMatchObject({
      exact: '5/4',
      percent: '125.0',
    });
  });

  test('it is no part of C', () => {
    const [row] = completion(inputWith([school]), 'item').rows;
    expect(row?.figures.b0.claimed.exact).toBeNull();
  });
});

describe('sums', () => {
  const input = inputWith([school, flats]);

  test('a project that is linked to two items is in each, and once in what holds both', () => {
    expect(exact(itemMoney(input, 'B1-2'))).toEqual(exact(itemMoney(input, 'B1-1')));
    const rows = completion(input, 'programme').rows as CutRow[];
    expect(rows.map(({ node, money }) => [node, exact(money)[0]])).toEqual([
      ['programme/1', '1/2'],
      ['half/body', '1/5'],
    ]);
    // (5 + 6) / (10 + 30)
    expect(exact(completion(input, 'item').money)[0]).toBe('11/40');
  });

  test('a flagged project is in none', () => {
    expect(exact(completion(inputWith([{ ...school, offPlan: true }, flats]), 'item').money)[0]).toBe('1/5');
  });

  test('who ended stays in B0’s, and leaves both sides of current ones on its day', () => {
    const ended = {
      ...flats,
      status: ProjectStatus.CANCELLED,
      statusSince: '2024-03-01',
      document: '汴发改〔2024〕3号',
    };
    const of = (on: string) => {
      const { investment } = completion(inputWith([school, ended], on), 'item').money;
      return [investment.b0.claimed.exact, investment.current.claimed.exact];
    };
    expect([of('2024-02-29'), of('2024-03-01')]).toEqual([
      ['11/40', '11/42'],
      ['11/40', '5/12'],
    ]);
    const explained = explain(inputWith([school, ended]), 'money/investment/plan', 'claimed', { baseline: 'current' });
    expect(explained?.leftOut).toMatchObject([
      { why: 'cancelled', what: '公寓', text: '项目已取消（汴发改〔2024〕3号，2024-03-01）' },
    ]);
  });

  test('a withdrawn item is B0’s only', () => {
    const later: Later = { case: 'planAdjusted', value: { document: '汴政〔2023〕1号', withdrawn: ['T9-1'] } };
    const { investment } = completion(inputWith([school, flats], ON, [later]), 'item').money;
    expect([investment.b0.claimed.exact, investment.current.claimed.exact]).toEqual(['11/40', '5/12']);
    expect(itemMoney(inputWith([flats], ON, [later]), 'T9-1').investment.current.claimed.whyNull).toBe('absent');
  });
});

describe('explained', () => {
  const input = inputWith([school, flats]);

  test('the plan by sector, a sector by item, an item by project, a project by its entries', () => {
    const children = (node: string) =>
      explain(input, node, 'claimed')?.children.map((child) => [child.node, child.weight, child.value]);
    expect(children('money/investment/plan')).toEqual([
      ['money/investment/sector/education', null, '1/2'],
      ['money/investment/sector/housing', null, '1/5'],
    ]);
    expect(children('money/investment/sector/education')).toEqual([
      ['money/investment/item/B1-1', null, '1/2'],
      ['money/investment/item/B1-2', null, '1/2'],
    ]);
    expect(children('money/investment/item/B1-1')).toEqual([['money/investment/project/1', null, '1/2']]);
    expect(explain(input, 'money/paid/project/1', 'claimed')?.entries).toEqual([31, 33]);
    expect(explain(input, 'money/year/project/1', 'claimed')).toMatchObject({
      ...{ name: '一小 年度投资完成率', value: { exact: '1/2' }, entries: [77] },
      inputs: [
        { symbol: 'n', value: '2000000', unit: '元' },
        { symbol: 'N', value: '4000000', unit: '元' },
      ],
    });
  });

  test('projects of an item come in pages, each once', () => {
    const many = inputWith(Array.from({ length: 7 }, () => flats));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = explain(many, 'money/investment/item/T9-1', 'claimed', { limit: 2, ...(after ? { after } : {}) });
      expect(page?.page?.total).toBe(7);
      seen.push(...(page?.children ?? []).map(({ node }) => node));
      after = page?.page?.next ?? undefined;
    } while (after !== undefined && seen.length < 20);
    expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `money/investment/project/${index + 1}`));
  });

  test('of nothing is nothing', () => {
    for (const node of [
      'money/none/plan',
      'money/investment/county/1',
      'money/paid/project/none',
      'money/paid/measure/x',
    ])
      expect(explain(input, node, 'claimed')).toBeUndefined();
  });
});

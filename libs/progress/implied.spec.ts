import { describe, expect, test } from '@jest/globals';
import { type Amount, Basis, ImpliedBase, IndicatorKind, type ObservationStanding } from '@planledger/contracts';
import { toText } from '@planledger/kernel';
import { explain } from './explain.js';
import { inputOf, planOf, standingOf, units, WIRE } from './fixtures.js';
import { gaps } from './gaps.js';
import { indicators } from './indicators.js';
import { recompute } from './recompute.js';
import type { Confidence } from './reading.js';

const HOMES = ['B5-1.homes', 'T7-3.county-homes'];
const bedsOf = (fact: string) => HOMES.map((measure) => ({ measure, fact }));
const { OBSERVED, INDICATOR, MEASURES } = ImpliedBase;

const plan = (more: Partial<Parameters<typeof planOf>[0]> = {}) =>
  planOf({
    measures: [
      ...HOMES.map((measure) => ({ measure })),
      { measure: 'B1-4.places', unit: '张', basis: Basis.STOCK, baseline: '3796', low: '20428' },
      { measure: 'T9-1.communities', unit: '社区' },
    ],
    indicators: [
      {
        ...{
          indicator: 'I02',
          unit: '个',
          step: '0.01',
          baseline: '0.88',
          target: '4.5',
          denominator: '常住人口（千人）',
        },
        implied: {
          numerator: { base: MEASURES, units: [{ measure: 'B1-4.places' }] },
          denominator: { base: OBSERVED },
        },
      },
      {
        ...{ indicator: 'I18', unit: '%', baseline: '43.9', target: '55', numerator: '护理型床位数' },
        implied: {
          numerator: { base: OBSERVED, units: bedsOf('nursingBeds') },
          denominator: { base: OBSERVED, units: bedsOf('beds') },
        },
      },
      {
        ...{ indicator: 'I20', unit: '张', step: '1', baseline: '16582', target: '35300' },
        implied: { numerator: { base: INDICATOR, units: bedsOf('beds') } },
      },
      {
        ...{ indicator: 'I24', unit: '万户', step: '1', baseline: '5', target: '12' },
        implied: {
          numerator: { base: INDICATOR, units: [{ measure: 'T9-1.communities', fact: 'households' }] },
          ...{ per: 10_000, doubt: 'old-communities', reading: 'contained' },
        },
      },
      {
        ...{ indicator: 'I26', unit: '户', kind: IndicatorKind.COUNT_SINCE_START, step: '1', target: '2800' },
        implied: { silent: '规划正文没有按户计的产出量' },
      },
      { indicator: 'I27', target: '100' },
    ],
    doubts: [
      {
        ...{ doubt: 'old-communities', title: '74 个社区与 12 万户', about: ['I24'], settledBy: '市住建局' },
        readings: [
          { reading: 'apart', text: '分别计算' },
          { reading: 'contained', text: '计入 12 万户' },
        ],
      },
    ],
    ...more,
  });

const amount = (fact: string, quantity: number, from = '', entries: number[] = []): Amount => ({
  ...{ $typeName: 'planledger.v1.Amount', fact, quantity, from, entries },
});
const beds = (all: number, nursing: number): Amount[] => [amount('beds', all), amount('nursingBeds', nursing)];

const home = (id: string, from: string, amounts: Amount[], more: object = {}) =>
  standingOf(`project/${id}`, {
    name: `养老院${id}`,
    contributions: units('B5-1.homes', 1, { from, amounts, entries: [7, 8] }),
    ...more,
  });
const observed = (code: string, ...rows: Partial<ObservationStanding>[]) =>
  standingOf(`indicator/${code}`, { observations: rows });
const year = (period: number, numerator: string, denominator: string): Partial<ObservationStanding> => ({
  ...{ period: String(period), on: `${period}-12-31`, numerator, denominator, entries: [period] },
});

const rowOf = (input: ReturnType<typeof inputOf>, code: string) => {
  const row = indicators(input).rows.find(({ indicator }) => indicator === code);
  if (!row) throw new Error(`no ${code}`);
  return row.implied;
};

/** Every node below, recomputed; a child says what its own explanation says. */
function walk(input: ReturnType<typeof inputOf>, top: string, confidence: Confidence = 'verified') {
  const entries = new Set<number>();
  const open = [top];
  const seen = new Map<string, string | null>();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const explained = explain(input, node, confidence);
    if (!explained) throw new Error(`${node} has no explanation`);
    const again = recompute(explained);
    expect({ node, value: again && toText(again) }).toEqual({ node, value: explained.value.exact });
    seen.set(node, explained.value.exact);
    for (const entry of explained.entries) entries.add(entry);
    for (const child of explained.children) {
      expect(explain(input, child.node, confidence)?.value.exact).toBe(child.value);
      open.push(child.node);
    }
  }
  return { seen, entries };
}

describe('what the ledger’s own units imply', () => {
  test('I02: 3,796 places and 1,004 more over the 4,000 thousand people that were last observed', () => {
    const nursery = standingOf('project/n', {
      contributions: units('B1-4.places', 1, { quantity: 1_004, from: '2023-03-01' }),
    });
    const input = inputOf(plan(), [nursery, observed('I02', year(2022, '4000', '4000'))], '2024-06-30');
    expect(rowOf(input, 'I02')).toMatchObject({
      verified: { node: 'implied/I02/2024-06-30', exact: '6/5', shown: '1.20' },
      // By the end of 2022 nothing had been added yet, and 4,000 had been observed.
      then: { on: '2022-12-31', verified: { exact: '949/1000' }, percentApart: '5100/949', mismatch: true },
    });
    expect(walk(input, 'implied/I02/2024-06-30').seen.get('implied/I02/2024-06-30/numerator')).toBe('4800');
  });

  test('I02 is not implied by a population that nobody observed', () => {
    const input = inputOf(plan(), [], '2024-06-30');
    expect(rowOf(input, 'I02')).toMatchObject({
      verified: { exact: null, shown: null },
      ...{ silent: '“常住人口（千人）”尚无可起算的核定观测，不推算', then: null },
    });
    expect(explain(input, 'implied/I02/2024-06-30', 'verified')?.value).toMatchObject({ whyNull: 'not-implied' });
  });

  test('I18: the last 核定 value before the day, the 2020 baseline included, plus the net of beds since', () => {
    const standings = [
      home('a', '2021-05-01', beds(418, 0)),
      home('b', '2023-04-01', beds(300, 300)),
      observed('I18', year(2020, '7280', '16582'), year(2022, '7300', '17000')),
    ];
    const on = (day: string) => rowOf(inputOf(plan(), standings, day), 'I18')?.verified.exact;
    // 7280 / 16582 %; then 418 ordinary beds more make it fall.
    expect(on('2021-04-30')).toBe('364000/8291');
    expect(on('2021-05-01')).toBe('728/17');
    // From 2023 on the base is the value of 2022, and what counted by then is in it.
    expect(on('2023-03-31')).toBe('730/17');
    expect(on('2023-04-01')).toBe('7600/173');
    const input = inputOf(plan(), standings, '2023-12-31');
    // What 2022 was held against: 2020's value and the 418 beds of 2021.
    expect(rowOf(input, 'I18')?.then).toMatchObject({
      on: '2022-12-31',
      verified: { exact: '728/17' },
      mismatch: false,
      apartNode: 'apart/indicator/I18',
    });
    // Judged by what is verified, whoever asks.
    const apart = explain(input, 'apart/indicator/I18', 'claimed');
    expect([apart?.confidence, apart?.value.exact]).toEqual(['verified', rowOf(input, 'I18')?.then?.percentApart]);
    expect(walk(input, 'apart/indicator/I18').seen.get('implied/I18/2022-12-31')).toBe('728/17');
    expect(explain(input, 'apart/indicator/I27', 'verified')).toBeUndefined();
    const { seen, entries } = walk(input, 'implied/I18/2023-12-31');
    expect(seen.get('implied/I18/2023-12-31/denominator')).toBe('17300');
    expect(seen.get('implied/I18/2023-12-31/numerator/project/b/u1')).toBe('300');
    expect([...entries]).toEqual(expect.arrayContaining([7, 8, 2022]));
    expect(walk(input, 'implied/I18/2022-12-31').seen.get('implied/I18/2022-12-31/denominator')).toBe('17000');
  });

  test('I18 without any 核定 value is not implied: the plan prints no number of nursing beds', () => {
    const input = inputOf(plan(), [home('a', '2021-05-01', beds(100, 50))], '2024-06-30');
    expect(rowOf(input, 'I18')).toMatchObject({ silent: '“护理型床位数”尚无可起算的核定观测，不推算' });
  });

  test('I20: the plan’s baseline plus all beds; a home delivered for two measures has them once, a lost one not', () => {
    const twice = home('a', '2021-05-01', beds(100, 50), {
      contributions: HOMES.flatMap((measure) => units(measure, 1, { from: '2021-05-01', amounts: beds(100, 50) })),
    });
    const lost = home('b', '2021-05-01', beds(30, 0), {
      contributions: units('B5-1.homes', 1, { from: '2021-05-01', until: '2023-01-01', amounts: beds(30, 0) }),
    });
    const on = (day: string) => rowOf(inputOf(plan(), [twice, lost], day), 'I20')?.verified.exact;
    expect([on('2021-04-30'), on('2022-12-31'), on('2023-01-01')]).toEqual(['16582', '16712', '16682']);
    const input = inputOf(plan(), [twice, lost], '2023-06-30');
    walk(input, 'implied/I20/2023-06-30');
    const part = explain(input, 'implied/I20/2023-06-30/numerator', 'verified');
    expect(part?.children).toHaveLength(1);
    expect(part?.leftOut).toMatchObject([{ why: 'lost', text: '已于 2023-01-01 核减' }]);
  });

  test('beds that a home states later count from the day since when they hold, with the entry that says so', () => {
    const amounts = [...beds(100, 20), amount('nursingBeds', 80, '2023-06-01', [41])];
    const standings = [home('a', '2022-05-01', amounts), observed('I18', year(2020, '0', '100'))];
    const on = (day: string) => rowOf(inputOf(plan(), standings, day), 'I18')?.verified.exact;
    expect([on('2023-05-31'), on('2023-06-01')]).toEqual(['10', '40']);
    const { entries } = walk(inputOf(plan(), standings, '2023-06-01'), 'implied/I18/2023-06-01');
    expect(entries).toContain(41);
  });

  test('claimed and verified differ; off-plan homes are in neither', () => {
    const claimed = home('a', '2022-05-01', beds(18, 0), {
      contributions: [{ measure: 'B5-1.homes', confidence: WIRE.claimed, from: '2022-05-01', amounts: beds(18, 0) }],
    });
    const off = home('b', '2022-05-01', beds(500, 0), { offPlan: true });
    const input = inputOf(plan(), [claimed, off], '2023-06-30');
    expect(rowOf(input, 'I20')).toMatchObject({ claimed: { exact: '16600' }, verified: { exact: '16582' } });
    expect(walk(input, 'implied/I20/2023-06-30', 'claimed').seen.size).toBe(3);
    // Linked to one of the items only: what it delivered for the other is off-plan.
    const half = home('c', '2022-05-01', [], {
      items: ['B5-1'],
      contributions: HOMES.flatMap((measure, at) =>
        units(measure, 1, { unit: `h${at}`, from: '2022-05-01', amounts: beds(at === 0 ? 4 : 900, 0) }),
      ),
    });
    expect(rowOf(inputOf(plan(), [half], '2023-06-30'), 'I20')?.verified.exact).toBe('16586');
  });

  test('I24 is not implied while the doubt is open, and is once the reading is settled; I26 never; I27 is not asked', () => {
    const community = standingOf('project/c', {
      contributions: units('T9-1.communities', 1, { from: '2022-05-01', amounts: [amount('households', 2_500)] }),
    });
    const open = inputOf(plan(), [community], '2024-06-30');
    expect(rowOf(open, 'I24')?.silent).toBe(
      '疑点未决，按首选读法“分别计算”，台账单元推不出本项（74 个社区与 12 万户）',
    );
    const value = { doubt: 'old-communities', reading: 'contained', document: '汴发改函〔2023〕1号' };
    const settled = plan({ later: [{ case: 'doubtSettled', value, on: '2023-01-10' }] });
    const input = inputOf(settled, [community], '2024-06-30');
    expect(rowOf(input, 'I24')).toMatchObject({ silent: null, verified: { exact: '21/4' } });
    walk(input, 'implied/I24/2024-06-30');
    expect(rowOf(input, 'I26')?.silent).toBe('规划正文没有按户计的产出量');
    expect(rowOf(input, 'I27')).toBeNull();
    expect(explain(input, 'implied/I27/2024-06-30', 'verified')).toBeUndefined();
    expect(explain(input, 'implied/I24/2024-07-01', 'verified')).toBeUndefined();
  });

  test('a page of units at a time, together all of them', () => {
    const all = Array.from({ length: 7 }, (_, at) => home(`h${at}`, '2022-05-01', beds(10, 0)));
    const input = inputOf(plan(), all, '2023-06-30');
    const node = 'implied/I20/2023-06-30/numerator';
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = explain(input, node, 'verified', { limit: 3, ...(after ? { after } : {}) });
      seen.push(...(page?.children.map((child) => child.node) ?? []));
      expect(page?.page?.total).toBe(7);
      if (!page?.page?.next) break;
      after = page.page.next;
    }
    expect(seen).toEqual(all.map(({ stream }) => `${node}/${stream}/u1`));
  });
});

describe('账实不符', () => {
  const found = (value: string, later: Parameters<typeof planOf>[0]['later'] = []) =>
    gaps(
      inputOf(
        plan({ later }),
        [
          home('a', '2022-05-01', beds(18, 0)),
          observed('I20', { period: '2022', on: '2022-12-31', value, entries: [3] }),
        ],
        '2023-06-30',
      ),
    ).filter(({ kind }) => kind === 'ledger-mismatch');

  test('more than 1 % away on the last day of the value’s period; 1 % is not more', () => {
    expect(found('16766')).toEqual([]);
    expect(found('16434')).toEqual([]);
    expect(found('16767')).toMatchObject([
      {
        ...{ node: 'indicator/I20', entries: [3] },
        text: '2022 核定 16767 张，台账推算 16600 张，相差 1.01%，超过 1%',
        values: [
          { node: 'indicator/I20', exact: '16767' },
          { node: 'implied/I20/2022-12-31', exact: '16600' },
        ],
      },
    ]);
    expect(found('16433')).toHaveLength(1);
  });

  test('by the threshold in force', () => {
    const approved = {
      case: 'thresholdsApproved',
      value: {
        document: '汴发改〔2023〕1号',
        inForceFrom: '2023-01-01',
        values: { 'gap/mismatch-percent': '5' },
      },
    } as const;
    expect(found('16767', [approved])).toEqual([]);
    expect(found('17500', [approved])).toHaveLength(1);
  });
});

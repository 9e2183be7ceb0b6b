import { describe, expect, test } from '@jest/globals';
import { Basis, Commitment, type MeasureDefined, Quantifier } from '@planledger/contracts';
import type { CountyRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type Later, type MeasureFixture, planOf, standingOf, units, WIRE } from './fixtures.js';
import type { CompletionInput } from './reading.js';

const [QI, TONGXU] = ['410221', '410222'];
const ON = '2024-06-30';
const decomposed = (measure: string, targets: Readonly<Record<string, string>>): Later => ({
  case: 'targetDecomposed',
  value: {
    ...{ measure, document: '汴发改〔2023〕4号' },
    counties: Object.entries(targets).map(([county, target]) => ({ county, target })),
  },
});
const at = (county: string, measure: string, count: number, unit = 'u') =>
  units(measure, count, { county, unit: `${county}${unit}` });
const inputWith = (
  measures: readonly MeasureFixture[],
  later: readonly Later[],
  contributions: Parameters<typeof standingOf>[1]['contributions'],
): CompletionInput => {
  const rosters = [{ roster: 'towns', members: ['a', 'b', 'c'].map((member) => ({ member })) }];
  const plan = planOf({ counties: [QI, TONGXU], measures, later, rosters });
  return inputOf(plan, [standingOf('project/1', { contributions: contributions ?? [] })], ON);
};
const rowOf = (input: CompletionInput, county: string): CountyRow => {
  const row = completion(input, 'county').rows.find((each): each is CountyRow => each.node === `county/${county}`);
  if (!row) throw new Error(`no row ${county}`);
  return row;
};

describe('a county', () => {
  const input = inputWith(
    [
      { measure: 'B1-1.a', low: '10' },
      { measure: 'B1-1.b', low: '4' },
      { measure: 'B1-2.a', low: '8' },
    ],
    [decomposed('B1-1.a', { [QI]: '4', [TONGXU]: '6' }), decomposed('B1-2.a', { [QI]: '2' })],
    [...at(QI, 'B1-1.a', 3), ...at(QI, 'B1-1.b', 1), ...at(QI, 'B1-2.a', 5), ...at(TONGXU, 'B1-2.a', 1)],
  );

  test('has a share over the items of which a measure was decomposed to it, each capped at its own target', () => {
    const row = rowOf(input, QI);
    // B1-1: 3/4, its other measure is not decomposed; B1-2: 5 of 2 is 1.
    expect(row.figures.b0.verified).toEqual({ node: `county/${QI}`, exact: '7/8', percent: '87.5' });
    expect(row.decomposed.map(({ node, figures }) => [node, figures.b0.verified.exact])).toEqual([
      [`county/${QI}/item/B1-1`, '3/4'],
      [`county/${QI}/item/B1-2`, '1'],
    ]);
    expect(rowOf(input, TONGXU).figures.b0.verified.exact).toBe('0');
  });

  test('what was not decomposed stands beside, counted where the responsible unit is', () => {
    const shown = rowOf(input, QI).counted.map(({ measure, verified, target, figures }) => [
      ...[measure, verified, target, figures.b0.verified.exact ?? figures.b0.verified.whyText],
    ]);
    expect(shown).toEqual([
      ['B1-1.a', 3, '4', '3/4'],
      ['B1-1.b', 1, null, '未分解'],
      ['B1-2.a', 5, '2', '1'],
    ]);
    expect(rowOf(input, TONGXU).counted.map(({ measure }) => measure)).toEqual(['B1-1.a', 'B1-2.a']);
  });

  test('is explained down to the units delivered there, and names what is 未分解', () => {
    const county = explain(input, `county/${QI}`, 'verified');
    expect(county?.children.map(({ node, weight, value }) => [node, weight, value])).toEqual([
      [`county/${QI}/item/B1-1`, '1/2', '3/4'],
      [`county/${QI}/item/B1-2`, '1/2', '1'],
    ]);
    expect(county?.leftOut).toMatchObject([
      { why: 'undecomposed', quantity: '1', node: `county/${QI}/measure/B1-1.b` },
    ]);
    expect(explain(input, `county/${QI}/item/B1-1`, 'verified')).toMatchObject({
      children: [{ node: `county/${QI}/measure/B1-1.a`, weight: '1' }],
      leftOut: [{ why: 'undecomposed' }],
    });
    const measure = explain(input, `county/${QI}/measure/B1-1.a`, 'verified');
    expect(measure).toMatchObject({ value: { exact: '3/4' }, page: { total: 3, next: null } });
    expect(measure?.inputs.map(({ symbol, value }) => [symbol, value])).toEqual([
      ['d', '3'],
      ['T', '4'],
    ]);
    // What defined the measure, and the decomposition.
    expect(measure?.entries).toEqual([input.plan.definedAt.get('B1-1.a'), input.plan.position - 1]);
    expect(explain(input, `county/${QI}/measure/B1-1.b`, 'verified')).toMatchObject({
      ...{ value: { exact: null, whyNull: 'undecomposed' }, page: { total: 1 } },
    });
    expect(explain(input, 'county/999999/measure/B1-1.a', 'verified')).toBeUndefined();
  });

  test('a later decomposition of a measure takes the place of the earlier', () => {
    const again = inputWith(
      [{ measure: 'B1-1.a', low: '10' }],
      [decomposed('B1-1.a', { [QI]: '4' }), decomposed('B1-1.a', { [TONGXU]: '10' })],
      at(QI, 'B1-1.a', 3),
    );
    expect(rowOf(again, QI).figures.b0.verified.whyNull).toBe('undecomposed');
    expect(rowOf(again, TONGXU).figures.b0.verified.exact).toBe('0');
  });

  test('items weigh by the set, and a county of which it weighs none has no share', () => {
    const weigh = (item: string): Later => ({
      case: 'weightSetApproved',
      value: { set: 's', name: 's', inForceFrom: '2023-01-01', items: [{ code: item, weight: 10_000 }] },
    });
    const of = (item: string) =>
      rowOf(
        inputWith(
          [{ measure: 'B1-1.a' }, { measure: 'B1-2.a' }],
          [decomposed('B1-1.a', { [QI]: '4' }), weigh(item)],
          at(QI, 'B1-1.a', 3),
        ),
        QI,
      ).figures.b0.verified;
    expect([of('B1-1').exact, of('B1-2').whyNull]).toEqual(['3/4', 'no-weight']);
  });
});

describe('a unit whose contributions stand in two counties', () => {
  const ID = 'B1-1.m';
  const row = (county: string, quantity: number, entries: number[]) => ({
    ...{ measure: ID, unit: 'u', county, quantity, entries, confidence: WIRE.verified },
  });
  const targets = decomposed(ID, { [QI]: '4', [TONGXU]: '4' });
  const input = inputWith([{ measure: ID, low: '10' }], [targets], [row(QI, 3, [41]), row(TONGXU, 2, [42])]);
  const asked = (node: string) => {
    const found = explain(input, node, 'verified');
    if (!found) throw new Error(`nothing at ${node}`);
    return found;
  };

  test('has its part in the explanation of each, and one line in that of the whole', () => {
    for (const [county, counted, entries] of [
      [QI, '3', [41]],
      [TONGXU, '2', [42]],
    ] as const) {
      const { value, children, page } = asked(`counted/county/${county}/measure/${ID}`);
      expect([value.exact, children.map((each) => each.value), page?.total]).toEqual([counted, [counted], 1]);
      const part = asked(children[0]!.node);
      expect([part.value.exact, part.entries]).toEqual([counted, entries]);
    }
    const { children, page } = asked(`measure/${ID}`);
    expect([children.map(({ node, value }) => [node, value]), page?.total]).toEqual([
      ...[[[`contribution/${ID}/project/1/u`, '5']], 1],
    ]);
  });

  test('is there only on the days on which that part counts', () => {
    const later = { ...row(TONGXU, 2, [42]), from: '2030-01-01' };
    const then = inputWith([{ measure: ID, low: '10' }], [targets], [row(QI, 3, [41]), later]);
    const totals = [QI, TONGXU].map(
      (county) => explain(then, `counted/county/${county}/measure/${ID}`, 'verified')?.page?.total,
    );
    expect(totals).toEqual([1, 0]);
  });
});

describe('by kind of measure', () => {
  const share = (
    fields: Partial<Omit<MeasureDefined, 'works'>> & Pick<MeasureFixture, 'works'>,
    target: string,
    contributions: Parameters<typeof standingOf>[1]['contributions'],
  ): string | null => {
    const input = inputWith(
      [{ measure: 'B1-1.m', ...fields }],
      [decomposed('B1-1.m', { [QI]: target })],
      contributions,
    );
    return rowOf(input, QI).counted[0]?.figures.b0.verified.exact ?? null;
  };
  const member = (name: string, unit: string, county = QI) => ({
    ...{ measure: 'B1-1.m', unit, member: name, county, confidence: WIRE.verified },
  });

  test('a second unit of one member adds nothing in its county either', () => {
    const all = { quantifier: Quantifier.ALL, low: '', roster: 'towns' };
    expect(share(all, '2', [member('a', '1'), member('a', '2')])).toBe('1/2');
    expect(share(all, '2', [member('a', '1'), member('b', '2')])).toBe('1');
    expect(share(all, '2', [member('a', '1'), member('b', '2', TONGXU)])).toBe('1/2');
    expect(share(all, '2', [member('outside', '1')])).toBe('0');
  });

  test('named works count by number, a yearly task by the years met', () => {
    const works = [{ work: 'a', weight: 3 }, { work: 'b' }];
    expect(share({ quantifier: Quantifier.CHECKLIST, low: '', works }, '2', [member('a', '1')])).toBe('1/2');
    const trained = [2021, 2022].map((year) => ({ ...member('', String(year)), quantity: 30, from: `${year}-05-01` }));
    expect(share({ quantifier: Quantifier.EVERY_YEAR, low: '100' }, '30', trained)).toBe('2/5');
  });

  test('of a stock it is what the county adds; of a ratio, which is observed for the whole city, there is none', () => {
    const stock = { basis: Basis.STOCK, baseline: '100', low: '200' };
    expect(share(stock, '40', [{ ...member('', 'u'), quantity: 10 }])).toBe('1/4');
    expect(share({ quantifier: Quantifier.RATIO, unit: '%', low: '50' }, '50', [])).toBeNull();
  });

  test('力争 measures have a share of their own and enter no county’s', () => {
    const input = inputWith(
      [{ measure: 'B1-1.m', commitment: Commitment.STRIVE }],
      [decomposed('B1-1.m', { [QI]: '2' })],
      at(QI, 'B1-1.m', 1),
    );
    const { figures, counted } = rowOf(input, QI);
    expect([figures.b0.verified.exact, counted[0]?.figures.b0.verified.exact]).toEqual([null, '1/2']);
  });
});

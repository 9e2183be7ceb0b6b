import { describe, expect, test } from '@jest/globals';
import { type MeasureDefined, Quantifier } from '@planledger/contracts';
import { fraction, toText } from '@planledger/kernel';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type Later, planOf, standingOf, units } from './fixtures.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { type BaselineName, type CompletionInput, readingOf } from './reading.js';

const ID = 'B1-1.m';
const ON = '2024-06-30';

function inputWith(fields: Partial<MeasureDefined>, done: number, later: readonly Later[], on = ON): CompletionInput {
  const plan = planOf({
    measures: [{ measure: ID, low: '10', ...(fields as object) }],
    later,
    rosters: [{ roster: 'towns', open: true }],
    doubts: [
      {
        ...{ doubt: 'D', title: '新建还是总量', about: [ID], quotes: ['100 所'], settledBy: '市民政局' },
        readings: [
          { reading: 'new', text: '新建', target: '5' },
          { reading: 'total', text: '总量', target: '20' },
        ],
      },
    ],
  });
  return inputOf(plan, [standingOf('project/1', { contributions: units(ID, done) })], on);
}
const figureOf = (input: CompletionInput, baseline: BaselineName = 'b0'): MeasureFigure => {
  const reading = readingOf(input, baseline);
  const measure = reading.base.measures.get(ID);
  if (!measure) throw new Error('the fixture has the measure');
  return measureFigure(reading, measure, 'verified');
};
const share = (input: CompletionInput, baseline?: BaselineName): string =>
  toText(figureOf(input, baseline).c ?? fraction(-1));

const settled = (reading: string, on = '2023-05-01'): Later => ({
  ...{ case: 'doubtSettled', on, value: { doubt: 'D', reading, document: '汴民函〔2023〕8号' } },
});
const adjusted = (low: string): Later => ({
  ...{
    case: 'planAdjusted',
    on: '2023-08-01',
    value: { document: '汴政〔2023〕9号', measures: [{ measure: ID, low }] },
  },
});
const issued: Later = {
  case: 'planIssued',
  on: '2023-09-01',
  value: { document: '汴政〔2023〕11号', basis: '正式稿' },
};

describe('a settled doubt', () => {
  test('gives the target of its reading, by both baselines, and no longer shows the other', () => {
    const open = figureOf(inputWith({}, 5, []));
    expect([open.c, open.worst, open.satisfied]).toEqual([fraction(1), fraction(1, 4), false]);
    for (const baseline of ['b0', 'current'] as const) {
      const total = figureOf(inputWith({}, 5, [settled('total')]), baseline);
      expect([total.c, total.worst, total.satisfied]).toEqual([fraction(1, 4), fraction(1, 4), false]);
      expect(figureOf(inputWith({}, 5, [settled('new')]), baseline)).toMatchObject({ c: fraction(1), satisfied: true });
    }
  });

  test('leaves the rows’ open doubts, and its explanation names the reading, the document and the entry', () => {
    const input = inputWith({}, 5, [settled('total')]);
    const [row] = completion(input, 'item').rows;
    expect(row?.kind === 'item' && row.measures[0]?.doubts).toEqual([]);
    const { doubts, inputs } = explain(input, `measure/${ID}`, 'verified') ?? {};
    expect(doubts).toMatchObject([
      {
        settled: { reading: 'total', document: '汴民函〔2023〕8号', on: '2023-05-01', entry: input.plan.position },
        readings: [
          { target: '5', value: '1' },
          { target: '20', value: '1/4' },
        ],
      },
    ]);
    expect(inputs?.find(({ symbol }) => symbol === 'T')?.value).toBe('20');
    expect(explain(inputWith({}, 5, []), `measure/${ID}`, 'verified')?.doubts).toMatchObject([{ settled: null }]);
  });

  test('a document that changes the target afterwards says another: an adjustment the current, the issued plan both', () => {
    const after = inputWith({}, 5, [settled('total'), adjusted('40')]);
    expect([share(after), share(after, 'current')]).toEqual(['1/4', '1/8']);
    const before = inputWith({}, 5, [adjusted('40'), settled('total')]);
    expect([share(before), share(before, 'current')]).toEqual(['1/4', '1/4']);
    const sealed = inputWith({}, 5, [settled('total'), adjusted('40'), issued]);
    expect([share(sealed), share(sealed, 'current')]).toEqual(['1/8', '1/8']);
  });
});

describe('the tolerance of 左右', () => {
  const within = (inForceFrom: string): Later => ({
    ...{ case: 'thresholdsApproved', on: '2023-01-01' },
    value: { values: { [`tolerance/${ID}`]: '0.5' }, inForceFrom, document: '汴发改〔2023〕6号' },
  });
  const about = (quantifier: Quantifier, done: number, later: readonly Later[]): MeasureFigure =>
    figureOf(inputWith({ quantifier, low: '7.5' }, done, [settled('as printed'), ...later]));

  test('decides only what is satisfied: d ≥ T − δ; c stays min(1, d/T)', () => {
    const figure = about(Quantifier.APPROX, 7, [within('2024-01-01')]);
    expect([figure.c, figure.satisfied, figure.finishedOn]).toEqual([fraction(14, 15), true, '2022-09-01']);
    expect(about(Quantifier.APPROX, 6, [within('2024-01-01')]).satisfied).toBe(false);
  });

  test('is 0 until it is in force, and of no other quantifier', () => {
    expect(about(Quantifier.APPROX, 7, [within('2024-07-01')]).satisfied).toBe(false);
    expect(about(Quantifier.AT_LEAST, 7, [within('2024-01-01')]).satisfied).toBe(false);
  });
});

describe('what was adopted for an open roster or for an item without a number', () => {
  const towns = { quantifier: Quantifier.ALL, low: '', roster: 'towns' };
  const adopt = (members: readonly string[]): Later => ({
    case: 'rosterAdopted',
    value: { roster: 'towns', members: members.map((member) => ({ member, name: member })), document: '认定1号' },
  });
  const at = (later: readonly Later[], baseline: BaselineName) => {
    const input = inputWith(towns, 0, later);
    const built = ['龙亭', '祥符'].map((member) => ({ measure: ID, unit: member, member }));
    return figureOf(inputOf(input.plan, [standingOf('project/1', { contributions: built })], ON), baseline);
  };

  test('the first adoption is B0’s too, a later one the current plan’s; who is outside is listed beside', () => {
    expect(at([], 'b0')).toMatchObject({ c: null, whyNull: 'open-roster' });
    const later = [adopt(['龙亭', '鼓楼']), adopt(['龙亭', '鼓楼', '禹王台', '祥符'])];
    expect([at(later, 'b0').c, at(later, 'current').c]).toEqual([fraction(1, 2), fraction(1, 2)]);
    expect([at(later, 'b0').target, at(later, 'current').target]).toEqual([fraction(2), fraction(4)]);
    const { plan } = inputWith(towns, 0, later);
    const built = standingOf('project/1', { contributions: [{ measure: ID, unit: 'x', member: '祥符' }] });
    const leftOut = (baseline: BaselineName) =>
      explain(inputOf(plan, [built], ON), `measure/${ID}`, 'verified', { baseline })
        ?.leftOut.filter(({ why }) => why === 'outside-roster')
        .map(({ what }) => what);
    expect([leftOut('b0'), leftOut('current')]).toEqual([['x'], []]);
  });

  test('a checklist makes a number of what had none', () => {
    const checklist: Later = {
      case: 'checklistAdopted',
      value: {
        ...{ item: 'B1-1', name: '重点工程', due: '2025-12-31', document: '认定2号' },
        works: [
          { work: 'museum', name: '馆', weight: 2 },
          { work: 'archive', name: '档', weight: 1 },
        ],
      },
    };
    const { plan } = inputWith({ low: '' }, 0, [settled('as printed'), checklist]);
    const done = standingOf('project/1', { contributions: [{ measure: 'B1-1.checklist', member: 'museum' }] });
    const [row] = completion(inputOf(plan, [done], ON), 'item').rows;
    expect(row?.figures).toMatchObject({ b0: { verified: { exact: '2/3' } }, current: { verified: { exact: '2/3' } } });
  });
});

import { Basis, Commitment, Quantifier, type Standing } from '@planledger/contracts';
import fc from 'fast-check';
import { itemOf } from './contribution.js';
import { inputOf, type Later, type MeasureFixture, planOf, standingOf } from './fixtures.js';
import { anyStanding } from './fixtures-standings.js';
import type { CompletionInput } from './reading.js';

/**
 * Any small plan, with any few projects at work on it: every quantifier, both rosters, doubts open and settled, losses,
 * departures, adjustments, weights, county targets.
 */

const lows = fc.constantFrom('1', '2', '3', '7.5');
const KINDS: Omit<MeasureFixture, 'measure'>[] = [
  { quantifier: Quantifier.AT_LEAST },
  { quantifier: Quantifier.APPROX },
  { quantifier: Quantifier.RANGE, high: '9' },
  { quantifier: Quantifier.AT_LEAST, basis: Basis.STOCK, baseline: '0.5' },
  { quantifier: Quantifier.EVERY_YEAR },
  { quantifier: Quantifier.EACH, roster: 'named' },
  { quantifier: Quantifier.ALL, low: '', roster: 'named' },
  { quantifier: Quantifier.ALL, low: '', roster: 'open' },
  { quantifier: Quantifier.CHECKLIST, low: '', works: [{ work: 'x', weight: 3 }, { work: 'y' }] },
  { quantifier: Quantifier.RATIO, unit: '%' },
  { quantifier: Quantifier.AT_LEAST, scheme: true, commitment: Commitment.STRIVE },
  { quantifier: Quantifier.AT_LEAST, commitment: Commitment.STRIVE },
  { quantifier: Quantifier.AT_LEAST, low: '' },
];
const measure = fc
  .record({
    item: fc.constantFrom('B1-1', 'B1-2', 'B2-1', 'T9-1'),
    slug: fc.constantFrom('a', 'b', 'c'),
    low: lows,
    kind: fc.constantFrom(...KINDS),
    due: fc.constantFrom('2022-12-31', '2023-12-31', '2025-12-31'),
    start: fc.constantFrom('', '2022-01-01'),
  })
  .map(({ item, slug, low, kind: fields, due, start }) => ({
    low,
    due,
    start,
    ...fields,
    measure: `${item}.${slug}`,
  }));
const measures = fc.uniqueArray(measure, { selector: (each) => each.measure, maxLength: 7 });
const day = fc.constantFrom('2021-06-01', '2022-03-01', '2023-09-01', '2025-06-01', '2026-02-01');

/** What a document or the commission may do to such a plan once it is loaded. */
const laterOf = (made: readonly MeasureFixture[]): fc.Arbitrary<readonly Later[]> => {
  const [first] = made;
  const ids = [...new Set(made.map(({ measure }) => measure))];
  const items = [...new Set(ids.map(itemOf))];
  const event = (later: Later): Later => later;
  const adjusted = fc.record({ low: lows, at: fc.nat(), gone: fc.subarray([...items, ...ids]) });
  return fc
    .tuple(
      fc.option(adjusted, { nil: undefined }),
      fc.option(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), { nil: undefined }),
      fc.option(fc.constantFrom('p', 'q'), { nil: undefined }),
      fc.option(fc.record({ target: fc.constantFrom('1', '2', '4'), named: fc.subarray(ids) }), { nil: undefined }),
      fc.boolean(),
    )
    .map(([change, weights, reading, county, adopted]): Later[] => [
      ...(reading === undefined
        ? []
        : [event({ case: 'doubtSettled', value: { doubt: 'D1', reading, document: '复函〔2022〕1号' } })]),
      ...(adopted
        ? [
            event({
              case: 'rosterAdopted',
              value: { roster: 'open', members: [{ member: 'z' }], document: '认定〔2022〕2号' },
            }),
          ]
        : []),
      ...(change && first
        ? [
            event({
              case: 'planAdjusted',
              value: {
                document: '汴政〔2022〕3号',
                measures: [{ measure: ids[change.at % ids.length] ?? '', low: change.low }],
                items: [{ item: 'B9-1', name: '新增工程', sector: 'education', programme: 9, programmeName: '专栏9' }],
                added: [{ ...first, measure: 'B9-1.new', item: 'B9-1', low: '2', due: '2025-12-31', works: [] }],
                withdrawn: change.gone,
              },
            }),
          ]
        : []),
      ...(weights
        ? [
            event({
              case: 'weightSetApproved',
              value: {
                ...{ set: 'policy', name: '政策权重', inForceFrom: '2022-09-01', document: '汴发改〔2022〕4号' },
                items: ['B1-1', 'B1-2', 'B2-1', 'T9-1'].map((code, index) => ({ code, weight: weights[index] ?? 0 })),
                measures: ids.slice(0, 2).map((code, index) => ({ code, weight: weights[index] ?? 0 })),
              },
            }),
          ]
        : []),
      ...(county
        ? county.named.map((measure) =>
            event({
              case: 'targetDecomposed',
              value: {
                measure,
                counties: [{ county: '410221', target: county.target }],
                document: '汴发改〔2022〕5号',
              },
            }),
          )
        : []),
    ]);
};

export interface Small {
  readonly input: CompletionInput;
  readonly standings: readonly Standing[];
}
export const smallPlan: fc.Arbitrary<Small> = measures
  .chain((made) => {
    const ids = made.length > 0 ? made.map((each) => each.measure) : ['B1-1.none'];
    const items = [...new Set(ids.map(itemOf)), 'B9-9'];
    const streams = ['project/0', 'project/0-a', 'project/1', 'project/2'];
    return fc.record({
      made: fc.constant(made),
      projects: fc.tuple(...streams.map((stream) => anyStanding(stream, [...ids, 'B9-1.new'], items))),
      ...{ on: day, doubtful: fc.boolean(), rate: fc.nat(120), later: laterOf(made) },
    });
  })
  .map(({ made, projects, on, doubtful, rate, later }): Small => {
    const readings = [
      { reading: 'p', target: '2' },
      { reading: 'q', target: '5' },
    ];
    const plan = planOf({
      ...{ sectors: ['education'], counties: ['410221', '410222'], measures: made, later },
      rosters: [
        { roster: 'named', members: [{ member: 'x' }, { member: 'y' }] },
        { roster: 'open', open: true },
      ],
      indicators: [
        { indicator: 'I01', target: '95' },
        { indicator: 'I02', target: '30', cumulative: true, unit: '人' },
      ],
      doubts: doubtful ? [{ doubt: 'D1', about: [made[0]?.measure ?? ''], readings }] : [],
    });
    const observed = (code: string) =>
      standingOf(`indicator/${code}`, {
        observations: [2021, 2022].map((year) => ({
          ...{ period: String(year), on: `${year}-12-31`, numerator: String(rate + year - 2021), denominator: '120' },
        })),
      });
    const all = [...projects, ...['I01', 'I02', ...made.map((each) => each.measure)].map(observed)];
    return { input: inputOf(plan, all, on), standings: all };
  });

import { Basis, Commitment, ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import fc from 'fast-check';
import { inputOf, type MeasureFixture, planOf, standingOf, WIRE } from './fixtures.js';
import type { CompletionInput } from './reading.js';

/** Any small plan, with any few projects at work on it: every quantifier, both rosters, doubts, losses, departures. */

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

const unit = fc.record({
  ...{ slug: fc.nat(6), unit: fc.constantFrom('a', 'b', 'c/1'), quantity: fc.integer({ min: 1, max: 3 }), from: day },
  ...{ member: fc.constantFrom('', 'x', 'y', 'z'), county: fc.constantFrom('410221', '410222') },
  ...{ confidence: fc.constantFrom(WIRE.claimed, WIRE.verified), lost: fc.boolean() },
});
const project = fc.record({
  contributions: fc.array(unit, { maxLength: 6 }),
  designed: fc.array(fc.record({ slug: fc.nat(6), quantity: fc.integer({ min: 1, max: 5 }) }), { maxLength: 2 }),
  shares: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 3, max: 7 })), { maxLength: 3 }),
  status: fc.constantFrom(ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.CANCELLED),
  startedOn: fc.constantFrom('', '2021-05-01'),
});

export interface Small {
  readonly input: CompletionInput;
  readonly standings: readonly Standing[];
}
export const smallPlan: fc.Arbitrary<Small> = fc
  .record({
    measures,
    projects: fc.array(project, { maxLength: 4 }),
    on: day,
    doubtful: fc.boolean(),
    rate: fc.nat(120),
  })
  .map(({ measures: made, projects, on, doubtful, rate }): Small => {
    const plan = planOf({
      ...{ sectors: ['education'], counties: ['410221', '410222'], measures: made },
      rosters: [
        { roster: 'named', members: [{ member: 'x' }, { member: 'y' }] },
        { roster: 'open', open: true },
      ],
      indicators: [
        { indicator: 'I01', target: '95' },
        { indicator: 'I02', target: '30', cumulative: true, unit: '人' },
      ],
      doubts: doubtful
        ? [
            {
              doubt: 'D1',
              about: [made[0]?.measure ?? ''],
              readings: [
                { reading: 'p', target: '2' },
                { reading: 'q', target: '5' },
              ],
            },
          ]
        : [],
    });
    const idOf = (slug: number): string => made[slug % Math.max(1, made.length)]?.measure ?? 'B1-1.none';
    const observed = (code: string) =>
      standingOf(`indicator/${code}`, {
        observations: [2021, 2022].map((year) => ({
          ...{ period: String(year), on: `${year}-12-31`, numerator: String(rate + year - 2021), denominator: '120' },
        })),
      });
    const standings = projects.map(({ contributions, designed, shares, ...rest }, index) =>
      standingOf(`project/${index}`, {
        ...rest,
        contributions: contributions.map(({ slug, lost, ...each }) => ({
          ...{ ...each, measure: idOf(slug), until: lost ? '2026-01-01' : '' },
        })),
        designed: designed.map(({ slug, quantity }) => ({ measure: idOf(slug), quantity })),
        milestones: shares.map(([n, d], step) => ({
          milestone: `m${step}`,
          weight: step + 1,
          claimed: [n, d],
          verified: [n, d],
        })),
      }),
    );
    const all = [...standings, ...['I01', 'I02', ...made.map((each) => each.measure)].map(observed)];
    return { input: inputOf(plan, all, on), standings: all };
  });

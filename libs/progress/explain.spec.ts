import { describe, expect, test } from '@jest/globals';
import { Basis, Commitment, ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import { add, fraction, toText, ZERO } from '@planledger/kernel';
import fc from 'fast-check';
import type { CutBy } from './answer.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { type Figure, fromText } from './figure.js';
import { inputOf, type MeasureFixture, planOf, standingOf, units, WIRE } from './fixtures.js';
import { type CompletionInput, CONFIDENCES, type Confidence } from './reading.js';
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
      ['一小 later1', 'later', '1'],
      ['一小 lost1', 'lost', '1'],
      ['一小 w', 'uncounted', '1'],
      ['二小 u1', 'off-plan', '1'],
      ['三小', 'moved-out', '2'],
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

describe('on any small plan', () => {
  const decimals = fc.constantFrom('1', '2', '3', '7.5');
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
      low: decimals,
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

  interface Small {
    readonly input: CompletionInput;
    readonly standings: readonly Standing[];
  }
  const small = fc
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
      const idOf = (slug: number): string => made[slug % Math.max(1, made.length)]?.measure ?? ID;
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

  interface Spi {
    readonly node: string;
    readonly spi: unknown;
  }
  /** Every figure of an answer, every SPI, and every other node in it. */
  function nodesIn(value: unknown, figures: Figure[], nodes: Set<string>, spis: Spi[] = []): void {
    if (typeof value !== 'object' || value === null) return;
    if ('node' in value && typeof value.node === 'string') nodes.add(value.node);
    if ('node' in value && 'exact' in value && 'percent' in value) figures.push(value as Figure);
    if ('node' in value && 'spi' in value) spis.push({ node: String(value.node), spi: value.spi });
    for (const each of Object.values(value)) nodesIn(each, figures, nodes, spis);
  }
  const CUTS: readonly CutBy[] = ['sector', 'programme', 'item', 'county'];

  test('every figure of every answer is explained, and comes out again when recomputed', () => {
    fc.assert(
      fc.property(small, ({ input }) => {
        for (const by of CUTS) {
          const answer = completion(input, by);
          for (const confidence of CONFIDENCES) {
            const [figures, nodes, spis] = [[] as Figure[], new Set<string>(['plan']), [] as Spi[]];
            nodesIn(onlySide(answer, confidence), figures, nodes, spis);
            for (const { node, spi } of spis)
              expect([node, asked(input, node, confidence).value.exact]).toEqual([node, spi]);
            for (const { node, exact, whyNull } of figures) {
              const { value } = asked(input, node, confidence);
              expect({ node, exact: value.exact, whyNull: value.whyNull }).toEqual({ node, exact, whyNull });
            }
            for (const node of nodes) {
              const explanation = asked(input, node, confidence);
              expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
              expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('children are figures in their turn, down to entries', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(...CONFIDENCES), ({ input }, confidence) => {
        const walk = (node: string, depth: number): void => {
          expect(depth).toBeLessThan(8);
          const explanation = asked(input, node, confidence);
          expect(fromText(explanation.value.exact)).toEqual(recompute(explanation));
          for (const child of explanation.children) {
            const { value } = asked(input, child.node, confidence);
            // P is rounded where c* takes it in, and nowhere else; a county lists quantities of measures.
            if (explanation.formula.rule !== 'under-way' && !node.startsWith('county/')) {
              expect([child.node, value.exact]).toEqual([child.node, child.value]);
            }
            walk(child.node, depth + 1);
          }
        };
        for (const node of ['plan', 'sector/education', 'under-way/half/body', 'county/410221']) walk(node, 0);
      }),
      { numRuns: 60 },
    );
  });

  test('the counted units of a measure, page by page, sum to what was counted', () => {
    fc.assert(
      fc.property(small, ({ input }) => {
        for (const { measure: id, quantifier, basis } of input.plan.measures.values()) {
          if (basis === Basis.STOCK || ![Quantifier.AT_LEAST, Quantifier.APPROX, Quantifier.RANGE].includes(quantifier))
            continue;
          let [total, after] = [ZERO, undefined as string | undefined];
          let explanation: Explanation | undefined;
          do {
            explanation = explain(input, `measure/${id}`, 'claimed', { limit: 1, ...(after ? { after } : {}) });
            for (const { value } of explanation?.children ?? []) total = add(total, fromText(value) ?? ZERO);
            after = explanation?.page?.next ?? undefined;
          } while (after !== undefined);
          const counted = explanation?.inputs.find(({ symbol }) => symbol === 'd')?.value;
          if (counted !== undefined) expect(toText(total)).toBe(counted);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('neither the order of standings nor a gap in redelivery shows in an answer', () => {
    fc.assert(
      fc.property(small, ({ input, standings }) => {
        const again = inputOf(input.plan, [...standings].reverse(), input.on);
        for (const by of CUTS) expect(completion(again, by)).toEqual(completion(input, by));
      }),
      { numRuns: 30 },
    );
  });

  test('shares of cuts lie in [0, 1]', () => {
    fc.assert(
      fc.property(small, ({ input }) => {
        const figures: Figure[] = [];
        for (const by of CUTS) nodesIn(completion(input, by), figures, new Set());
        for (const { exact } of figures) {
          const share = fromText(exact);
          if (share) expect(share.n >= 0n && share.n <= share.d).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  /** The answer without the other confidence, so that a figure's node and what vouches for it go together. */
  function onlySide(value: unknown, confidence: Confidence): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each: unknown) => onlySide(each, confidence));
    const other = confidence === 'claimed' ? 'verified' : 'claimed';
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => (key === other ? [] : [[key, onlySide(each, confidence)]])),
    );
  }
});

test('recompute refuses an explanation that lacks an input its formula names', () => {
  const plan = planOf({ measures: [{ measure: ID }] });
  const explanation = asked(inputOf(plan, [], '2024-06-30'), `measure/${ID}`);
  expect(recompute(explanation)).toEqual(fraction(0));
  expect(() => recompute({ ...explanation, inputs: [] })).toThrow('no input T');
});

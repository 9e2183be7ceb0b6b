import { describe, expect, test } from '@jest/globals';
import { ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import fc from 'fast-check';
import type { Completion } from './answer.js';
import type { ItemRow, MeasureRow } from './answer-rows.js';
import { completion } from './completion.js';
import { explain } from './explain.js';
import { inputOf, type Later, planOf, type PlanFixture, standingOf, type StandingFixture, units } from './fixtures.js';
import { anyStanding } from './fixtures-standings.js';

const ON = '2023-07-02';
const PLAN: PlanFixture = {
  measures: [
    { measure: 'B1-1.schools', low: '10', due: '2024-12-31' },
    { measure: 'B1-1.beds', low: '100' },
    { measure: 'B1-2.homes', low: '4' },
    { measure: 'T9-1.flats', low: '8' },
  ],
};
const ADJUSTED: Later = {
  case: 'planAdjusted',
  on: '2023-03-01',
  value: {
    document: '汴政〔2023〕7号',
    measures: [{ measure: 'B1-1.schools', low: '20', due: '2025-12-31' }],
    items: [{ item: 'B1-9', name: '新增工程', sector: 'education', programme: 1, programmeName: '专栏1' }],
    added: [
      { measure: 'B1-9.new', item: 'B1-9', name: '新', unit: '所', quantifier: Quantifier.AT_LEAST, low: '2', due: '2025-12-31' }, // prettier-ignore
      { measure: 'B1-1.more', item: 'B1-1', name: '多', unit: '所', quantifier: Quantifier.AT_LEAST, low: '1', due: '2025-12-31' }, // prettier-ignore
    ],
    withdrawn: ['B1-2', 'B1-1.beds'],
  },
};
/** Where the adjustment stands: the last entry of that plan's stream. */
const ENTRY = planOf({ ...PLAN, later: [ADJUSTED] }).position;
const built = standingOf('project/1', {
  items: ['B1-1', 'B1-2', 'B1-9'],
  contributions: [...units('B1-1.schools', 5), ...units('B1-2.homes', 2), ...units('B1-9.new', 1)],
});

const answer = (later: readonly Later[], standings: readonly Standing[] = [built], on = ON): Completion =>
  completion(inputOf(planOf({ ...PLAN, later }), standings, on), 'item');
const itemOf = ({ rows }: Completion, code: string): ItemRow => {
  const row = rows.find((each): each is ItemRow => each.kind === 'item' && each.code === code);
  if (!row) throw new Error(`no row ${code}`);
  return row;
};
const measureOf = (made: Completion, id: string): MeasureRow => {
  const row = itemOf(made, id.slice(0, id.indexOf('.'))).measures.find(({ measure }) => measure === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
};

describe('B0 beside the current plan', () => {
  const adjusted = answer([ADJUSTED]);

  test('a changed target changes the current figure only', () => {
    const { figures, count, due, dueNow } = measureOf(adjusted, 'B1-1.schools');
    expect([figures.b0.verified.exact, figures.current.verified.exact]).toEqual(['1/2', '1/4']);
    expect([count.b0.verified.target, count.current.verified.target]).toEqual(['10', '20']);
    expect([due, dueNow]).toEqual(['2024-12-31', '2025-12-31']);
  });

  test('a withdrawn item stays in B0’s rows and figures, one that came in is in the current ones only', () => {
    expect(adjusted.rows.map(({ node }) => node)).toEqual(['item/B1-1', 'item/B1-2', 'item/T9-1', 'item/B1-9']);
    const [gone, come] = [itemOf(adjusted, 'B1-2'), itemOf(adjusted, 'B1-9')];
    expect(gone.figures.b0.verified.exact).toBe('1/2');
    expect(gone.figures.current.verified).toMatchObject({ exact: null, whyNull: 'absent', whyText: '本口径无此项' });
    expect(gone.verdict).toMatchObject({ b0: { verified: 'on-track' }, current: { verified: 'absent' } });
    expect([come.figures.b0.verified.whyNull, come.figures.current.verified.exact]).toEqual(['absent', '1/2']);
    expect(come.schedule).toMatchObject({ b0: { verified: { state: null } }, current: { verified: { spi: '1' } } });
  });

  test('so do withdrawn and added measures within their item', () => {
    const { measures, figures } = itemOf(adjusted, 'B1-1');
    expect(measures.map(({ measure }) => measure)).toEqual(['B1-1.schools', 'B1-1.beds', 'B1-1.more']);
    // B0: (5/10 + 0/100) / 2; current: (5/20 + 0/1) / 2.
    expect([figures.b0.verified.exact, figures.current.verified.exact]).toEqual(['1/4', '1/8']);
    expect(measureOf(adjusted, 'B1-1.beds')).toMatchObject({ due: '2025-12-31', dueNow: null });
  });

  test('the denominator line: B0 → current, quantified, what left and came, when and by which document', () => {
    const { programmes, body, documents } = adjusted.headline;
    const said = { document: '汴政〔2023〕7号', on: '2023-03-01', entry: ENTRY };
    expect(programmes).toMatchObject({ items: 2, quantified: 2, quantifiedText: '2 项中 2 项可量化' });
    expect(programmes.denominator).toEqual({
      ...{ node: 'denominator/half/programmes', b0: 2, current: 2, quantified: { b0: 2, current: 2 } },
      ...{ left: [], leftTotal: 0 },
      withdrawn: [
        { node: 'item/B1-2', kind: 'item', code: 'B1-2', name: '工程 B1-2', ...said },
        { node: 'measure/B1-1.beds', kind: 'measure', code: 'B1-1.beds', name: '产出 B1-1.beds', ...said },
      ],
      added: [
        { node: 'item/B1-9', kind: 'item', code: 'B1-9', name: '新增工程', ...said },
        { node: 'measure/B1-1.more', kind: 'measure', code: 'B1-1.more', name: '多', ...said },
      ],
    });
    expect(body.denominator).toMatchObject({ b0: 1, current: 1, withdrawn: [], added: [] });
    expect(documents).toMatchObject([
      { kind: 'adjusted', document: '汴政〔2023〕7号', on: '2023-03-01', entry: ENTRY },
    ]);
  });

  test('explained, what one of them does not hold names the document', () => {
    const input = inputOf(planOf({ ...PLAN, later: [ADJUSTED] }), [built], ON);
    const gone = explain(input, 'item/B1-2', 'verified', { baseline: 'current' });
    expect(gone).toMatchObject({ value: { exact: null, whyNull: 'absent' }, entries: [ENTRY], baseline: 'current' });
    expect(gone?.formula.text).toBe('现行规划没有此项：由汴政〔2023〕7号（2023-03-01）调出');
    expect(explain(input, 'measure/B1-9.new', 'verified')?.formula.text).toMatch('B0 没有此项');
    const line = explain(input, 'denominator/half/programmes', 'verified', { baseline: 'current' });
    expect(line).toMatchObject({ value: { exact: '2', percent: null }, formula: { rule: 'count' }, entries: [ENTRY] });
    expect(line?.children.map(({ node }) => node)).toEqual(['item/B1-1', 'item/B1-9']);
    expect(line?.leftOut.map(({ why, text }) => [why, text])).toEqual([
      ['withdrawn', '调出现行规划：汴政〔2023〕7号（2023-03-01）'],
      ['withdrawn', '调出现行规划：汴政〔2023〕7号（2023-03-01）'],
      ['added', 'B0 之后新增：汴政〔2023〕7号（2023-03-01）'],
      ['added', 'B0 之后新增：汴政〔2023〕7号（2023-03-01）'],
    ]);
  });

  test('the issued plan seals both anew', () => {
    const issued: Later = {
      case: 'planIssued',
      on: '2023-05-01',
      value: { document: '汴政〔2023〕9号', basis: '正式稿' },
    };
    const { headline, basis } = answer([ADJUSTED, issued]);
    expect(basis).toBe('依据：正式稿');
    expect(headline.programmes.denominator).toMatchObject({ b0: 2, withdrawn: [], added: [] });
    expect(headline.documents.map(({ kind }) => kind)).toEqual(['adjusted', 'issued']);
  });
});

describe('who left', () => {
  const left = (stream: string, status: ProjectStatus, more: StandingFixture = {}): Standing =>
    standingOf(stream, {
      ...{ name: stream, status, statusSince: '2023-02-01', document: '汴发改〔2023〕2号', position: 40 },
      ...{
        designed: [{ measure: 'T9-1.flats', quantity: 4 }],
        contributions: units('T9-1.flats', 1, { unit: stream }),
      },
      ...more,
    });
  const gone = [
    left('project/2', ProjectStatus.CANCELLED),
    left('project/3', ProjectStatus.MOVED_OUT),
    left('project/4', ProjectStatus.SPLIT),
    left('project/5', ProjectStatus.MERGED, { statusSince: '2023-07-03' }),
  ];

  test('is listed from the day on, with its document; what it delivered stays, the target too', () => {
    const { denominator, figures } = answer([], gone).headline.body;
    expect(denominator.left.map(({ status, on, document }) => [status, on, document])).toEqual([
      ['cancelled', '2023-02-01', '汴发改〔2023〕2号'],
      ['moved-out', '2023-02-01', '汴发改〔2023〕2号'],
      ['split', '2023-02-01', '汴发改〔2023〕2号'],
    ]);
    expect(denominator.leftTotal).toBe(3);
    expect(denominator.left[0]?.unfinished).toMatchObject([{ measure: 'T9-1.flats', designed: 4, unfinished: 3 }]);
    expect(figures.b0.verified.exact).toBe('1/2');
    expect(answer([], gone, '2023-07-03').headline.body.denominator.leftTotal).toBe(4);
    expect(answer([], gone, '2023-01-31').headline.body.denominator.left).toEqual([]);
  });

  test('is named in the explanations of its measure and of the denominator', () => {
    const input = inputOf(planOf(PLAN), gone, ON);
    const lines = ['measure/T9-1.flats', 'denominator/half/body'].map(
      (node) => explain(input, node, 'claimed')?.leftOut.map(({ why, text }) => [why, text]) ?? [],
    );
    expect(lines[0]).toContainEqual(['split', '项目已拆分（汴发改〔2023〕2号，2023-02-01），未完成 3；目标不变']);
    expect(lines[1]).toContainEqual([
      'moved-out',
      '项目已调出（汴发改〔2023〕2号，2023-02-01），未完成 产出 T9-1.flats 3 所；目标不变',
    ]);
  });

  test('a project that is flagged 规划外 is in no count, and its outputs stand in a column of their own', () => {
    const flagged = standingOf('project/9', {
      ...{ offPlan: true, startedOn: '2021-02-01', status: ProjectStatus.CANCELLED },
      ...{ designed: [{ measure: 'T9-1.flats', quantity: 8 }], contributions: units('T9-1.flats', 8) },
    });
    const made = answer([], [flagged]);
    expect(itemOf(made, 'T9-1')).toMatchObject({ projects: 0, verdict: { b0: { verified: 'not-started' } } });
    expect(made.headline.body).toMatchObject({
      figures: { b0: { verified: { exact: '0' } } },
      denominator: { left: [] },
    });
    expect(made.offPlan).toEqual([
      { node: 'off-plan/measure/T9-1.flats', measure: 'T9-1.flats', claimed: 8, verified: 8 },
    ]);
    const { leftOut } = explain(inputOf(planOf(PLAN), [flagged], ON), 'measure/T9-1.flats', 'verified') ?? {};
    expect(leftOut?.filter(({ why }) => why === 'off-plan')).toHaveLength(8);
  });
});

/** B0's side of every figure of an answer. */
const b0Of = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(b0Of);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'current' || key === 'dueNow' ? [] : [[key, b0Of(each)]])),
  );
};

describe('what comes later', () => {
  const measures = ['B1-1.schools', 'B1-1.beds', 'B1-2.homes', 'T9-1.flats'];
  const projects = fc.tuple(
    ...['project/1', 'project/2', 'project/3'].map((stream) => anyStanding(stream, measures, ['B1-1', 'B1-2', 'T9-1'])),
  );
  const earlier = fc.constantFrom('2021-06-01', '2022-06-30', '2023-09-01', '2024-12-31');
  const seriesOf = ({ rows, headline }: Completion) => ({
    rows: rows.flatMap((row) => (row.kind === 'item' && row.code !== 'B1-9' ? [b0Of(row)] : [])),
    halves: [headline.programmes, headline.body].map(({ figures, verdicts }) => b0Of({ figures, verdicts })),
  });

  const { designedNow: REPLANNED } = standingOf('project/0', {
    designedNow: [{ measure: 'T9-1.flats', quantity: 1, due: '2025-12-31' }],
  });

  test('an adjustment and new weights leave B0’s series as it was, on every day before them', () => {
    const weights: Later = {
      case: 'weightSetApproved',
      on: '2025-01-01',
      value: {
        ...{ set: 'policy', name: '政策权重', inForceFrom: '2025-02-01', document: '汴发改〔2025〕1号' },
        ...{ items: [{ code: 'B1-1', weight: 9_000 }, { code: 'T9-1', weight: 1_000 }], measures: [{ code: 'B1-1.beds', weight: 1 }] }, // prettier-ignore
      },
    };
    const later: Later = { ...ADJUSTED, on: '2025-01-01' };
    fc.assert(
      fc.property(projects, earlier, (standings, on) => {
        const withoutMeasures = (made: unknown): unknown =>
          JSON.parse(JSON.stringify(made, (key, value: unknown) => (key === 'measures' ? undefined : value)));
        const [before, after] = [answer([], standings, on), answer([later, weights], standings, on)];
        expect(withoutMeasures(seriesOf(after))).toEqual(withoutMeasures(seriesOf(before)));
      }),
      { numRuns: 40 },
    );
  });

  test('so do a re-baseline, and a project’s end on a later day', () => {
    fc.assert(
      fc.property(
        ...([projects, earlier] as const),
        fc.constantFrom(ProjectStatus.MOVED_OUT, ProjectStatus.SPLIT, ProjectStatus.MERGED, ProjectStatus.CANCELLED),
        (made, on, status) => {
          // Nothing goes on with the work of a project that is at it; what inherits the dates of one that ended has its own tests (cells-lineage.spec.ts).
          const living = { status: ProjectStatus.ACTIVE, statusSince: '', successors: [], designedNow: [] };
          const before = made.map((each) => ({ ...each, ...living }));
          const end = { status, statusSince: '2025-06-01', document: '汴发改〔2025〕3号' };
          const after = before.map((each) => ({ ...each, ...end, designedNow: REPLANNED }));
          expect(seriesOf(answer([], after, on))).toEqual(seriesOf(answer([], before, on)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('on its own day and after, an end leaves B0’s C as it was', () => {
    fc.assert(
      fc.property(projects, (made) => {
        const before = made.map((each) => ({ ...each, status: ProjectStatus.ACTIVE }));
        const after = before.map((each) => ({ ...each, status: ProjectStatus.CANCELLED, statusSince: '2022-01-01' }));
        const shares = (standings: readonly Standing[]) =>
          answer([], standings, '2024-12-31').rows.map((row) => ('figures' in row ? row.figures.b0 : undefined));
        expect(shares(after)).toEqual(shares(before));
      }),
      { numRuns: 40 },
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { Disposal, type EventInit, PlanStatus } from '@planledger/contracts';
import fc from 'fast-check';
import { decided, after, LOADED } from './fixtures.js';
import { inForceOn, itemEver, measureEver, type PlanState, ruleVersion } from './state.js';

const issue: EventInit = {
  case: 'planIssued',
  value: {
    ...{
      document: '样政办〔2021〕3号',
      issuer: '样例市人民政府办公室',
      basis: '样政办〔2021〕3号',
      textDigest: 'a'.repeat(64),
    },
    measures: [{ measure: 'B1-1.schools', low: '24' }],
  },
};
const adjust: EventInit = {
  case: 'planAdjusted',
  value: {
    document: '样政〔2023〕9号',
    measures: [{ measure: 'B1-1.schools', low: '30', due: '2024-12-31' }],
    indicators: [{ indicator: 'I02', target: '60', targetText: '60%', path: [{ year: 2025, value: '60' }] }],
    items: [{ item: 'T5-9', name: '完整社区', sector: 'housing', chapter: 5 }],
    added: [{ measure: 'T5-9.communities', item: 'T5-9', unit: '个', low: '5' }],
    withdrawn: ['B2-1', 'T5-1.households'],
  },
};
const roster = (members: readonly string[], parts = {}): EventInit => ({
  case: 'rosterAdopted',
  value: {
    ...{ roster: 'towns', document: '样民〔2022〕5号', ...parts },
    members: members.map((member) => ({ member, name: member, county: 'YL-DQ' })),
  },
});
const checklist = (item: string, ...works: readonly string[]): EventInit => ({
  case: 'checklistAdopted',
  value: {
    ...{ item, name: '创建清单', document: '样住建〔2022〕2号', due: '2025-06-30' },
    works: works.map((work) => ({ work, name: work, weight: 1 })),
  },
});
const close: EventInit = {
  case: 'planClosed',
  value: {
    document: '样政办〔2026〕1号',
    unfinished: [{ measure: 'B1-1.schools', disposal: Disposal.CARRIED_OVER, document: '样发改〔2026〕4号' }],
  },
};
const target = ({ measures }: Pick<PlanState, 'measures'>, measure = 'B1-1.schools') => measures.get(measure)?.low;
const members = ({ rosters }: Pick<PlanState, 'rosters'>, code = 'towns') =>
  rosters.get(code)?.members.map(({ member }) => member);

describe('a plan that is issued', () => {
  test('seals B0 anew with its changes, and says by what it stands from now on', () => {
    const plan = decided(issue);
    expect([target(LOADED.b0), target(plan.b0), target(plan)]).toEqual(['20', '24', '24']);
    expect(plan.b0.measures).toBe(plan.measures);
    expect(plan.plan).toMatchObject({
      ...{
        status: PlanStatus.ISSUED,
        basis: '样政办〔2021〕3号',
        issuer: '样例市人民政府办公室',
        textDigest: 'a'.repeat(64),
      },
    });
    expect(plan.documents).toMatchObject([
      { kind: 'issued', document: '样政办〔2021〕3号', changed: ['B1-1.schools'] },
    ]);
    expect(plan.definedAt.get('B1-1.schools')).toBe(plan.position);
  });

  test('seals what a draft was adjusted to: the draft stayed one until then', () => {
    const draft = decided(adjust);
    expect(draft.plan?.status).toBe(PlanStatus.DRAFT);
    const plan = after(draft, { event: issue });
    expect([plan.b0.items.has('T5-9'), plan.b0.items.has('B2-1'), target(plan.b0)]).toEqual([true, false, '24']);
  });
});

describe('a plan that is adjusted', () => {
  const before = decided(issue);
  const plan = after(before, { event: adjust });

  test('changes the current plan and not B0', () => {
    expect([target(plan), plan.measures.get('B1-1.schools')?.due]).toEqual(['30', '2024-12-31']);
    expect(plan.plan?.status).toBe(PlanStatus.ADJUSTED);
    expect(plan.b0).toBe(before.b0);
    expect(plan.indicators.get('I02')).toMatchObject({ target: '60', targetText: '60%', baseline: '40.5' });
    expect([plan.paths.get('I02')?.length, plan.b0.paths.get('I02')]).toEqual([1, undefined]);
  });

  test('lets items in and out, and an item takes its measures along', () => {
    expect([plan.items.has('T5-9'), plan.measures.get('T5-9.communities')?.low]).toEqual([true, '5']);
    const gone = ['B2-1.homes', 'B2-1.public-homes', 'B2-1.community-sites', 'B2-1.welfare-home', 'T5-1.households'];
    expect(gone.filter((measure) => plan.measures.has(measure))).toEqual([]);
    expect(plan.documents.at(-1)?.changed).toEqual(expect.arrayContaining(['T5-9', 'B2-1', 'B1-1.schools', ...gone]));
  });

  test('still knows what left it: projects that began under it are judged by it', () => {
    expect([itemEver(plan, 'B2-1')?.name, measureEver(plan, 'B2-1.homes')?.low]).toEqual(['幸福养老工程', '12']);
    expect([itemEver(plan, 'B9-9'), measureEver(plan, 'B1-1.schools')?.low]).toEqual([undefined, '30']);
  });
});

describe('a roster that the text left open', () => {
  test('is B0’s from its first adoption on, and changes in the current plan alone after that', () => {
    const first = decided(roster(['a', 'b']));
    const second = after(first, { event: roster(['a', 'b', 'c']) });
    expect([members(first), members(first.b0)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect([members(second), members(second.b0)]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b'],
    ]);
    expect(second.rosters.get('towns')?.open).toBe(false);
  });

  test('that comes in parts takes effect with the last one', () => {
    const part = (at: number, names: readonly string[]) => roster(names, { part: at, parts: 2 });
    const half = decided(part(1, ['a', 'b']));
    expect([half.rosters.get('towns')?.open, half.documents.length, half.rosterParts.size]).toEqual([true, 0, 1]);
    const whole = after(half, { event: part(2, ['c']) });
    expect([members(whole), members(whole.b0), whole.rosterParts.size]).toEqual([['a', 'b', 'c'], ['a', 'b', 'c'], 0]);
  });

  test('begins anew with a first part, and no part joins another document’s', () => {
    const again = decided(roster(['a'], { part: 1, parts: 2 }), roster(['x'], { part: 1, parts: 2 }));
    expect(members(after(again, { event: roster(['y'], { part: 2, parts: 2 }) }))).toEqual(['x', 'y']);
    const other = roster(['y'], { part: 2, parts: 2, document: '样民〔2022〕6号' });
    expect(after(again, { event: other }).rosters.get('towns')?.open).toBe(true);
  });
});

describe('a checklist', () => {
  test('is a firm measure of its item, in B0 from the first adoption on', () => {
    const first = decided(checklist('T5-2', 'one', 'two'));
    const second = after(first, { event: checklist('T5-2', 'two', 'three') });
    const works = ({ measures }: Pick<PlanState, 'measures'>) =>
      measures.get('T5-2.checklist')?.works.map(({ work }) => work);
    expect(first.measures.get('T5-2.checklist')).toMatchObject({ start: '2021-01-01', due: '2025-06-30', partOf: '' });
    expect([works(first.b0), works(second.b0), works(second)]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
      ['two', 'three'],
    ]);
    expect(second.past.measures.get('T5-2.checklist')?.works.map(({ work }) => work)).toEqual(['one']);
  });

  test('of an item that B0 does not have is none of B0’s', () => {
    const plan = decided(adjust, checklist('T5-9', 'one'));
    expect([plan.measures.has('T5-9.checklist'), plan.b0.measures.has('T5-9.checklist')]).toEqual([true, false]);
  });
});

describe('what else is decided of a plan', () => {
  test('closing it says so, and by which document', () => {
    const plan = after(LOADED, { event: close, on: '2026-03-31' });
    expect(plan.closed).toMatchObject({ on: '2026-03-31', document: '样政办〔2026〕1号' });
    expect([plan.plan?.status, plan.documents.at(-1)?.kind]).toEqual([PlanStatus.CLOSED, 'closed']);
  });

  test('evaluations and reports keep the business date that they are about', () => {
    const evaluation = { kind: 'mid', at: 40, on: '2023-06-30', digest: 'b'.repeat(64), document: '样发改〔2023〕7号' };
    const report = { report: 'annual-2022', title: '年度报告', digest: 'c'.repeat(64), at: 41, on: '2022-12-31' };
    const plan = decided({ case: 'evaluationApproved', value: evaluation }, { case: 'reportPublished', value: report });
    expect(plan.evaluations).toMatchObject([{ ...evaluation, saidOn: '2024-06-30' }]);
    expect(plan.reports).toMatchObject([{ ...report, saidOn: '2024-06-30' }]);
  });

  test('of versions, sets and thresholds holds the one whose force began last', () => {
    const from = (version: string, inForceFrom: string) => ({ version, inForceFrom });
    const all = [from('a', '2021-01-01'), from('c', '2026-01-01'), from('b', '2025-06-01'), from('b2', '2025-06-01')];
    const holds = (on: string) => inForceOn(all, on)?.version;
    expect(['2020-12-31', '2025-05-31', '2025-06-01', '2026-01-01'].map(holds)).toEqual([undefined, 'a', 'b2', 'c']);
    const adopt = (version: string, inForceFrom: string): EventInit => ({
      case: 'rulesAdopted',
      value: { part: 'progress', version, inForceFrom },
    });
    const plan = decided(adopt('v2', '2026-01-01'), adopt('v1', '2025-06-01'));
    expect([ruleVersion(plan, 'progress', '2025-07-01'), ruleVersion(plan, 'progress', '2026-07-01')]).toEqual([
      'v1',
      'v2',
    ]);
  });
});

/** Everything that a plan's stream may hold after the import, by what may move B0 and what may not. */
const text = fc.constantFrom('1', '25', '100');
const measure = fc.constantFrom('B1-1.schools', 'B1-1.places', 'B2-1.homes', 'T5-1.households', 'T5-2.checklist');
const item = fc.constantFrom('B1-1', 'B2-1', 'T5-1', 'T5-2', 'T5-9');
const harmless: fc.Arbitrary<EventInit> = fc.oneof(
  fc
    .record({ measure, low: text, gone: fc.subarray(['B2-1', 'T5-1.households', 'T5-2']), code: item })
    .map(({ measure: changed, low, gone, code }): EventInit => ({
      case: 'planAdjusted',
      value: {
        document: '文号',
        measures: [{ measure: changed, low }],
        indicators: [{ indicator: 'I01', target: low, path: [{ year: 2025, value: low }] }],
        items: [{ item: code, name: '新任务', sector: 'housing' }],
        added: [{ measure: `${code}.more`, item: code, low }],
        withdrawn: gone,
      },
    })),
  measure.map((code): EventInit => ({ case: 'targetDecomposed', value: { measure: code, counties: [] } })),
  item.map((code): EventInit => ({
    case: 'weightSetApproved',
    value: { set: code, items: [{ code, weight: 10_000 }] },
  })),
  text.map((value): EventInit => ({ case: 'thresholdsApproved', value: { values: { 'tolerance/I01': value } } })),
  fc.constant<EventInit>({ case: 'rulesAdopted', value: { part: 'progress', version: 'v0' } }),
  fc.constant<EventInit>({ case: 'doubtSettled', value: { doubt: 'places-and-schools', reading: 'apart' } }),
  fc.constant<EventInit>({ case: 'evaluationApproved', value: { kind: 'mid', at: 9, on: '2024-01-01' } }),
  fc.constant<EventInit>({ case: 'reportPublished', value: { report: 'r', at: 9, on: '2024-01-01' } }),
  fc.constant<EventInit>({ case: 'rosterAdopted', value: { roster: 'each-county', members: [] } }),
  fc.constant(close),
);
const sealing: fc.Arbitrary<EventInit> = fc.oneof(
  fc.constant(issue),
  fc.subarray(['a', 'b', 'c']).map((names) => roster(names)),
  fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((works) => checklist('T5-2', ...works)),
);
const baseline = ({ b0 }: PlanState): string =>
  JSON.stringify(b0, (_key, value: unknown) => (value instanceof Map ? [...value] : value));

describe('B0', () => {
  test('is moved by issuing and by the first adoption of what was left open, and by nothing else ever', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(harmless, sealing), { maxLength: 25 }), (events) => {
        let plan = LOADED;
        for (const event of events) {
          const next = after(plan, { event });
          const firstRoster = event.case === 'rosterAdopted' && plan.b0.rosters.get('towns')?.open === true;
          const firstList = event.case === 'checklistAdopted' && !plan.b0.measures.has('T5-2.checklist');
          if (event.case !== 'planIssued' && !firstRoster && !firstList) expect(baseline(next)).toBe(baseline(plan));
          plan = next;
        }
        // What was sealed as loaded is never lost either: it is what the files are held against.
        expect(baseline({ ...plan, b0: plan.imported?.b0 ?? plan.b0 })).toBe(baseline(LOADED));
      }),
      { numRuns: 200 },
    );
  });
});

import { expect } from '@jest/globals';
import { begins, bodyOf, claims, delivers, DORMITORIES, flats, SCHOOLS, verifies } from './deeds.js';
import { counted, does, headOf, isRefused, planOf, type Scenario, type Town } from './town.js';

/** The commission decides: accepted, and where the entry stands. */
const decides = (town: Town, path: string, body: object): Promise<number> => does(town, 'commission', path, body);
const mayNot = (town: Town, path: string, body: object, code: string): Promise<void> =>
  isRefused(town, 'commission', path, body, code);

const codeOf = (rows: readonly { measure: string }[], measure: string) => rows.find((row) => row.measure === measure);
const digest = 'd'.repeat(64);

const issuing = {
  ...{ occurredOn: '2022-05-10', document: '汴政办〔2022〕25号', issuer: '开封市人民政府办公室' },
  ...{ basis: '汴政办〔2022〕25号', textDigest: digest },
  measures: [{ measure: DORMITORIES.measure, low: '4600' }],
};
const adjusting = {
  ...{ occurredOn: '2023-09-15', document: '汴政〔2023〕16号', withdrawn: ['T9-3'] },
  measures: [{ measure: DORMITORIES.measure, low: '5000' }],
};

const issuedAndAdjusted: Scenario = {
  sentence: 'a draft is issued, which seals B0 anew, and adjusted, which leaves B0 as it was issued',
  async run(town) {
    expect((await planOf(town)).head).toMatchObject({ status: 'PLAN_STATUS_DRAFT', basis: '征求意见稿（2022-03）' });
    const issued = await decides(town, 'plan/issue', issuing);
    const sealed = await planOf(town);
    expect(sealed.head).toMatchObject({
      status: 'PLAN_STATUS_ISSUED',
      basis: '汴政办〔2022〕25号',
      textDigest: digest,
    });
    expect(codeOf(sealed.measures, DORMITORIES.measure)).toMatchObject({ low: '4600' });
    expect(sealed.b0).toEqual({ items: [], measures: [], indicators: [], rosters: [], without: [] });
    await mayNot(town, 'plan/issue', issuing, 'PLAN_ALREADY_ISSUED');

    const adjusted = await decides(town, 'plan/adjust', adjusting);
    const plan = await planOf(town);
    expect([plan.head.status, codeOf(plan.measures, DORMITORIES.measure)]).toMatchObject([
      'PLAN_STATUS_ADJUSTED',
      { low: '5000' },
    ]);
    expect(codeOf(plan.b0.measures, DORMITORIES.measure)).toMatchObject({ low: '4600' });
    expect(plan.b0.items).toMatchObject([{ item: 'T9-3' }]);
    expect(plan.documents).toMatchObject([
      { kind: 'issued', document: '汴政办〔2022〕25号', date: '2022-05-10', position: issued },
      { kind: 'adjusted', document: '汴政〔2023〕16号', date: '2023-09-15', position: adjusted },
    ]);
    await mayNot(town, 'plan/adjust', adjusting, 'NOT_IN_PLAN');
  },
};

const decisions: Scenario = {
  sentence:
    'targets, weights, thresholds, rosters, checklists and doubts are decided, and the plan says by which document',
  async run(town) {
    const from = { inForceFrom: '2026-06-01' };
    const by = (occurredOn: string, document: string) => ({ occurredOn, document });
    const counties = [{ county: '410212', target: '30' }];
    await decides(town, 'plan/targets', {
      ...by('2022-07-01', '汴发改〔2022〕45号'),
      measure: SCHOOLS.measure,
      counties,
    });
    const items = [{ item: 'B2-1', weight: 10_000 }];
    await decides(town, 'plan/weights', {
      ...by('2026-04-30', '汴发改〔2026〕52号'),
      ...from,
      set: 'schools',
      name: '教育',
      items,
    });
    const values = [{ name: 'lamp/progress-red', value: '25' }];
    await decides(town, 'plan/thresholds', { ...by('2026-04-30', '汴发改〔2026〕53号'), ...from, values });
    const members = [{ member: 'qixian', name: '杞县卫生监督机构', county: '410221' }];
    const roster = { roster: 'county-supervision', members };
    await decides(town, 'plan/rosters', { ...by('2022-08-01', '汴卫〔2022〕60号'), ...roster });
    const works = [{ id: 'city-centre', name: '市退役军人服务中心' }];
    const checklist = { item: 'T10-2', name: '示范创建清单', works, due: '2025-12-31' };
    await decides(town, 'plan/checklists', { ...by('2022-08-01', '汴退役军人〔2022〕12号'), ...checklist });
    const reading = 'one-each';
    await decides(town, 'plan/doubts/district-cdc/settle', { ...by('2022-06-20', '汴发改函〔2022〕31号'), reading });

    const plan = await planOf(town);
    expect(plan.targets).toMatchObject([{ measure: SCHOOLS.measure, counties, document: '汴发改〔2022〕45号' }]);
    expect(plan.weightSets).toMatchObject([
      { set: 'equal', inForce: true },
      { set: 'schools', inForce: false, inForceFrom: '2026-06-01', document: '汴发改〔2026〕52号' },
    ]);
    const red = plan.thresholds.find(({ name }: { name: string }) => name === 'lamp/progress-red');
    expect(red).toMatchObject({ value: '30', document: '' });
    const adopted = plan.rosters.find((row: { roster: string }) => row.roster === roster.roster);
    expect(adopted).toMatchObject({ open: false, members, adopted: [{ document: '汴卫〔2022〕60号' }], pending: null });
    expect(codeOf(plan.measures, 'T10-2.checklist')).toMatchObject({
      works: [{ work: 'city-centre' }],
      due: '2025-12-31',
    });
    const settled = plan.doubts.find(({ doubt }: { doubt: string }) => doubt === 'district-cdc').settled;
    expect(settled).toMatchObject({ reading, document: '汴发改函〔2022〕31号', date: '2022-06-20' });
    // Adopting what was left open says what the plan meant all along: B0 has it too.
    expect(plan.b0).toMatchObject({ rosters: [], without: [] });
  },
};

const closed: Scenario = {
  sentence: 'a plan that is over is closed; after that only verification, correction and late delivery go on',
  async run(town) {
    const built = await begins(town, DORMITORIES);
    const { start } = await claims(built, { start: '2024-05-01', acceptance: '2025-06-30' });
    await delivers(built, flats('block-1', '2025-07-01', 60));
    const before = await counted(town, DORMITORIES.measure, { on: '2026-04-10' });
    const unfinished = [
      { measure: DORMITORIES.measure, disposal: 'carried-over', document: '汴发改〔2026〕11号' },
      { measure: SCHOOLS.measure, disposal: 'written-off', document: '汴发改〔2026〕12号' },
    ];
    const closing = { occurredOn: '2026-03-31', document: '汴政办〔2026〕8号', unfinished };
    await mayNot(town, 'plan/close', { ...closing, occurredOn: '2025-12-30' }, 'PLAN_NOT_OVER');
    const position = await decides(town, 'plan/close', closing);

    const late = { occurredOn: '2026-04-10' };
    const registration = { name: '新项目', sector: 'education', county: '410212', nature: 'new', template: 'building' };
    await isRefused(town, built.clerk, 'projects', { ...late, ...registration, publicity: 'public' }, 'PLAN_CLOSED');
    await isRefused(town, built.clerk, `${built.at}/suspend`, { ...late, reason: '资金未到位' }, 'PLAN_CLOSED');
    await mayNot(town, 'plan/adjust', { ...adjusting, withdrawn: ['T9-2'] }, 'PLAN_CLOSED');
    await mayNot(town, 'plan/close', closing, 'PLAN_CLOSED');

    // What is finished late (期后) needs its claims too.
    await does(town, built.clerk, `${built.at}/milestones/siting/claim`, late);
    const block = flats('block-2', '2026-04-10', 40);
    await does(town, built.clerk, `${built.at}/outputs`, { occurredOn: block.on, ...bodyOf(block) });
    await verifies(built, flats('block-1', '2026-04-10', 60));
    const why = { why: 'typing-error', reason: '开工日期录入错误，以开工令为准。', payload: {} };
    await does(town, built.clerk, `entries/${start}/correct`, { occurredOn: '2024-05-03', ...why });
    const after = await counted(town, DORMITORIES.measure, { on: '2026-04-10' });
    expect(after).toEqual({ claimed: before.claimed + 40, verified: before.verified + 60 });

    const at = await headOf(town);
    const answered = { at, on: '2026-04-30', digest };
    await decides(town, 'evaluations', { ...late, document: '汴发改〔2026〕30号', kind: 'final', ...answered });
    await decides(town, 'reports', { ...late, report: 'final-2025', title: '总结评估报告', ...answered });
    expect(await planOf(town)).toMatchObject({
      head: { status: 'PLAN_STATUS_CLOSED' },
      closed: {
        document: '汴政办〔2026〕8号',
        date: '2026-03-31',
        position,
        unfinished: [{ disposal: 'DISPOSAL_CARRIED_OVER' }, {}],
      },
      evaluations: [{ kind: 'final', at, on: '2026-04-30', date: '2026-04-10' }],
      reports: [{ report: 'final-2025', ruleVersion: 'v0', on: '2026-04-30', nodes: [] }],
    });
  },
};

/** In this order, on a plan of their own: each is about the plan as a whole. */
export const PLAN_LIFE: readonly Scenario[] = [issuedAndAdjusted, decisions, closed];

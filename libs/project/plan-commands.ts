import * as bodies from './bodies-plan.js';
import { type CommandRow, row } from './command.js';
import {
  adoptChecklist,
  adoptRoster,
  approveEvaluation,
  closePlan,
  decomposeTarget,
  publishReport,
  settleDoubt,
} from './plan-adoptions.js';
import { adjustPlan, issuePlan } from './plan-changes.js';
import { adoptRules, approveThresholds, approveWeights } from './plan-settings.js';

/** What every row of the plan stream shares: the commission decides. */
const decision = { on: 'plan', permission: 'plan.decide' } as const;

const DIGEST = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea';

/** What the commission decides of the plan itself: a row for every event of the plan stream. */
export const PLAN_COMMANDS: readonly CommandRow[] = [
  row({
    ...decision,
    name: 'issuePlan',
    path: 'plan/issue',
    summary: 'Issue the draft, by document: the baseline B0 is sealed anew 规划印发',
    body: bodies.IssuePlanBody,
    makes: 'planIssued',
    event: issuePlan,
    example: {
      occurredOn: '2022-05-10',
      document: '汴政办〔2022〕25号',
      issuer: '开封市人民政府办公室',
      basis: '汴政办〔2022〕25号',
      textDigest: DIGEST,
      measures: [{ measure: 'B2-1.dormitories', low: '4600' }],
    },
  }),
  row({
    ...decision,
    name: 'settleDoubt',
    path: 'plan/doubts/{doubt}/settle',
    summary: 'Settle a doubt about the text: the reading that holds, in B0 too 口径裁定',
    body: bodies.SettleDoubtBody,
    makes: 'doubtSettled',
    afterClosing: 'allowed',
    event: settleDoubt,
    example: { occurredOn: '2022-06-20', document: '汴发改函〔2022〕31号', reading: 'one-in-all' },
  }),
  row({
    ...decision,
    name: 'adjustPlan',
    path: 'plan/adjust',
    summary: 'Adjust the current plan, by document; B0 stays 规划调整',
    body: bodies.AdjustPlanBody,
    makes: 'planAdjusted',
    event: adjustPlan,
    example: {
      occurredOn: '2023-09-15',
      document: '汴政〔2023〕16号',
      measures: [{ measure: 'B2-1.kindergartens', low: '110' }],
      indicators: [{ indicator: 'I13', target: '80', targetText: '80' }],
      items: [
        {
          ...{ item: 'T9-20', name: '完整社区建设', sector: 'housing', chapter: 9, nature: 'build' },
          quote: '到2025年建成完整社区10个。',
        },
      ],
      added: [
        {
          ...{ item: 'T9-20', id: 'complete-communities', name: '完整社区', unit: '个', quantifier: 'exact' },
          ...{ low: '10', commitment: 'firm', due: '2025-12-31', countsAt: '验收', identity: '社区名称' },
          quote: '到2025年建成完整社区10个',
        },
      ],
    },
  }),
  row({
    ...decision,
    name: 'decomposeTarget',
    path: 'plan/targets',
    summary: 'Decompose a target to counties; again: replaces it 目标分解',
    body: bodies.DecomposeTargetBody,
    makes: 'targetDecomposed',
    event: decomposeTarget,
    example: {
      occurredOn: '2022-07-01',
      document: '汴发改〔2022〕45号',
      measure: 'B2-1.schools',
      counties: [
        { county: '410212', target: '30' },
        { county: '410221', target: '40' },
      ],
    },
  }),
  row({
    ...decision,
    name: 'approveWeights',
    path: 'plan/weights',
    summary: 'Approve a weight set, in force from a later day 权重方案批准',
    body: bodies.ApproveWeightsBody,
    makes: 'weightSetApproved',
    event: approveWeights,
    example: {
      occurredOn: '2025-10-20',
      document: '汴发改〔2025〕52号',
      set: 'livelihood',
      name: '民生优先',
      items: [
        { item: 'B2-1', weight: 4000 },
        { item: 'B5-1', weight: 3500 },
        { item: 'T9-1', weight: 2500 },
      ],
      measures: [
        { measure: 'B5-1.homes', weight: 6000 },
        { measure: 'B5-1.community-sites', weight: 4000 },
      ],
      inForceFrom: '2026-01-01',
    },
  }),
  row({
    ...decision,
    name: 'approveThresholds',
    path: 'plan/thresholds',
    summary: 'Approve numbers that rules read by name, in force from a later day 阈值批准',
    body: bodies.ApproveThresholdsBody,
    makes: 'thresholdsApproved',
    event: approveThresholds,
    example: {
      occurredOn: '2025-10-20',
      document: '汴发改〔2025〕53号',
      values: [
        { name: 'tolerance/I08', value: '0.1' },
        { name: 'lamp/progress-red', value: '25' },
      ],
      inForceFrom: '2026-01-01',
    },
  }),
  row({
    ...decision,
    name: 'adoptRules',
    path: 'plan/rules',
    summary: 'Adopt a version of rules, in force from a later day 规则采用',
    body: bodies.AdoptRulesBody,
    makes: 'rulesAdopted',
    event: adoptRules,
    example: { occurredOn: '2025-10-20', part: 'progress', version: 'v1', inForceFrom: '2026-01-01' },
  }),
  row({
    ...decision,
    name: 'adoptRoster',
    path: 'plan/rosters',
    summary: 'Adopt the members of a roster; the first of an open one is B0’s too 名册认定',
    body: bodies.AdoptRosterBody,
    makes: 'rosterAdopted',
    event: adoptRoster,
    example: {
      occurredOn: '2022-08-01',
      document: '汴卫〔2022〕60号',
      roster: 'county-supervision',
      members: [
        { member: 'city', name: '市级卫生监督机构', county: '410200' },
        { member: 'qixian', name: '杞县卫生监督机构', county: '410221' },
        { member: 'tongxu', name: '通许县卫生监督机构', county: '410222' },
        { member: 'weishi', name: '尉氏县卫生监督机构', county: '410223' },
        { member: 'lankao', name: '兰考县卫生监督机构', county: '410225' },
      ],
    },
  }),
  row({
    ...decision,
    name: 'adoptChecklist',
    path: 'plan/checklists',
    summary: 'Adopt named works for an item without a firm measure 清单认定',
    body: bodies.AdoptChecklistBody,
    makes: 'checklistAdopted',
    event: adoptChecklist,
    example: {
      occurredOn: '2022-08-01',
      document: '汴退役军人〔2022〕12号',
      item: 'T10-2',
      name: '示范型退役军人服务中心创建清单',
      works: [
        { id: 'city-centre', name: '市退役军人服务中心' },
        { id: 'xiangfu-centre', name: '祥符区退役军人服务中心' },
      ],
      due: '2025-12-31',
    },
  }),
  row({
    ...decision,
    name: 'approveEvaluation',
    path: 'evaluations',
    summary: 'Approve an evaluation as it was answered 评估认定',
    body: bodies.ApproveEvaluationBody,
    makes: 'evaluationApproved',
    afterClosing: 'allowed',
    event: approveEvaluation,
    example: {
      occurredOn: '2023-09-01',
      document: '汴发改〔2023〕70号',
      ...{ kind: 'mid', at: 600, on: '2023-06-30', digest: DIGEST },
    },
  }),
  row({
    ...decision,
    name: 'publishReport',
    path: 'reports',
    summary: 'Record a report that left the house, with its digest 报告发布',
    body: bodies.PublishReportBody,
    makes: 'reportPublished',
    afterClosing: 'allowed',
    event: publishReport,
    example: {
      occurredOn: '2023-10-08',
      ...{ report: 'annual-2022', title: '开封市公共服务发展年度报告（2022年）' },
      ...{ digest: DIGEST, at: 600, on: '2022-12-31', nodes: ['plan', 'item/B2-1'] },
    },
  }),
  row({
    ...decision,
    name: 'closePlan',
    path: 'plan/close',
    summary: 'Close the plan: what becomes of each unfinished firm measure 规划收官',
    body: bodies.ClosePlanBody,
    makes: 'planClosed',
    event: closePlan,
    example: {
      occurredOn: '2026-03-31',
      document: '汴政办〔2026〕8号',
      unfinished: [
        { measure: 'B2-1.schools', disposal: 'carried-over', document: '汴发改〔2026〕11号' },
        { measure: 'B5-1.homes', disposal: 'written-off', document: '汴发改〔2026〕12号' },
      ],
    },
  }),
];

import { monthKey } from './demo-months.js';
import { type DemoStep, digestOf, XIANGFU } from './demo-step.js';

/** Command ids of what the hand-written projects did (demo-projects.ts, by their place in it). */
const PROJECT = (at: string): string => `demo-${at}-register`;
const [HOUSES, HOME] = ['025', '026'];
const [TWICE, BEDS] = [`demo-${HOUSES}-house-${XIANGFU}-12`, `demo-${HOME}-home-${XIANGFU}-2`];
const BUREAU = 'verifier-elderly-care';
const CLERK = `clerk-elderly-care-${XIANGFU}`;

interface More {
  /** Command id that opened the case, or that registered the project of a request. */
  readonly id?: string;
  /** Command id of the entry it stands on. */
  readonly about?: string;
}

const sent = (
  day: string,
  person: string,
  command: string,
  commandId: string,
  body: object,
  { id, about }: More = {},
): DemoStep => ({
  ...{ day, person, command, commandId },
  params: id === undefined ? {} : { id },
  body: { occurredOn: day, ...body },
  ...(about === undefined ? {} : { about }),
});

const evidence = (name: string) => [{ digest: digestOf(name), name, kept: '市发改委档案室' }];

/**
 * What was disputed after the month was closed, supervised, found by the auditor and published: of the hand-written
 * projects, in the months of demo-months.ts. One published report is touched by a correction made after it.
 */
export function cases(): DemoStep[] {
  return [...reports(), ...lateCorrections(), ...supervised(), ...findings()];
}

/** Of what was known when the last month of the half-year was closed. */
function reports(): DemoStep[] {
  const closed = (month: string) => ({ about: monthKey('elderly-care', XIANGFU, month, 'close') });
  const nodes = ['plan', 'item/B5-1', 'measure/B5-1.community-sites'];
  const [year, half] = ['开封市公共服务发展年度报告（2024年）', '开封市公共服务发展半年报告（2025年上半年）'];
  return [
    sent(
      ...(['2025-01-20', 'commission', 'publishReport', 'demo-report-annual-2024'] as const),
      { report: 'annual-2024', title: year, digest: digestOf('annual-2024'), on: '2024-12-31', nodes },
      closed('2024-12'),
    ),
    sent(
      ...(['2025-07-16', 'commission', 'publishReport', 'demo-report-half-2025'] as const),
      { report: 'half-2025', title: half, digest: digestOf('half-2025'), on: '2025-06-30', nodes },
      closed('2025-06'),
    ),
  ];
}

/** Both of deliveries whose months were closed: one refused, one approved a level up. */
function lateCorrections(): DemoStep[] {
  const beds = {
    ...{ unit: `home-${XIANGFU}-2`, unitName: '祥符区第三敬老院', measure: 'B5-1.homes', kind: 'home', quantity: 1 },
    facts: {
      ...{ category: 'town-home', beds: 120, nursingBeds: 110, fireAccepted: true },
      ...{ filingNumber: `41-${XIANGFU}-2`, model: 'public' },
    },
  };
  const wrong = { why: 'typing-error', reason: '护理型床位数少录，按设施清单更正为110张。' };
  const twice = { why: 'reported-twice', reason: '十二号幸福院与邻村站点合并运营，系重复填报，申请撤回。' };
  return [
    sent(
      '2025-06-24',
      CLERK,
      'correct',
      'demo-late-beds',
      { ...wrong, payload: beds },
      { id: PROJECT(HOME), about: BEDS },
    ),
    sent(
      ...(['2025-06-30', BUREAU, 'rejectRequest', 'demo-late-beds-answer'] as const),
      { reason: '现场清点护理型床位70张，更正依据不足。' },
      { id: PROJECT(HOME), about: 'demo-late-beds' },
    ),
    sent('2025-08-05', CLERK, 'retract', 'demo-late-twice', twice, { id: PROJECT(HOUSES), about: TWICE }),
    sent(
      '2025-08-12',
      BUREAU,
      'approveRequest',
      'demo-late-twice-answer',
      {},
      { id: PROJECT(HOUSES), about: 'demo-late-twice' },
    ),
  ];
}

/** One open, one overdue, one taken upwards, two closed. */
function supervised(): DemoStep[] {
  const [school, ward, communities, resumed] = [PROJECT('004'), PROJECT('011'), PROJECT('019'), PROJECT('020')];
  const issue = 'issueSupervision';
  const county = `county-commission-${XIANGFU}`;
  return [
    sent('2025-04-15', 'commission', issue, 'demo-case-resumed', {
      ...{ title: '杞县老城社区改造停工，限期复工', about: resumed, toUnit: '410221-housing', due: '2025-05-15' },
      ...{ lamp: { lamp: 'progress', colour: 'red' }, reason: '专项资金未到位，施工单位停工。' },
    }),
    sent(
      ...(['2025-05-16', 'commission', 'escalateCase', 'demo-case-resumed-up'] as const),
      { level: 'deputy-mayor', due: '2025-05-31', reason: '到期未复工，提请分管副市长协调资金。' },
      { id: 'demo-case-resumed' },
    ),
    sent(
      ...(['2025-05-28', 'commission', 'closeCase', 'demo-case-resumed-closed'] as const),
      { reason: '资金已拨付并复工，现场核查属实，予以销号。', evidence: evidence('老城社区复工核查报告') },
      { id: 'demo-case-resumed' },
    ),
    sent('2025-06-12', 'commission', issue, 'demo-case-school', {
      ...{ title: '杞县第二高级中学停工超过半年', about: school, toUnit: '410221-education', due: '2025-07-31' },
      reason: '停工后一直未报复工计划。',
    }),
    sent(
      ...(['2025-08-04', 'commission', 'escalateCase', 'demo-case-school-up'] as const),
      { level: 'deputy-mayor', due: '2025-11-30', reason: '到期未整改，提请分管副市长协调。' },
      { id: 'demo-case-school' },
    ),
    sent('2025-08-18', county, issue, 'demo-case-communities', {
      ...{ title: '祥符区老城社区配套用房未移交', about: communities, toUnit: '410212-housing', due: '2025-09-20' },
      reason: '竣工两年仍未移交社区使用。',
    }),
    sent(
      ...(['2025-09-15', county, 'closeCase', 'demo-case-communities-closed'] as const),
      { reason: '配套用房已移交，现场核查属实，予以销号。', evidence: evidence('配套用房移交清单') },
      { id: 'demo-case-communities' },
    ),
    sent('2025-09-22', 'commission', issue, 'demo-case-ward', {
      ...{ title: '市人民医院综合病房楼进度滞后，限期赶工', about: ward, toUnit: 'city-health', due: '2025-11-15' },
      ...{ lamp: { lamp: 'progress', colour: 'red' }, reason: '装饰装修阶段连续两个季度无进展。' },
    }),
    sent('2025-10-16', 'commission', issue, 'demo-case-unreported', {
      ...{ title: '祥符区退役军人事务局连续两月未报送', toUnit: '410212-veterans', due: '2025-10-25' },
      reason: '8月、9月报送期均未报送。',
    }),
  ];
}

/** One closed, one rectified and waiting for the commission, one open. */
function findings(): DemoStep[] {
  const raise = 'raiseFinding';
  const [corrected, unverified] = ['015', '003'];
  return [
    sent(
      ...(['2024-12-10', 'auditor', raise, 'demo-finding-start'] as const),
      {
        ...{ title: '开工日期更正未附开工令', about: PROJECT(corrected) },
        ...{ toUnit: '410212-elderly-care', due: '2025-01-20', reason: '更正依据为开工令，台账未附。' },
      },
      { about: `demo-${corrected}-milestone-start-correct` },
    ),
    sent(
      ...(['2025-01-15', CLERK, 'rectifyFinding', 'demo-finding-start-done'] as const),
      { reason: '开工令原件已交审计组核对，日期一致。' },
      { id: 'demo-finding-start', about: `demo-${corrected}-milestone-start-correct` },
    ),
    sent(
      ...(['2025-02-06', 'commission', 'closeCase', 'demo-finding-start-closed'] as const),
      { reason: '开工令核对无误，予以销号。', evidence: evidence('开工令核对记录') },
      { id: 'demo-finding-start' },
    ),
    sent(
      ...(['2025-07-28', 'auditor', raise, 'demo-finding-twice'] as const),
      {
        ...{ title: '同一幸福院以两个名称填报', about: PROJECT(HOUSES) },
        ...{ toUnit: '410212-elderly-care', due: '2025-08-29', reason: '现场核查，十二号幸福院与邻村站点为同一处。' },
      },
      { about: TWICE },
    ),
    sent(
      ...(['2025-08-15', CLERK, 'rectifyFinding', 'demo-finding-twice-done'] as const),
      { reason: '重复填报的站点已经市民政局批准撤回。' },
      { id: 'demo-finding-twice', about: 'demo-late-twice-answer' },
    ),
    sent(
      ...(['2025-09-10', 'auditor', raise, 'demo-finding-school'] as const),
      {
        ...{ title: '学校已填报建成，一年未核验', about: PROJECT(unverified) },
        ...{ toUnit: '410221-education', due: '2025-11-30', reason: '填报数与核验数的差额无人说明。' },
      },
      { about: `demo-${unverified}-school-410221-0` },
    ),
  ];
}

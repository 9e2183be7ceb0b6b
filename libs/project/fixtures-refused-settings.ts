import type { Step } from './fixtures.js';
import { decides } from './fixtures-refused-decisions.js';
import { BEGUN, OPEN, refused, type Refused, REGISTER, sent, SUPERVISE } from './fixtures-steps.js';

/** How figures are computed. */
const weights = (body: object): Step => decides('approveWeights', { measures: [], ...body });
const thresholds = (name: string, value: string): Step => decides('approveThresholds', { values: [{ name, value }] });
export const AT_SETTINGS: readonly Refused[] = [
  refused('WEIGHT_SET_TAKEN', 'a weight set under the id of one approved', weights({}), weights({})),
  refused('WEIGHT_SET_TAKEN', 'a weight set by the name of the equal one', weights({ set: 'equal' })),
  refused('WEIGHTS_SUM', 'weights that do not make a whole', weights({ items: [{ item: 'B2-1', weight: 9_999 }] })),
  refused(
    'WEIGHTS_SUM',
    'weights within an item that do not make a whole',
    decides('approveWeights', {
      measures: [{ measure: 'B5-1.homes', weight: 6_000 }],
    }),
  ),
  refused(
    'LISTED_TWICE',
    'an item weighed twice',
    weights({ items: [5_000, 5_000].map((weight) => ({ item: 'B2-1', weight })) }),
  ),
  refused(
    'ITEM_UNKNOWN',
    'a weight on an item that is not there',
    weights({ items: [{ item: 'T9-30', weight: 10_000 }] }),
  ),
  refused(
    'MEASURE_UNKNOWN',
    'a weight on a measure that is not there',
    weights({ measures: [{ measure: 'B2-1.towers', weight: 10_000 }] }),
  ),
  refused(
    'WEIGHS_NOTHING',
    'a weight on 力争',
    weights({ measures: [{ measure: 'B2-1.balanced-counties', weight: 10_000 }] }),
  ),
  refused(
    'WEIGHS_NOTHING',
    'a weight on 其中',
    weights({ measures: [{ measure: 'B3-2.high-skill', weight: 10_000 }] }),
  ),
  refused('RULE_NOT_IN_FUTURE', 'weights in force from today', weights({ inForceFrom: '2025-10-31' })),
  refused('NO_SUCH_DAY', 'weights in force from no day', weights({ inForceFrom: '2026-02-30' })),
  refused('THRESHOLD_UNKNOWN', 'a threshold that no rule reads', thresholds('lamp/purple', '1')),
  refused('THRESHOLD_UNKNOWN', 'a tolerance of what is not there', thresholds('tolerance/I99', '1')),
  refused('THRESHOLD_MISFORMED', 'a threshold below nothing', thresholds('tolerance/I08', '-0.1')),
  refused('THRESHOLD_MISFORMED', 'half a month', thresholds('lamp/start-red-months', '2.5')),
  refused('THRESHOLDS_CROSSED', 'yellow beyond red', thresholds('lamp/progress-yellow', '30.5')),
  refused(
    'RULE_NOT_IN_FUTURE',
    'thresholds in force from yesterday',
    decides('approveThresholds', { inForceFrom: '2025-10-30' }),
  ),
  refused('RULES_UNKNOWN', 'rules that nobody wrote', decides('adoptRules', { version: 'v9' })),
  refused(
    'RULES_UNKNOWN',
    'rules of a sector that nobody wrote',
    decides('adoptRules', { part: 'sector/education', version: 'v9' }),
  ),
  refused('RULES_UNKNOWN', 'rules of no sector', decides('adoptRules', { part: 'sector/tourism', version: 'v0' })),
  refused('RULES_ALREADY_ADOPTED', 'the rules that are in force', decides('adoptRules', { version: 'v0' })),
  refused(
    'RULES_ALREADY_ADOPTED',
    'a sector’s rules that are in force',
    decides('adoptRules', { part: 'sector/housing', version: 'v0' }),
  ),
  refused('RULE_NOT_IN_FUTURE', 'rules in force from today', decides('adoptRules', { inForceFrom: '2025-10-31' })),
];

/** What is said about the plan's content. */
const target = (measure: string, ...counties: object[]): Step => decides('decomposeTarget', { measure, counties });
const county = (code: string, of = '10') => ({ county: code, target: of });
const member = (id: string, body: object = {}) => ({ member: id, name: id, county: '410221', ...body });
const roster = (body: object): Step => decides('adoptRoster', body);
const settle = (body: object = {}, doubt = 'district-cdc'): Step => decides('settleDoubt', body, { doubt });
const close = (body: object = {}): Step => ({ ...decides('closePlan', body), today: '2026-04-01' });
export const CLOSED: Step = close();
export const AT_DECISIONS: readonly Refused[] = [
  refused('MEASURE_UNKNOWN', 'a decomposition of a measure that is not there', target('B2-1.towers', county('410212'))),
  refused('TARGET_HAS_NO_PARTS', 'a decomposition of a share', target('B1-3.hearing-screening', county('410212'))),
  refused('TARGET_HAS_NO_PARTS', 'a decomposition of 每县', target('B1-1.county-institutions', county('410221'))),
  refused('COUNTY_UNKNOWN', 'a part of a county of another plan', target('B2-1.schools', county('110101'))),
  refused('LISTED_TWICE', 'two parts of one county', target('B2-1.schools', county('410212'), county('410212'))),
  refused('TARGET_NOT_POSITIVE', 'a part of nothing', target('B2-1.schools', county('410212', '0'))),
  refused(
    'TARGET_PARTS_EXCEED',
    'parts beyond the target',
    target('B2-1.schools', county('410212', '100'), county('410221', '100.5')),
  ),
  refused(
    'TARGET_PARTS_EXCEED',
    'parts beyond the reading that was settled',
    target('B4-5.district-cdc', county('410212', '2')),
    settle(),
  ),
  refused('ROSTER_UNKNOWN', 'members of no roster', roster({ roster: 'no-such' })),
  refused('COUNTY_UNKNOWN', 'a member in no county', roster({ members: [member('a', { county: '110101' })] })),
  refused('LISTED_TWICE', 'a member twice', roster({ members: [member('a'), member('a')] })),
  refused(
    'LISTED_TWICE',
    'a member of the first part again in the second',
    roster({ part: 2, parts: 2, members: [member('a')] }),
    roster({ part: 1, parts: 2, members: [member('a')] }),
  ),
  refused('NO_SUCH_DAY', 'a member from no day on', roster({ members: [member('a', { from: '2023-02-30' })] })),
  refused(
    'MEMBER_NEVER_VALID',
    'a member that ends before it begins',
    roster({ members: [member('a', { from: '2023-02-01', to: '2023-01-31' })] }),
  ),
  refused('ROSTER_PART_MISPLACED', 'a second part without a first', roster({ part: 2, parts: 2 })),
  refused('ROSTER_PART_MISPLACED', 'a part without saying of how many', roster({ part: 1 })),
  refused(
    'ROSTER_PART_MISPLACED',
    'the part of another document',
    roster({ part: 2, parts: 2, document: '汴卫〔2022〕61号' }),
    roster({ part: 1, parts: 2 }),
  ),
  refused('ITEM_UNKNOWN', 'a checklist of no item', decides('adoptChecklist', { item: 'T9-30' })),
  refused(
    'CHECKLIST_NOT_NEEDED',
    'a checklist where there is something to count',
    decides('adoptChecklist', { item: 'B2-1' }),
  ),
  refused(
    'LISTED_TWICE',
    'a work twice in a checklist',
    decides('adoptChecklist', { works: ['A', 'B'].map((name) => ({ id: 'a', name })) }),
  ),
  refused('NO_SUCH_DAY', 'a checklist due on no day', decides('adoptChecklist', { due: '2025-02-30' })),
  refused('DUE_OUTSIDE', 'a checklist due after the period', decides('adoptChecklist', { due: '2026-01-01' })),
  refused('DOUBT_UNKNOWN', 'a doubt that nobody raised', settle({}, 'no-such')),
  refused('READING_UNKNOWN', 'a reading that the doubt does not have', settle({ reading: 'both' })),
  refused('DOUBT_ALREADY_SETTLED', 'a doubt settled twice', settle(), settle()),
  refused('POSITION_NOT_KNOWN', 'an evaluation of what is still to come', decides('approveEvaluation', { at: 99_999 })),
  refused('POSITION_NOT_KNOWN', 'a report on a plan half loaded', decides('publishReport', { at: 100 })),
  refused('NO_SUCH_DAY', 'an evaluation on no day', decides('approveEvaluation', { at: 487, on: '2023-02-30' })),
  refused('FUTURE_DATE', 'a report about tomorrow', decides('publishReport', { at: 487, on: '2025-11-01' })),
  refused(
    'PLAN_NOT_OVER',
    'a final evaluation within the period',
    decides('approveEvaluation', { at: 487, kind: 'final' }),
  ),
  refused(
    'REPORT_TAKEN',
    'a report recorded twice',
    decides('publishReport', { at: 487 }),
    decides('publishReport', { at: 487 }),
  ),
  refused(
    'RULES_UNKNOWN',
    'a report by rules that nobody wrote',
    decides('publishReport', { at: 487, ruleVersion: 'v9' }),
  ),
];

const UNFINISHED = { disposal: 'carried-over', document: '汴发改〔2026〕11号' };
const unfinished = (...measures: string[]): Step =>
  close({ unfinished: measures.map((measure) => ({ measure, ...UNFINISHED })) });
const late = (step: Step): Step => ({ ...step, today: '2026-04-02' });
const NEW_WORK = ['linkProject', 'setMilestonePlan', 'reportProgress', 'suspendProject'].map((command) =>
  sent(command),
);
const NEW_DECISIONS = [
  ...['issuePlan', 'adjustPlan', 'decomposeTarget', 'approveWeights', 'approveThresholds', 'adoptRules', 'adoptRoster'],
  ...['adoptChecklist', 'closePlan'],
].map((command) => decides(command));
export const AT_CLOSING: readonly Refused[] = [
  refused('PLAN_NOT_OVER', 'an end before the end', close({ occurredOn: '2025-12-30' })),
  refused('MEASURE_UNKNOWN', 'an unfinished measure that is not there', unfinished('B2-1.towers')),
  refused('NOT_FIRM', 'a striven-for measure carried over', unfinished('B2-1.balanced-counties')),
  refused('LISTED_TWICE', 'a measure both carried over and written off', unfinished('B2-1.schools', 'B2-1.schools')),
  refused('PLAN_CLOSED', 'a new project in a closed plan', late(REGISTER), CLOSED),
  ...[...NEW_WORK, ...NEW_DECISIONS, OPEN, SUPERVISE].map((step) =>
    refused('PLAN_CLOSED', `${step.command} in a closed plan`, late(step), ...BEGUN, CLOSED),
  ),
];

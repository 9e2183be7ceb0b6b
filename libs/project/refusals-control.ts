import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of the month's round, of late corrections, of cases and of findings; refusals.ts joins them. */
export const CONTROL_REFUSALS = {
  MONTH_NOT_OPENABLE: {
    kind: 'invalid',
    zh: '不能开启{month}的报送期：只能开启{from}至{to}之间的月份，格式如 2025-06。',
    en: 'No period {month} can be opened: give a month from {from} to {to}, such as 2025-06.',
  },
  PERIOD_ALREADY_OPEN: {
    kind: 'conflict',
    zh: '{unit}在领域{sector}的{month}报送期已开启过：不必重复开启，请直接办理。',
    en: 'The period {month} of {unit} in {sector} was opened already: go on with it.',
  },
  PERIOD_UNKNOWN: {
    kind: 'missing',
    zh: '{unit}在领域{sector}没有{month}报送期：请核对月份、单位和领域，或请市发改委先开启。',
    en: 'There is no period {month} of {unit} in {sector}: check all three, or ask the commission to open it.',
  },
  PERIOD_CLOSED: {
    kind: 'conflict',
    zh: '{month}报送期已关闭，不能再报送、审核或关闭：数据有误请提出更正，经上级批准后生效。',
    en: 'The period {month} is closed: ask for a correction of what is wrong; it counts once approved.',
  },
  DUE_TOO_EARLY: {
    kind: 'invalid',
    zh: '期限{due}早于{earliest}：请填写{earliest}当日或之后的日期。',
    en: 'The day {due} lies before {earliest}: give that day or a later one.',
  },
  NIL_NEEDS_REASON: {
    kind: 'invalid',
    zh: '{month}零报告须说明原因：请填写本月为何没有进展。',
    en: 'A nil report for {month} needs its reason: say why nothing happened.',
  },
  REPORT_STANDS: {
    kind: 'conflict',
    zh: '{month}报告已于{on}提交，正在审核：被退回后才能重新提交。',
    en: 'The report for {month} was submitted on {on}: it can be sent anew only after it was returned.',
  },
  NOTHING_TO_JUDGE: {
    kind: 'conflict',
    zh: '{month}没有待审核的报告（当前状态{status}）：请等待填报员提交；市直部门已通过的请办理关闭。',
    en: 'No report for {month} waits for approval (it is {status}): wait for one, or close what the bureau approved.',
  },
  LEVEL_NOT_AWAITED: {
    kind: 'conflict',
    zh: '{month}报告现在应由“{awaited}”审核：请待该级办理后再审。',
    en: 'The report for {month} waits for another level first: {awaited}.',
  },
  REPORT_OWN_ACT: {
    kind: 'forbidden',
    zh: '您参与了{month}报告的填写、提交或上一级审核，不能再审核：请由另一人审核。',
    en: 'You wrote, submitted or approved the report for {month} before: leave this to another person.',
  },
  NOT_APPROVED: {
    kind: 'conflict',
    zh: '{month}报告尚未经市直部门审核通过（当前状态{status}），不能关闭：请先完成报送和三级审核。',
    en: 'The report for {month} is not approved by the bureau (it is {status}): a period is closed after that only.',
  },
  PERIOD_OWN_ACT: {
    kind: 'forbidden',
    zh: '您在{month}填写、提交、审核或核验过该单位的数据，不能关闭该期：请由没有参与的人员关闭。',
    en: 'You wrote, submitted, approved or verified in {month}: leave the closing to somebody who did not.',
  },
  CORRECTION_PENDING: {
    kind: 'conflict',
    zh: '第{entry}号记录已有待批准的更正申请（第{request}号）：请等该申请办结。',
    en: 'A correction of entry {entry} waits for approval already, request {request}: wait until it is decided.',
  },
  NOT_ONE_LEVEL_UP: {
    kind: 'forbidden',
    zh: '该申请由“{asked}”提出，须由其上一级批准或驳回：市直部门核验员的申请请报市发改委。',
    en: 'The request was made by a {asked}: somebody one level above must decide it.',
  },
  CASE_EXISTS: {
    kind: 'conflict',
    zh: '事项{case}已存在：请换一个命令号重新提交。',
    en: 'Case {case} exists already: submit again with another command id.',
  },
  CASE_UNKNOWN: {
    kind: 'missing',
    zh: '没有督办或审计事项{case}：请核对编号。',
    en: 'There is no case {case}: check its id.',
  },
  CASE_CLOSED: {
    kind: 'conflict',
    zh: '事项{case}已于{on}销号，不能再办理：新的问题请另行督办。',
    en: 'Case {case} was closed on {on}: open another one for what is new.',
  },
  ABOUT_UNKNOWN: {
    kind: 'invalid',
    zh: '台账中没有{about}：请核对项目或指标编号，或不填此项。',
    en: 'There is no {about}: check the project or indicator, or leave it out.',
  },
  LAMP_NEEDS_PROJECT: {
    kind: 'invalid',
    zh: '人工调灯须指明项目：请填写督办所涉项目。',
    en: 'A lamp is set on a project: say which project this is about.',
  },
  LAMP_NEEDS_EXPIRY: {
    kind: 'invalid',
    zh: '调亮（{colour}）须写明原因和失效日期：请补填；调暗可立即生效。',
    en: 'To brighten a lamp to {colour} takes a reason and its last day; darkening takes neither.',
  },
  CASE_LEVEL_NOT_UP: {
    kind: 'conflict',
    zh: '事项已升级到{before}，只能继续上升，不能改为{level}。',
    en: 'The case is with {before} already and goes upwards only, not to {level}.',
  },
  CLOSING_NEEDS_EVIDENCE: {
    kind: 'invalid',
    zh: '事项{case}销号须附佐证材料：请填写材料的摘要值、名称和存放处。',
    en: 'Closing case {case} takes evidence: give digest, name and place of the document.',
  },
  NOT_A_FINDING: {
    kind: 'conflict',
    zh: '事项{case}是督办件，不是审计发现：整改情况请报督办单位，由其销号。',
    en: 'Case {case} is a supervision, no finding of the auditor: its issuer closes it.',
  },
  FINDING_NOT_RECTIFIED: {
    kind: 'conflict',
    zh: '审计发现{case}尚未整改：请责任单位先提交整改记录，再销号。',
    en: 'Finding {case} is not rectified yet: the unit must say first what it did.',
  },
  FINDING_RECTIFIED: {
    kind: 'conflict',
    zh: '审计发现{case}已于{on}提交整改：请等待市发改委销号。',
    en: 'Finding {case} was rectified on {on}: the commission closes it.',
  },
  FINDING_FOR_COMMISSION: {
    kind: 'forbidden',
    zh: '审计发现{case}只能由市发改委升级或销号：请报市发改委办理。',
    en: 'Finding {case} is for the commission alone to escalate or close.',
  },
} as const satisfies RejectionCatalogue;

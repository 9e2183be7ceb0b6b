import type { RejectionCatalogue } from '@planledger/kernel';
import { BASELINE_REFUSALS } from './refusals-baseline.js';
import { CONTROL_REFUSALS } from './refusals-control.js';
import { ELEMENT_REFUSALS } from './refusals-element.js';
import { PLAN_REFUSALS } from './refusals-plan.js';
import { RENEWAL_REFUSALS } from './refusals-renewal.js';

/**
 * Every refusal of the project, indicator and correction deciders: what the outside gets (409 conflict, 422 invalid,
 * 404 missing) and the sentence that tells the clerk what to do. Sectors add their own (sectors/<sector>/rules.ts).
 */
export const PROJECT_REFUSALS = {
  ...RENEWAL_REFUSALS,
  ...BASELINE_REFUSALS,
  ...ELEMENT_REFUSALS,
  ...PLAN_REFUSALS,
  ...CONTROL_REFUSALS,
  PLAN_NOT_LOADED: {
    kind: 'conflict',
    zh: '规划尚未载入台账，暂不能填报：请联系运维人员载入规划。',
    en: 'The plan is not loaded yet: ask the operator to load it.',
  },
  FUTURE_DATE: {
    kind: 'invalid',
    zh: '业务日期{date}晚于今天{today}：请填写实际发生的日期。',
    en: 'The business date {date} is after today, {today}: give the day on which it happened.',
  },
  NO_SUCH_DAY: {
    kind: 'invalid',
    zh: '日历上没有{date}这一天：请核对日期。',
    en: 'There is no such day as {date}: check the date.',
  },
  BACKFILL_NEEDS_EVIDENCE: {
    kind: 'invalid',
    zh: '业务日期{date}早于系统启用日{goLive}，属补录：请附来源文件的摘要值和文件日期。',
    en: '{date} is before the system began, {goLive}: give the digest and date of the source document.',
  },
  IMPORT_INTERRUPTED: {
    kind: 'conflict',
    zh: '规划载入应接在第{expected}条之后，台账已有{found}条：请核对后重试。',
    en: 'The import continues after entry {expected}, but the plan has {found}: check and try again.',
  },
  PROJECT_UNKNOWN: {
    kind: 'missing',
    zh: '没有项目{project}：请核对项目编号，或先登记项目。',
    en: 'There is no project {project}: check the id, or register it first.',
  },
  PROJECT_EXISTS: {
    kind: 'conflict',
    zh: '项目{project}已登记：请换一个命令号重新提交。',
    en: 'Project {project} is registered already: submit again with another command id.',
  },
  CLASSIFIED_PROJECT: {
    kind: 'invalid',
    zh: '涉密项目不得录入本系统：请按保密规定另行报送。',
    en: 'Classified projects must not be entered here: report them as the secrecy rules demand.',
  },
  SECTOR_NOT_SERVED: {
    kind: 'invalid',
    zh: '领域{sector}不在本规划或尚未开通：请核对领域代码。',
    en: 'Sector {sector} is not in this plan or not served yet: check its code.',
  },
  COUNTY_UNKNOWN: {
    kind: 'invalid',
    zh: '县（区）代码{county}不在本规划：请核对代码。',
    en: 'County {county} is not in this plan: check the code.',
  },
  TEMPLATE_UNKNOWN: {
    kind: 'invalid',
    zh: '本领域没有里程碑模板{template}：可选{known}。',
    en: 'The sector has no milestone template {template}: choose from {known}.',
  },
  NAMED_PROJECT_UNKNOWN: {
    kind: 'invalid',
    zh: '规划文本没有编号为{named}的点名项目：请核对，或不填此项。',
    en: 'The plan names no project {named}: check it, or leave it out.',
  },
  NATIONAL_CODE_MALFORMED: {
    kind: 'invalid',
    zh: '国家项目代码{code}格式不对：应为 年月-地区-部门-类型-序号，共24位，如 2203-410212-04-01-123456。',
    en: 'National code {code} is malformed: 24 characters such as 2203-410212-04-01-123456.',
  },
  NATIONAL_CODE_NOT_ASKED: {
    kind: 'invalid',
    zh: '非工程类项目不使用国家项目代码：请删除该代码。',
    en: 'Work that builds nothing carries no national project code: leave it out.',
  },
  CODE_TAKEN: {
    kind: 'conflict',
    zh: '代码{code}已用于项目{project}：同一批文只对应一个建设地点，共建项目请填写同一地点编号。',
    en: 'Code {code} is used by project {project}: one approval is for one site; give both the same site.',
  },
  SITE_SECTOR_TAKEN: {
    kind: 'conflict',
    zh: '地点{site}在本领域已有项目{project}：一个地点每个领域只登记一个项目。',
    en: 'Site {site} already has project {project} of this sector.',
  },
  ITEM_UNKNOWN: {
    kind: 'invalid',
    zh: '规划中没有任务{item}：请核对编号（专栏任务如 B2-1，正文任务如 T9-1）。',
    en: 'The plan has no item {item}: check its code.',
  },
  ITEM_OF_OTHER_SECTOR: {
    kind: 'invalid',
    zh: '任务{item}属于领域{itemSector}，项目属于{sector}：请挂接本领域任务，共建设施请另行登记项目。',
    en: 'Item {item} is of sector {itemSector}, the project of {sector}.',
  },
  BASELINE_ALREADY_SET: {
    kind: 'conflict',
    zh: '里程碑计划（B0）已封存，不能重编：确需调整请走基线调整程序。',
    en: 'The milestone plan (B0) is set and never changes: ask for a re-baseline.',
  },
  BASELINE_MISSING: {
    kind: 'conflict',
    zh: '项目尚未编制里程碑计划：请先提交里程碑计划（B0），再填报。',
    en: 'The project has no milestone plan yet: submit it (B0) first.',
  },
  BASELINE_INCOMPLETE: {
    kind: 'invalid',
    zh: '里程碑计划不完整：缺少{missing}。请一次填齐模板的全部里程碑。',
    en: 'The milestone plan lacks {missing}: give all milestones of the template at once.',
  },
  MILESTONE_TWICE: {
    kind: 'invalid',
    zh: '里程碑{milestone}出现了两次：请每个只填一次。',
    en: 'Milestone {milestone} stands twice: give each once.',
  },
  MILESTONE_UNKNOWN: {
    kind: 'invalid',
    zh: '项目模板没有里程碑{milestone}：可选{known}。',
    en: 'The template has no milestone {milestone}: choose from {known}.',
  },
  DESIGNED_QUANTITY_MISSING: {
    kind: 'invalid',
    zh: '里程碑{milestone}按工程量计算：请填写设计工程量。',
    en: 'Milestone {milestone} follows quantities: give its designed quantity.',
  },
  DESIGNED_QUANTITY_NOT_ASKED: {
    kind: 'invalid',
    zh: '里程碑{milestone}不按工程量计算：请删除设计工程量。',
    en: 'Milestone {milestone} has no quantity: leave the designed quantity out.',
  },
  MEASURE_UNKNOWN: {
    kind: 'invalid',
    zh: '规划中没有产出量{measure}：请核对编号。',
    en: 'The plan has no measure {measure}: check its code.',
  },
  MEASURE_NOT_LINKED: {
    kind: 'conflict',
    zh: '产出量{measure}属于任务{item}，项目未挂接该任务：请先挂接任务。',
    en: 'Measure {measure} is of item {item}, to which the project is not linked: link it first.',
  },
  MEASURE_IS_OBSERVED: {
    kind: 'invalid',
    zh: '{measure}是比率，由主管局按期报送分子分母，不能按单元申报。',
    en: '{measure} is a share: it is observed as numerator and denominator, not delivered by unit.',
  },
  PROJECT_SUSPENDED: {
    kind: 'conflict',
    zh: '项目自{since}起暂停：请先办理恢复，再填报。',
    en: 'The project is suspended since {since}: resume it first.',
  },
  PROJECT_NOT_SUSPENDED: {
    kind: 'conflict',
    zh: '项目未暂停，无需恢复。',
    en: 'The project is not suspended.',
  },
  PROJECT_ENDED: {
    kind: 'conflict',
    zh: '项目已于{since}{how}，不再接受此类填报。',
    en: 'The project ended on {since} and takes no more of this.',
  },
  MILESTONE_FOLLOWS_QUANTITY: {
    kind: 'invalid',
    zh: '里程碑{milestone}由工程量自动计算：请填报进度，不要直接申报。',
    en: 'Milestone {milestone} follows the reported quantities: report progress instead.',
  },
  MILESTONE_ALREADY_CLAIMED: {
    kind: 'conflict',
    zh: '里程碑{milestone}已于{on}申报：如日期有误请走更正程序。',
    en: 'Milestone {milestone} is claimed for {on}: correct that entry if its date is wrong.',
  },
  MILESTONE_BEFORE_START: {
    kind: 'conflict',
    zh: '申报{milestone}（{on}）须在开工之后：请先申报开工，或核对日期。',
    en: '{milestone} ({on}) must come after the start of works: claim that first, or check the date.',
  },
  NOTHING_CLAIMED: {
    kind: 'conflict',
    zh: '里程碑{milestone}没有待核验的申报。',
    en: 'There is no claim of milestone {milestone} to answer.',
  },
  QUANTITY_WENT_BACK: {
    kind: 'conflict',
    zh: '{milestone}累计完成{done}，少于上次填报的{before}：累计数不能减少，前次有误请更正。',
    en: '{milestone}: {done} is less than the {before} reported before; correct that report if it was wrong.',
  },
  QUANTITY_LEFT_OUT: {
    kind: 'conflict',
    zh: '{milestone}上次累计已完成{before}，本次未列：累计数须逐项列全，没有变化的也照填。',
    en: '{milestone} stood at {before} and is left out: a cumulative report lists every quantity, those that did not change too.',
  },
  NOT_A_QUANTITY: {
    kind: 'invalid',
    zh: '{milestone}不是工程量里程碑：可填报{known}。',
    en: '{milestone} follows no quantity: report {known}.',
  },
  MONEY_WENT_BACK: {
    kind: 'conflict',
    zh: '累计完成投资{yuan}元，少于上次填报的{before}元：累计数不能减少，前次有误请更正。',
    en: 'Cumulative {yuan} yuan is less than the {before} reported before; correct that report if it was wrong.',
  },
  REPORT_NOT_PENDING: {
    kind: 'conflict',
    zh: '第{report}号进度填报不在待核验之列：可能已核验、退回或被新的填报取代。',
    en: 'Report {report} waits for no answer: it was answered or is superseded.',
  },
  BEFORE_PERIOD: {
    kind: 'invalid',
    zh: '{on}早于规划期起始日{start}：规划期前完成的不计入本规划。',
    en: '{on} is before the plan period, {start}: it does not count in this plan.',
  },
  UNIT_KIND_UNKNOWN: {
    kind: 'invalid',
    zh: '本领域没有产出类型{kind}：可选{known}。',
    en: 'The sector has no unit kind {kind}: choose from {known}.',
  },
  UNIT_KIND_MISMATCH: {
    kind: 'invalid',
    zh: '产出量{measure}应按{expected}申报，填报为{kind}。',
    en: 'Measure {measure} takes units of kind {expected}, not {kind}.',
  },
  UNIT_ALREADY_DELIVERED: {
    kind: 'conflict',
    zh: '单元{unit}已于{on}申报交付：同一单元不重复计数，数据有误请更正。',
    en: 'Unit {unit} was delivered on {on} and still stands: correct that entry if it is wrong.',
  },
  UNIT_ELSEWHERE: {
    kind: 'conflict',
    zh: '{what}已由项目{project}的单元{unit}申报：同一对象在全规划只计一次。请核对编号（名册相同的，人次照计、人数不再计）；确属对方误报的，请对方更正、撤回或核减后再报。',
    en: 'Unit {unit} of project {project} is that already ({what}): it counts once in the plan. Check the number (of the same roll the person-times count again, the persons do not); if theirs is wrong, they correct, retract or revoke it first.',
  },
  MEMBER_MISSING: {
    kind: 'invalid',
    zh: '{measure}按名册或清单逐一完成：请填写所属成员编号，可选{known}。',
    en: '{measure} is met member by member: name the member, one of {known}.',
  },
  WORK_UNKNOWN: {
    kind: 'invalid',
    zh: '清单中没有{member}：可选{known}。',
    en: 'The checklist has no {member}: choose from {known}.',
  },
  FACTS_REFUSED: {
    kind: 'invalid',
    zh: '单元信息不合要求：{problems}。',
    en: 'The facts of the unit do not fit: {problems}.',
  },
  UNIT_UNKNOWN: {
    kind: 'conflict',
    zh: '产出量{measure}没有已交付的单元{unit}：请核对单元编号。',
    en: 'No delivered unit {unit} of measure {measure} stands: check its id.',
  },
  UNIT_LOST: {
    kind: 'conflict',
    zh: '单元{unit}已于{on}核减。',
    en: 'Unit {unit} was revoked as of {on}.',
  },
  LOST_BEFORE_DELIVERED: {
    kind: 'invalid',
    zh: '核减日期{lostOn}早于交付日期{on}：请核对。',
    en: 'Lost on {lostOn}, before it was delivered on {on}: check the dates.',
  },
  INDICATOR_UNKNOWN: {
    kind: 'missing',
    zh: '没有指标或比率产出量{indicator}：请核对编号。',
    en: 'There is no indicator or observed measure {indicator}: check its code.',
  },
  OBSERVATION_NEEDS_SHARE: {
    kind: 'invalid',
    zh: '{indicator}按比率计算：请同时填写分子和分母（分母大于0），不直接填比率。',
    en: '{indicator} is a share: give numerator and denominator (above 0), not the value.',
  },
  OBSERVATION_NEEDS_VALUE: {
    kind: 'invalid',
    zh: '{indicator}按数值报送：请只填写数值。',
    en: '{indicator} is observed as a value: give the value only.',
  },
  PERIOD_NOT_OVER: {
    kind: 'invalid',
    zh: '{period}尚未结束，不能报送该期数据。',
    en: '{period} is not over yet.',
  },
  MATURITY_WENT_BACK: {
    kind: 'conflict',
    zh: '{period}已有{before}数据，不能改报{after}：数据成熟度只能由快报、初步到核定。',
    en: '{period} has {before} data already; {after} cannot follow it.',
  },
  ENTRY_UNKNOWN: {
    kind: 'missing',
    zh: '台账没有第{entry}号记录：请核对编号。',
    en: 'There is no entry {entry}: check its position.',
  },
  ENTRY_NOT_CORRECTABLE: {
    kind: 'conflict',
    zh: '第{entry}号记录（{type}）不能更正：基线永不改变，核验意见请撤回后重新作出。',
    en: 'Entry {entry} ({type}) cannot be corrected: B0 never changes, an answer is retracted and given anew.',
  },
  ENTRY_NOT_RETRACTABLE: {
    kind: 'conflict',
    zh: '第{entry}号记录（{type}）不能撤回。',
    en: 'Entry {entry} ({type}) cannot be retracted.',
  },
  ENTRY_RETRACTED: {
    kind: 'conflict',
    zh: '第{entry}号记录已撤回，不能再更正或撤回。',
    en: 'Entry {entry} was retracted.',
  },
  PAYLOAD_REFUSED: {
    kind: 'invalid',
    zh: '更正内容不合要求：{problems}。',
    en: 'The replacement does not fit: {problems}.',
  },
  LATER_ENTRY_ILLEGAL: {
    kind: 'conflict',
    zh: '更正或撤回后，第{entry}号记录将不成立（{because}）：请先处理该记录。',
    en: 'Entry {entry} would become illegal ({because}): deal with it first.',
  },
  STREAM_FULL: {
    kind: 'conflict',
    zh: '该项目的记录已达上限{max}条：请联系运维人员。',
    en: 'The stream holds its maximum of {max} entries: ask the operator.',
  },
  ENTRY_TOO_LARGE: {
    kind: 'invalid',
    zh: '单条记录{bytes}字节，超过上限{max}字节：请分次填报。',
    en: 'The entry takes {bytes} bytes, more than {max}: split it.',
  },
} as const satisfies RejectionCatalogue;

export type ProjectRefusal = keyof typeof PROJECT_REFUSALS;

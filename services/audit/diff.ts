import { decodeEntry, type Entry, type EventType, type StoredEntry } from '@planledger/contracts';
import { toDecimal, multiply, fraction, parseFraction, subtract } from '@planledger/kernel';
import { type CompletionInput, completion, type ItemRow, splitNode, VERDICT_NAMES } from '@planledger/progress';
import type { Moment } from './replay.js';

/** What every type of entry says, for people. Exhaustive: a new event does not compile without its words. */
const WORDS: Readonly<Record<EventType, string>> = {
  ...{ planDefined: '规划已定义', sectorDefined: '领域已定义', countyDefined: '县（区）已定义' },
  ...{ planItemDefined: '任务已定义', measureDefined: '产出量已定义', indicatorDefined: '指标已定义' },
  ...{ rosterDefined: '名册已定义', doubtRaised: '文本疑点已登记', namedProjectDefined: '点名项目已登记' },
  ...{ rulesAdopted: '规则已采用', planLoaded: '规划已载入', planIssued: '规划已印发', planAdjusted: '规划已调整' },
  ...{ planClosed: '规划已收官', targetDecomposed: '目标已分解', weightSetApproved: '权重集已批准' },
  ...{ thresholdsApproved: '阈值已批准', rosterAdopted: '名册已认定', checklistAdopted: '清单已认定' },
  ...{ doubtSettled: '文本疑点已裁定', evaluationApproved: '评估已批准', reportPublished: '报告已发布' },
  ...{
    projectRegistered: '项目已登记',
    projectLinkedToPlanItem: '项目已挂接任务',
    baselineSet: '里程碑计划（B0）已编制',
  },
  ...{ milestoneClaimed: '里程碑已申报', milestoneVerified: '里程碑已核验', milestoneRejected: '里程碑核验不通过' },
  ...{ progressReported: '进度已填报', progressVerified: '进度已核验', progressRejected: '进度核验不通过' },
  ...{ outputDelivered: '产出已交付', outputFactsStated: '单元信息已补报', outputVerified: '产出已核验' },
  ...{ outputRejected: '产出核验不通过', outputRevoked: '产出已核减', projectSuspended: '项目已暂停' },
  ...{ projectResumed: '项目已恢复', projectCancelled: '项目已取消', projectMovedOut: '项目已调出' },
  ...{ projectCodeBound: '项目代码已绑定', offPlanFlagged: '已列为规划外', offPlanAdmitted: '规划外项目已批准纳入' },
  ...{
    reserveEntered: '已入储备库',
    reserveLeft: '已出储备库',
    projectSplit: '项目已拆分',
    projectMerged: '项目已合并',
  },
  ...{
    projectCarriedIn: '项目已结转进入',
    rebaselineRequested: '基线调整已申请',
    rebaselineApproved: '基线调整已批准',
  },
  ...{
    rebaselineRefused: '基线调整未批准',
    milestonePlanned: '单元里程碑已排期',
    milestoneExempted: '里程碑豁免已申请',
  },
  ...{ exemptionApproved: '里程碑豁免已批准', exemptionRefused: '里程碑豁免未批准', elementRequested: '要素已申请' },
  ...{ elementAllocated: '要素已落实', elementUsed: '要素已使用', elementReleased: '要素已释放' },
  ...{ indicatorObserved: '指标已观测', indicatorRevised: '指标已修订', entryCorrected: '记录已更正' },
  ...{ entryRetracted: '记录已撤回', correctionRequested: '更正已申请', correctionApproved: '更正已批准' },
  ...{ correctionRefused: '更正未批准', periodOpened: '报送期已开启', reportSubmitted: '月报已报送' },
  ...{ reportReturned: '月报已退回', reportApproved: '月报已审核', periodClosed: '报送期已关闭' },
  ...{ supervisionIssued: '督办已下达', caseEscalated: '督办已升级', caseClosed: '督办已销号' },
  ...{ findingRaised: '审计发现已提出', findingRectified: '审计发现已整改' },
};

/** One entry between the two moments, in words. */
export interface Step {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly text: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly reason: string;
}

export function stepOf(stored: StoredEntry): Step {
  const entry = decodeEntry(stored.bytes);
  const { position, stream, occurredOn, recordedAt, actor, reason, event } = entry;
  return {
    ...{ position, stream, type: event.case ?? '', text: wordsOf(entry), occurredOn, recordedAt, reason },
    actor: actor?.subject ?? '',
  };
}

/** What the entry says, and of what: the milestone, unit, element, item or document it names. */
function wordsOf({ event }: Entry): string {
  if (event.case === undefined) return '';
  const named = event.value as unknown as Readonly<Record<string, unknown>>;
  const names = ['milestone', 'unit', 'measure', 'element', 'item', 'period', 'doubt', 'set', 'roster', 'document']
    .map((field) => named[field])
    .filter((value): value is string => typeof value === 'string' && value !== '');
  return names.length > 0 ? `${WORDS[event.case]}：${names.join(' ')}` : WORDS[event.case];
}

/** A figure that is not what it was. */
export interface Change {
  readonly node: string;
  readonly name: string;
  readonly text: string;
  /** Null where the plan had no such figure by then. */
  readonly from: Seen | null;
  readonly to: Seen;
}

/** The figure on one side, and the moment at which `replay/explain` of the change's node gives it (verified, B0). */
export interface Seen extends Instant {
  /** Null where the figure had no number. */
  readonly exact: string | null;
}

/** As the parameters of a replay. */
interface Instant {
  readonly at: number;
  readonly on: string;
}

/** One side of the difference: the moment, and all that was known then. */
export interface Side {
  readonly moment: Moment;
  readonly input: CompletionInput;
}

/** What moved of the plan's figures (verified, B0) between two moments: verdicts, C and counts of items, by the plan's order. */
export function planChanges(before: Side, after: Side): Change[] {
  const rowsOf = ({ input }: Side): ItemRow[] =>
    completion(input, 'item').rows.flatMap((row) => (row.kind === 'item' ? [row] : []));
  const [then, now] = [instantOf(before), instantOf(after)];
  const earlier = new Map(rowsOf(before).map((row) => [row.code, row]));
  return rowsOf(after).flatMap((row) => {
    const was = earlier.get(row.code);
    return [...shareChange(was, row, then, now), ...measureChanges(was, row, then, now)];
  });
}

const instantOf = ({ moment: { position, on } }: Side): Instant => ({ at: position, on });

/** Percentage points with as many digits as it takes to show that something moved. */
function pointsBetween(from: string, to: string): string {
  const points = multiply(subtract(parseFraction(to), parseFraction(from)), fraction(100));
  const shown = [1, 2, 3, 4].map((digits) => toDecimal(points, digits));
  return shown.find((text) => /[1-9]/.test(text)) ?? shown[0] ?? '';
}

function shareChange(was: ItemRow | undefined, is: ItemRow, then: Instant, now: Instant): Change[] {
  const [from, to] = [was?.figures.b0.verified.exact ?? null, is.figures.b0.verified.exact];
  const verdicts = [was?.verdict.b0.verified, is.verdict.b0.verified];
  if (from === to && verdicts[0] === verdicts[1]) return [];
  const points = from !== null && to !== null ? pointsBetween(from, to) : null;
  const text = [
    points === null ? '完成率由无到有或由有到无' : `完成率变化 ${points} 个百分点`,
    ...(verdicts[0] === verdicts[1] ? [] : [`结论由“${wordOf(was)}”变为“${wordOf(is)}”`]),
  ].join('；');
  const { node, name } = is;
  return [{ node, name, text, from: was ? { ...then, exact: from } : null, to: { ...now, exact: to } }];
}

const wordOf = (row: ItemRow | undefined): string => {
  const verdict = row?.verdict.b0.verified ?? 'absent';
  return verdict === 'absent' ? '未列入' : VERDICT_NAMES[verdict];
};

/** Of a measure its node explains the share; what is counted has an address of its own. */
const measureChanges = (was: ItemRow | undefined, is: ItemRow, then: Instant, now: Instant): Change[] =>
  is.measures.flatMap(({ measure, name, unit, count }) => {
    const before = was?.measures.find((each) => each.measure === measure)?.count.b0.verified.done;
    const after = count.b0.verified.done;
    if (before === after) return [];
    const from = before === undefined ? null : { ...then, exact: before };
    const text = `计入量（${unit}）变化`;
    return [{ node: splitNode('done', measure), name, text, from, to: { ...now, exact: after } }];
  });

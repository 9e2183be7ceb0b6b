import { type ElementStanding, ProjectStatus, type Standing } from '@planledger/contracts';
import { addDays, compare, daysBetween, fraction, type IsoDate, monthLater, ONE, ZERO } from '@planledger/kernel';
import { type PlanState, thresholdOn } from '@planledger/plan';
import type { GapKind } from './answer-rows.js';
import { elementName, elementsOn, elementUnit } from './element.js';
import type { Input } from './explanation.js';
import { input } from './explaining.js';
import {
  daysNumber,
  differenceNumber,
  type FoundGap,
  type GapNumber,
  recordedNumber,
  sumNumber,
} from './gap-grounds.js';
import { isOngoing, milestoneShare, projectProgress, statusOn } from './project.js';
import type { CompletionInput, Reading } from './reading.js';

/**
 * Mismatches of works, money and land (DOMAIN §4.8): funds without progress, progress without funds, land idle, elements
 * needed soon and missing, stale reports. By project, as it was at the end of `on`; one that had ended has none.
 */
export const gapsOfWorks = ({ plan, standings, on }: CompletionInput): FoundGap[] =>
  [...standings.values()]
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))
    .flatMap((standing) => gapsOfProject({ plan, on }, standing));

export function gapsOfProject({ plan, on }: Pick<Reading, 'plan' | 'on'>, standing: Standing): FoundGap[] {
  if (!isOngoing(standing, on)) return [];
  const elements = elementsOn(standing, on);
  return [
    ...ofFunds(standing, elements, on),
    ...ofLand(plan, standing, elements, on),
    ...ofElements(plan, standing, elements, on),
    ...ofReports(plan, standing, on),
  ];
}

/** `element`: where a project may have several gaps of the kind. The first number is the row's own quantity. */
interface Seen {
  readonly entries: readonly number[];
  readonly inputs: readonly Input[];
  readonly numbers: readonly GapNumber[];
  readonly element?: string;
}

const gap = (
  kind: GapKind,
  { stream, name }: Standing,
  text: string,
  { entries, inputs, numbers, element }: Seen,
  quantity?: bigint,
): FoundGap => ({
  ...{ kind, node: stream, name, text, entries, grounds: { confidence: 'claimed', inputs, numbers } },
  ...(element === undefined ? {} : { subject: `${stream}/${element}` }),
  ...(quantity === undefined ? {} : { quantity: quantity.toString() }),
});

const amount = (key: string, name: string, value: bigint, entries: readonly number[], unit = ''): GapNumber =>
  recordedNumber({ key, name, value: fraction(value), unit }, 'x：该要素各笔合计，退回的已扣除', entries);

/** One field of the funds, by source and in all. */
function moneyNumbers(funds: readonly ElementStanding[], field: 'requested' | 'allocated', name: string): GapNumber[] {
  const parts = funds.map((each) =>
    amount(`${field}/${each.element}`, elementName(each), each[field], each.entries, '元'),
  );
  return [sumNumber({ key: field, name, unit: '元' }, `各笔资金的${name}之和`, parts), ...parts];
}

const ofKind = (elements: readonly ElementStanding[], kind: string): ElementStanding[] =>
  elements.filter((each) => each.kind === kind);
const sumOf = (elements: readonly ElementStanding[], field: 'requested' | 'allocated'): bigint =>
  elements.reduce((sum, each) => sum + each[field], 0n);
const entriesOf = (elements: readonly ElementStanding[]): number[] => elements.flatMap(({ entries }) => entries);

/** 有资金无进度: money is there, the planned start is past and nothing was done. 有进度无资金: works go on unpaid (垫资). */
function ofFunds(standing: Standing, elements: readonly ElementStanding[], on: IsoDate): FoundGap[] {
  const funds = ofKind(elements, 'funds');
  if (funds.length === 0) return [];
  const [requested, allocated] = [sumOf(funds, 'requested'), sumOf(funds, 'allocated')];
  const start = standing.milestones.find(({ type }) => type === 'start');
  const started = standing.startedOn !== '' && standing.startedOn <= on;
  const progress = projectProgress(standing, 'claimed', on) ?? ZERO;
  if (allocated > 0n && !started && start && start.due !== '' && start.due < on) {
    const text = `到位资金 ${allocated} 元，计划 ${start.due} 开工，尚未开工`;
    const inputs = [input('start', '计划开工', start.due), input('on', '今日', on)];
    const numbers = moneyNumbers(funds, 'allocated', '到位');
    return [gap('funds-without-progress', standing, text, { entries: entriesOf(funds), inputs, numbers }, allocated)];
  }
  if (allocated === 0n && requested > 0n && started && compare(progress, ZERO) > 0) {
    const text = `申请资金 ${requested} 元一分未到位，已开工：不得垫资施工`;
    const inputs = [input('startedOn', '开工', standing.startedOn), input('P', '项目进度', progress)];
    const numbers = moneyNumbers(funds, 'requested', '申请');
    return [gap('progress-without-funds', standing, text, { entries: entriesOf(funds), inputs, numbers }, requested)];
  }
  return [];
}

/** 闲置土地: allocated for so many months and no start of works. */
function ofLand(plan: PlanState, standing: Standing, elements: readonly ElementStanding[], on: IsoDate): FoundGap[] {
  if (standing.startedOn !== '' && standing.startedOn <= on) return [];
  const months = Number(thresholdOn(plan, 'gap/land-idle-months', on).n);
  return ofKind(elements, 'land').flatMap((land) => {
    const { allocated, allocatedOn, element, entries } = land;
    if (allocated === 0n || allocatedOn === '' || monthsAfter(allocatedOn, months) > on) return [];
    const text = `要素“${elementName(land)}”${allocatedOn} 落实，满 ${months} 个月未开工`;
    const inputs = [input('months', '规定月数', thresholdOn(plan, 'gap/land-idle-months', on), '月')];
    const numbers = [
      amount('allocated', '已落实', allocated, entries, elementUnit('land')),
      daysNumber({ key: 'idle', name: '闲置' }, '闲置 = 最近一次落实至今日的天数', [allocatedOn, on], entries),
    ];
    return [gap('land-idle', standing, text, { entries, inputs, numbers, element }, allocated)];
  });
}

/** The same day so many months later, as text; a day that the month lacks sorts right all the same. */
export const monthsAfter = (date: IsoDate, months: number): IsoDate =>
  `${monthLater(date.slice(0, 7), months)}-${date.slice(8)}`;

function ofElements(
  plan: PlanState,
  standing: Standing,
  elements: readonly ElementStanding[],
  on: IsoDate,
): FoundGap[] {
  const soon = addDays(on, Number(thresholdOn(plan, 'lamp/element-days', on).n));
  return elements.flatMap((each) => {
    const { element, requested, allocated, needBy, entries } = each;
    if (allocated >= requested || needBy > soon) return [];
    const unit = elementUnit(each.kind);
    const text = `要素“${elementName(each)}”${needBy} 前需要，尚缺 ${requested - allocated} ${unit}`.trim();
    const inputs = [input('days', '提前天数', thresholdOn(plan, 'lamp/element-days', on), '天')];
    const asked = amount('requested', '申请', requested, entries, unit);
    const held = amount('allocated', '已落实', allocated, entries, unit);
    const numbers = [
      differenceNumber({ key: 'missing', name: '尚缺', unit }, '尚缺 = 申请 − 已落实', asked, held),
      ...[asked, held],
      daysNumber({ key: 'days', name: '剩余' }, '剩余 = 今日至需用日期的天数；为负即逾期', [on, needBy], entries),
    ];
    return [gap('element-missing', standing, text, { entries, inputs, numbers, element }, requested - allocated)];
  });
}

/** Nothing was reported for so long, though the works are not over. 补录 is no report that could be stale. */
function ofReports(plan: PlanState, standing: Standing, on: IsoDate): FoundGap[] {
  const { reportedOn, reportedEntries, backfilled, milestones } = standing;
  if (reportedOn === '' || backfilled || statusOn(standing, on) !== ProjectStatus.ACTIVE) return [];
  if (milestones.every((each) => each.exempt || compare(milestoneShare(each, 'claimed', on), ONE) >= 0)) return [];
  const days = Number(thresholdOn(plan, 'gap/stale-report-days', on).n);
  const silent = daysBetween(reportedOn, on);
  if (silent <= days) return [];
  const entries = reportedEntries.length > 0 ? reportedEntries : [standing.position];
  const numbers = [
    daysNumber({ key: 'silent', name: '没有填报' }, '最近一次填报至今日的天数', [reportedOn, on], entries),
  ];
  const inputs = [input('days', '规定天数', thresholdOn(plan, 'gap/stale-report-days', on), '天')];
  const text = `自 ${reportedOn} 起 ${silent} 天没有填报`;
  return [gap('stale-report', standing, text, { entries, inputs, numbers })];
}

import { type ElementStanding, ProjectStatus, type Standing } from '@planledger/contracts';
import { addDays, compare, daysBetween, type IsoDate, ONE, ZERO, monthLater } from '@planledger/kernel';
import { type PlanState, thresholdOn } from '@planledger/plan';
import type { Gap } from './answer-rows.js';
import { milestoneShare, projectProgress } from './project.js';
import type { CompletionInput } from './reading.js';

/**
 * Mismatches of works, money and land (DOMAIN §4.8): funds without progress, progress without funds, land idle, elements
 * needed soon and missing, stale reports. By project; one that ended has none.
 */
export function gapsOfWorks({ plan, standings, on }: CompletionInput): Gap[] {
  const found: Gap[] = [];
  for (const standing of [...standings.values()].sort((a, b) => (a.stream < b.stream ? -1 : 1))) {
    if (standing.status !== ProjectStatus.ACTIVE && standing.status !== ProjectStatus.SUSPENDED) continue;
    found.push(...ofFunds(standing, on), ...ofLand(plan, standing, on), ...ofElements(plan, standing, on));
    found.push(...ofReports(plan, standing, on));
  }
  return found;
}

const gap = (
  kind: Gap['kind'],
  { stream, name }: Standing,
  text: string,
  entries: readonly number[],
  quantity?: bigint,
): Gap => ({
  ...{ kind, node: stream, name, text, entries },
  ...(quantity === undefined ? {} : { quantity: quantity.toString() }),
});

const ofKind = ({ elements }: Standing, kind: string): ElementStanding[] =>
  elements.filter((each) => each.kind === kind);
const sumOf = (elements: readonly ElementStanding[], field: 'requested' | 'allocated'): bigint =>
  elements.reduce((sum, each) => sum + each[field], 0n);
const entriesOf = (elements: readonly ElementStanding[]): number[] => elements.flatMap(({ entries }) => entries);

/** 有资金无进度: money is there, the planned start is past and nothing was done. 有进度无资金: works go on unpaid (垫资). */
function ofFunds(standing: Standing, on: IsoDate): Gap[] {
  const funds = ofKind(standing, 'funds');
  if (funds.length === 0) return [];
  const [requested, allocated] = [sumOf(funds, 'requested'), sumOf(funds, 'allocated')];
  const start = standing.milestones.find(({ type }) => type === 'start');
  const started = standing.startedOn !== '' && standing.startedOn <= on;
  const progress = projectProgress(standing, 'claimed', on) ?? ZERO;
  if (allocated > 0n && !started && start && start.due !== '' && start.due < on) {
    const text = `到位资金 ${allocated} 元，计划 ${start.due} 开工，尚未开工`;
    return [gap('funds-without-progress', standing, text, entriesOf(funds), allocated)];
  }
  if (allocated === 0n && requested > 0n && started && compare(progress, ZERO) > 0) {
    const text = `申请资金 ${requested} 元一分未到位，已开工：不得垫资施工`;
    return [gap('progress-without-funds', standing, text, entriesOf(funds), requested)];
  }
  return [];
}

/** 闲置土地: allocated for so many months and no start of works. */
function ofLand(plan: PlanState, standing: Standing, on: IsoDate): Gap[] {
  if (standing.startedOn !== '' && standing.startedOn <= on) return [];
  const months = Number(thresholdOn(plan, 'gap/land-idle-months', on).n);
  return ofKind(standing, 'land').flatMap((land) => {
    const { allocated, allocatedOn, element, entries } = land;
    if (allocated === 0n || allocatedOn === '' || monthsAfter(allocatedOn, months) > on) return [];
    const text = `用地“${element}”${allocatedOn} 落实，满 ${months} 个月未开工`;
    return [gap('land-idle', standing, text, entries, allocated)];
  });
}

/** The same day so many months later, as text; a day that the month lacks sorts right all the same. */
export const monthsAfter = (date: IsoDate, months: number): IsoDate =>
  `${monthLater(date.slice(0, 7), months)}-${date.slice(8)}`;

function ofElements(plan: PlanState, standing: Standing, on: IsoDate): Gap[] {
  const soon = addDays(on, Number(thresholdOn(plan, 'lamp/element-days', on).n));
  return standing.elements.flatMap(({ element, requested, allocated, needBy, entries }) => {
    if (allocated >= requested || needBy > soon) return [];
    const text = `要素“${element}”${needBy} 前需要，尚缺 ${requested - allocated}`;
    return [gap('element-missing', standing, text, entries, requested - allocated)];
  });
}

/** Nothing was reported for so long, though the works are not over. 补录 is no report that could be stale. */
function ofReports(plan: PlanState, standing: Standing, on: IsoDate): Gap[] {
  const { reportedOn, backfilled, milestones, status } = standing;
  if (reportedOn === '' || backfilled || status !== ProjectStatus.ACTIVE) return [];
  if (milestones.every((each) => each.exempt || compare(milestoneShare(each, 'claimed', on), ONE) >= 0)) return [];
  const days = Number(thresholdOn(plan, 'gap/stale-report-days', on).n);
  const silent = daysBetween(reportedOn, on);
  return silent > days
    ? [gap('stale-report', standing, `自 ${reportedOn} 起 ${silent} 天没有填报`, [standing.position])]
    : [];
}

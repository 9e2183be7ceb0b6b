import {
  type Event,
  type MilestoneClaimed,
  type OutputDelivered,
  type ProgressReported,
  Quantifier,
} from '@planledger/contracts';
import { isRejection, type Rejection } from '@planledger/kernel';
import { itemEver, measureEver, type PlanState } from '@planledger/plan';
import {
  factsNow,
  factsOf,
  factViolations,
  milestoneKey,
  type ProjectState,
  type Sector,
  templateOf,
  type TemplateMilestone,
  unitKey,
  type UnitState,
} from '@planledger/sectors/kit';
import { codesOf, milestonePlan, ofLinkedItem } from './admit-baseline.js';
import { admitElement } from './admit-element.js';
import { admitRenewal, ended, heldBack, underWay } from './admit-renewal.js';
import { admitRequests, exempted } from './admit-requests.js';
import { reject } from './command.js';

/** What an event says and when: all that the rules of a stream may look at. */
export interface Happened {
  readonly event: Event;
  readonly on: string;
}

/**
 * May this event stand next in the project's stream? The same rules judge a new command and, when an entry is corrected
 * or retracted, every later entry of the stream again (DESIGN §5): so they look at the stream and the plan only, never
 * at who asks or at what day it is.
 */
export function admit(
  state: ProjectState,
  { event, on }: Happened,
  sector: Sector,
  plan: PlanState,
): Rejection | undefined {
  switch (event.case) {
    case 'projectRegistered':
      return state.registration ? reject('PROJECT_EXISTS', { project: state.stream }) : undefined;
    case 'projectLinkedToPlanItem':
      return ended(state) ?? notAdmitted(state) ?? linkable(event.value.item, sector, plan);
    case 'baselineSet':
      if (state.baseline) return ended(state) ?? reject('BASELINE_ALREADY_SET');
      return ended(state) ?? milestonePlan(state, event.value, sector, plan);
    case 'milestoneClaimed':
      return underWay(state) ?? claim(state, event.value, on, sector);
    case 'milestoneVerified':
    case 'milestoneRejected': {
      const { milestone, unit, claim: position } = event.value;
      const { claimed, verified } = state.milestones.get(milestoneKey(milestone, unit)) ?? {};
      return !claimed || verified || claimed.positions[0] !== position
        ? reject('NOTHING_CLAIMED', { milestone })
        : undefined;
    }
    case 'progressReported':
      return underWay(state) ?? heldBack(state) ?? progress(state, event.value, sector);
    case 'progressVerified':
    case 'progressRejected': {
      const { report } = event.value;
      const pending = state.progress.pending.some(({ positions }) => positions[0] === report);
      return pending ? undefined : reject('REPORT_NOT_PENDING', { report });
    }
    case 'outputDelivered':
      return underWay(state) ?? heldBack(state) ?? delivery(state, event.value, on, sector, plan);
    case 'outputFactsStated': {
      const { unit, measure } = event.value;
      const standing = standingUnit(state, unit, measure);
      if (isRejection(standing)) return standing;
      const kind = sector.unitKinds[standing.kind];
      const stated = factsOf(event.value.facts);
      const problems = factViolations(kind?.facts ?? {}, stated, true);
      if (problems.length > 0) return reject('FACTS_REFUSED', { problems: listed(problems) });
      // The unit as it now stands must still be one that the sector takes.
      const { name, quantity } = standing;
      return kind?.refuse({ unit, name, measure, quantity, facts: { ...factsNow(standing), ...stated } }, state);
    }
    case 'outputVerified':
    case 'outputRejected': {
      const { unit, measure, delivery: position, statement } = event.value;
      const standing = standingUnit(state, unit, measure);
      if (isRejection(standing)) return standing;
      if (statement > 0) {
        const stated = standing.statements.find(({ positions }) => positions[0] === statement);
        return stated && !stated.verified ? undefined : reject('STATEMENT_NOT_PENDING', { statement });
      }
      return standing.verified || standing.delivered.positions[0] !== position
        ? reject('UNIT_UNKNOWN', { unit, measure })
        : undefined;
    }
    case 'outputRevoked': {
      const { unit, measure, lostOn } = event.value;
      const standing = standingUnit(state, unit, measure);
      if (isRejection(standing)) return standing;
      const { on: deliveredOn } = standing.delivered;
      return lostOn < deliveredOn ? reject('LOST_BEFORE_DELIVERED', { lostOn, on: deliveredOn }) : undefined;
    }
    default:
      return (
        admitRenewal(state, event, sector) ??
        admitElement(state, event, ended(state)) ??
        admitRequests(state, event, {
          template: templateOf(sector, state),
          ended: ended(state),
          planned: (asked) => milestonePlan(state, asked, sector, plan),
        })
      );
  }
}

const notAdmitted = ({ offPlan }: ProjectState): Rejection | undefined =>
  offPlan && reject('OFF_PLAN_NOT_ADMITTED', { since: offPlan.on });

function linkable(item: string, sector: Sector, plan: PlanState): Rejection | undefined {
  const itemSector = itemEver(plan, item)?.sector;
  if (itemSector === undefined) return reject('ITEM_UNKNOWN', { item });
  return itemSector === sector.slug
    ? undefined
    : reject('ITEM_OF_OTHER_SECTOR', { item, itemSector, sector: sector.slug });
}

/** What a project in the reserve has not come to: its works, from 开工 on. Approvals and elements it may gather. */
const WORKS: ReadonlySet<TemplateMilestone['type']> = new Set(['start', 'works', 'acceptance', 'service', 'handover']);

function claim(state: ProjectState, value: MilestoneClaimed, on: string, sector: Sector): Rejection | undefined {
  const { milestone, unit } = value;
  const template = templateOf(sector, state);
  const known = template.find(({ code }) => code === milestone);
  if (!known) return reject('MILESTONE_UNKNOWN', { milestone, known: codesOf(template) });
  if (known.type === 'quantity') return reject('MILESTONE_FOLLOWS_QUANTITY', { milestone });
  const waits = WORKS.has(known.type) ? heldBack(state) : undefined;
  if (waits) return waits;
  const exemption = exempted(state, milestone);
  if (exemption) return exemption;
  const before = state.milestones.get(milestoneKey(milestone, unit))?.claimed;
  if (before) return reject('MILESTONE_ALREADY_CLAIMED', { milestone, on: before.on });
  if (known.type !== 'acceptance' && known.type !== 'service') return undefined;
  const start = template.find(({ type }) => type === 'start');
  if (!start || state.exempt.has(start.code)) return undefined;
  const started = state.milestones.get(milestoneKey(start.code, unit)) ?? state.milestones.get(start.code);
  return started?.claimed && started.claimed.on <= on
    ? undefined
    : reject('MILESTONE_BEFORE_START', { milestone: known.name, on });
}

function progress(state: ProjectState, value: ProgressReported, sector: Sector): Rejection | undefined {
  const { claimed } = state.progress;
  const quantities = templateOf(sector, state).filter(({ type }) => type === 'quantity');
  const seen = new Set<string>();
  for (const { milestone, done } of value.quantities) {
    if (seen.has(milestone)) return reject('MILESTONE_TWICE', { milestone });
    seen.add(milestone);
    if (!quantities.some(({ code }) => code === milestone)) {
      return reject('NOT_A_QUANTITY', { milestone, known: codesOf(quantities) });
    }
    const exemption = exempted(state, milestone);
    if (exemption) return exemption;
    const before = claimed?.done.get(milestone) ?? 0;
    if (done < before) return reject('QUANTITY_WENT_BACK', { milestone, done, before });
  }
  for (const { code } of quantities) {
    const before = claimed?.done.get(code) ?? 0;
    // What a cumulative report leaves out would stand at nothing again.
    if (before > 0 && !seen.has(code) && !exempted(state, code)) {
      return reject('QUANTITY_LEFT_OUT', { milestone: code, before });
    }
  }
  const before = claimed?.completedYuan ?? 0n;
  return value.completedYuan < before
    ? reject('MONEY_WENT_BACK', { yuan: value.completedYuan.toString(), before: before.toString() })
    : undefined;
}

const listed = (problems: readonly { field: string; problem: string }[]): string =>
  problems.map(({ field, problem }) => `${field}：${problem}`).join('；');

function delivery(
  state: ProjectState,
  value: OutputDelivered,
  on: string,
  sector: Sector,
  plan: PlanState,
): Rejection | undefined {
  const { measure, kind, unit, member } = value;
  const refused = ofLinkedItem(state, measure, sector, plan);
  if (refused) return refused;
  const target = measureEver(plan, measure);
  if (target?.quantifier === Quantifier.RATIO) return reject('MEASURE_IS_OBSERVED', { measure });
  const start = plan.plan?.periodStart ?? '';
  if (on < start) return reject('BEFORE_PERIOD', { on, start });
  const unitKind = Object.hasOwn(sector.unitKinds, kind) ? sector.unitKinds[kind] : undefined;
  if (!unitKind) return reject('UNIT_KIND_UNKNOWN', { kind, known: Object.keys(sector.unitKinds).join('、') });
  const expected = target?.unitKind || 'other';
  if (kind !== expected) return reject('UNIT_KIND_MISMATCH', { measure, expected, kind });
  const earlier = state.units.get(unitKey(measure, unit));
  if (earlier && !earlier.lost) return reject('UNIT_ALREADY_DELIVERED', { unit, on: earlier.delivered.on });
  const known = membersOf(measure, plan);
  if (known && member === '') return reject('MEMBER_MISSING', { measure, known: known.slice(0, 20).join('、') });
  const works = worksOf(measure, plan);
  // A roster's outsiders are let in and listed beside it; a checklist has no outside.
  if (works.length > 0 && !works.includes(member)) return reject('WORK_UNKNOWN', { member, known: works.join('、') });
  const facts = factsOf(value.facts);
  const problems = factViolations(unitKind.facts, facts);
  if (problems.length > 0) return reject('FACTS_REFUSED', { problems: listed(problems) });
  return unitKind.refuse({ unit, name: value.unitName, measure, quantity: value.quantity, facts }, state);
}

/** Named works of a checklist, dropped ones among them: what was begun under an earlier one is judged by it. */
const worksOf = (measure: string, { measures, past }: PlanState): string[] =>
  [measures, past.measures].flatMap((known) => known.get(measure)?.works.map(({ work }) => work) ?? []);

/** The members by which a measure is met, or undefined where units simply add up. */
function membersOf(measure: string, plan: PlanState): string[] | undefined {
  const target = measureEver(plan, measure);
  if (target?.quantifier === Quantifier.CHECKLIST) return worksOf(measure, plan);
  if (target?.quantifier !== Quantifier.EACH && target?.quantifier !== Quantifier.ALL) return undefined;
  return plan.rosters.get(target.roster)?.members.map(({ member }) => member) ?? [];
}

function standingUnit(state: ProjectState, unit: string, measure: string): Rejection | UnitState {
  const found = state.units.get(unitKey(measure, unit));
  if (!found) return reject('UNIT_UNKNOWN', { unit, measure });
  return found.lost ? reject('UNIT_LOST', { unit, on: found.lost.on }) : found;
}

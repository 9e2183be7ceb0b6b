import type { Event, MilestonePlanned, ProjectCodeBound } from '@planledger/contracts';
import { isDate, type Rejection } from '@planledger/kernel';
import { milestoneKey, type ProjectState, type Sector, startedOn, templateOf } from '@planledger/sectors/kit';
import { codesOf } from './admit-baseline.js';
import { codeForm } from './admit-wide.js';
import { reject } from './command.js';

/** The rules of a project as a whole (DOMAIN §3, §4.8): admit.ts has those of its work. Undefined for other events. */
export function admitRenewal(state: ProjectState, event: Event, sector: Sector): Rejection | undefined {
  switch (event.case) {
    case 'projectCarriedIn':
      return state.registration
        ? reject('CARRIED_IN_ALREADY', { project: state.stream.slice('project/'.length) })
        : openingOnce(event.value.opening);
    case 'projectSuspended':
      return underWay(state, false);
    case 'projectResumed':
      return ended(state) ?? (state.lifecycle.status === 'suspended' ? undefined : reject('PROJECT_NOT_SUSPENDED'));
    case 'projectCancelled':
    case 'projectMovedOut':
    case 'projectSplit':
    case 'projectMerged':
      return ended(state);
    case 'projectCodeBound':
      return ended(state) ?? bindable(state, event.value);
    // Of an ended project too: what it delivered stays until it is revoked, and may turn out to be off-plan.
    case 'offPlanFlagged':
      return state.offPlan && reject('OFF_PLAN_ALREADY', { since: state.offPlan.on });
    case 'offPlanAdmitted':
      return state.offPlan ? undefined : reject('NOT_OFF_PLAN');
    case 'reserveEntered':
      return underWay(state, false) ?? reservable(state, sector);
    case 'reserveLeft':
      return underWay(state, false) ?? (state.reserve ? undefined : reject('NOT_IN_RESERVE'));
    case 'milestonePlanned':
      return ended(state) ?? unitDate(state, event.value, sector);
    default:
      return undefined;
  }
}

const ENDS = { cancelled: '取消', 'moved-out': '调出', split: '拆分', merged: '合并' } as const;

export function ended({ lifecycle }: ProjectState): Rejection | undefined {
  const { status, since } = lifecycle;
  if (status === 'active' || status === 'suspended') return undefined;
  return reject('PROJECT_ENDED', { since: since?.on ?? '', how: ENDS[status] });
}

/** Neither ended nor suspended; and, where the event needs one, with a milestone plan. */
export function underWay(state: ProjectState, needsBaseline = true): Rejection | undefined {
  const over = ended(state);
  if (over) return over;
  const { status, since } = state.lifecycle;
  if (status === 'suspended') return reject('PROJECT_SUSPENDED', { since: since?.on ?? '' });
  return needsBaseline && !state.baseline ? reject('BASELINE_MISSING') : undefined;
}

/** In the reserve nothing is built: no start of works, no progress, no delivery. */
export const heldBack = ({ reserve }: ProjectState): Rejection | undefined =>
  reserve && reject('IN_RESERVE', { since: reserve.on });

function reservable(state: ProjectState, sector: Sector): Rejection | undefined {
  if (state.reserve) return reject('IN_RESERVE_ALREADY', { since: state.reserve.on });
  const [unit] = state.units.values();
  const begun = startedOn(sector, state) || (state.progress.claimed ?? unit?.delivered)?.on;
  return begun ? reject('RESERVE_AFTER_START', { on: begun }) : undefined;
}

function bindable(state: ProjectState, { code, validFrom, replaces }: ProjectCodeBound): Rejection | undefined {
  const { registration, codes } = state;
  if (!code || !registration) return undefined;
  const malformed = codeForm(code, registration.nature);
  if (malformed) return malformed;
  if (!isDate(validFrom)) return reject('NO_SUCH_DAY', { date: validFrom });
  const same = codes.find(({ kind, value }) => kind === code.kind && value === code.value);
  if (same) return reject('CODE_HELD', { code: code.value, from: same.from });
  if (replaces === '') return undefined;
  const replaced = codes.find(({ kind, value, until }) => kind === code.kind && value === replaces && !until);
  if (!replaced) return reject('CODE_NOT_HELD', { code: replaces });
  return validFrom < replaced.from
    ? reject('CODE_BEFORE_REPLACED', { validFrom, code: replaces, from: replaced.from })
    : undefined;
}

/** A unit gets a date of its own where B0 names it; like every date of B0 it is given once. */
function unitDate(state: ProjectState, value: MilestonePlanned, sector: Sector): Rejection | undefined {
  const { milestone, unit, due } = value;
  if (!state.baseline) return reject('BASELINE_MISSING');
  const template = templateOf(sector, state);
  const known = template.find(({ code }) => code === milestone);
  if (!known) return reject('MILESTONE_UNKNOWN', { milestone, known: codesOf(template) });
  if (known.type === 'quantity') return reject('UNIT_HAS_NO_QUANTITY', { milestone });
  if (!isDate(due)) return reject('NO_SUCH_DAY', { date: due });
  if (!state.baseline.outputs.some((output) => output.unit === unit)) return reject('UNIT_NOT_DESIGNED', { unit });
  const before = state.unitDates.get(milestoneKey(milestone, unit));
  return before && reject('UNIT_DATE_GIVEN', { unit, milestone, due: before.due });
}

function openingOnce(opening: readonly { readonly measure: string }[]): Rejection | undefined {
  const seen = new Set<string>();
  for (const { measure } of opening) {
    if (seen.has(measure)) return reject('OPENING_TWICE', { measure });
    seen.add(measure);
  }
  return undefined;
}

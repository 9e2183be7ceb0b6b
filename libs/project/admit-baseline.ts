import type { BaselineSet } from '@planledger/contracts';
import { isDate, type Rejection } from '@planledger/kernel';
import { itemEver, measureEver, type PlanState } from '@planledger/plan';
import { type ProjectState, type Sector, templateOf, type TemplateMilestone, unitKey } from '@planledger/sectors/kit';
import { reject } from './command.js';

export const codesOf = (template: readonly TemplateMilestone[]): string => template.map(({ code }) => code).join('、');

/** Is this a whole milestone plan, in days that exist, of outputs that the project may deliver (DOMAIN §2, B0)? */
export function milestonePlan(
  state: ProjectState,
  value: BaselineSet,
  sector: Sector,
  plan: PlanState,
): Rejection | undefined {
  const template = templateOf(sector, state);
  const seen = new Set<string>();
  for (const { milestone, due, designed } of value.milestones) {
    const known = template.find(({ code }) => code === milestone);
    if (!known) return reject('MILESTONE_UNKNOWN', { milestone, known: codesOf(template) });
    if (seen.has(milestone)) return reject('MILESTONE_TWICE', { milestone });
    seen.add(milestone);
    if (!isDate(due)) return reject('NO_SUCH_DAY', { date: due });
    if (known.type === 'quantity' && designed === 0) return reject('DESIGNED_QUANTITY_MISSING', { milestone });
    if (known.type !== 'quantity' && designed > 0) return reject('DESIGNED_QUANTITY_NOT_ASKED', { milestone });
  }
  const missing = template.filter(({ code }) => !seen.has(code));
  if (missing.length > 0) return reject('BASELINE_INCOMPLETE', { missing: codesOf(missing) });
  return designed(state, value, sector, plan) ?? yearly(value, plan);
}

function designed(
  state: ProjectState,
  { outputs }: BaselineSet,
  sector: Sector,
  plan: PlanState,
): Rejection | undefined {
  const named = new Set<string>();
  for (const { measure, due, unit } of outputs) {
    const refused = ofLinkedItem(state, measure, sector, plan);
    if (refused) return refused;
    if (!isDate(due)) return reject('NO_SUCH_DAY', { date: due });
    if (unit === '') continue;
    // A unit counts once per measure: two quantities of it would be two designs of the same thing.
    if (named.has(unitKey(measure, unit))) return reject('DESIGNED_UNIT_TWICE', { unit, measure });
    named.add(unitKey(measure, unit));
  }
  return undefined;
}

/** The yearly investment plan: years of the plan's period, each once. */
function yearly({ years }: BaselineSet, { plan }: PlanState): Rejection | undefined {
  const [first, last] = [Number(plan?.periodStart.slice(0, 4)), Number(plan?.periodEnd.slice(0, 4))];
  const seen = new Set<number>();
  for (const { year } of years) {
    if (year < first || year > last) return reject('YEAR_OUTSIDE_PERIOD', { year, first, last });
    if (seen.has(year)) return reject('YEAR_TWICE', { year });
    seen.add(year);
  }
  return undefined;
}

export function ofLinkedItem(
  state: ProjectState,
  measure: string,
  sector: Sector,
  plan: PlanState,
): Rejection | undefined {
  const item = measureEver(plan, measure)?.item;
  if (item === undefined) return reject('MEASURE_UNKNOWN', { measure });
  // Flagged off-plan it may not be linked, and delivers all the same: beside the plan, to measures of its own sector.
  if (state.offPlan && itemEver(plan, item)?.sector === sector.slug) return undefined;
  return state.items.has(item) ? undefined : reject('MEASURE_NOT_LINKED', { measure, item });
}

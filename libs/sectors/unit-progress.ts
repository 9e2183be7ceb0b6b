import type { DesignedOutput, DesignedQuantity, MilestoneStanding } from '@planledger/contracts';
import { milestoneKey, type MilestoneState, type ProjectState } from './project.js';

/**
 * What a baseline designs, row by row; a row that names a unit of a bundle carries that unit's own progress P_unit, where
 * the unit has a milestone of its own, dated or claimed, and no text where it has none: then it moves with its project
 * (DOMAIN §4.3). `milestones` are the project's rows: their weights, and what is exempted.
 */
export function designedQuantities(
  outputs: readonly DesignedOutput[],
  project: ProjectState,
  milestones: readonly MilestoneStanding[],
): DesignedQuantity[] {
  const own = outputs.some(({ unit }) => unit !== '') ? unitsWithMilestones(project) : NO_UNITS;
  return outputs.map(({ measure, quantity, due, unit }): DesignedQuantity => {
    const progress = own.has(unit) ? unitProgress(project, unit, milestones) : NO_PROGRESS;
    return {
      $typeName: 'planledger.v1.DesignedQuantity',
      measure,
      quantity,
      due,
      unit,
      claimed: progress.claimed,
      verified: progress.verified,
    };
  });
}

const NO_UNITS: ReadonlySet<string> = new Set();
const NO_PROGRESS = { claimed: '', verified: '' } as const;

function unitsWithMilestones({ milestones, unitDates }: ProjectState): ReadonlySet<string> {
  const units = new Set<string>();
  const note = (key: string): void => {
    const at = key.indexOf('@');
    if (at > 0) units.add(key.slice(at + 1));
  };
  for (const [key, { claimed }] of milestones) if (claimed) note(key);
  for (const key of unitDates.keys()) note(key);
  return units;
}

/**
 * Σ w·a / Σ w over the milestones of the template, a being 1 by the unit's own claim, or else by its project's: what was
 * approved for all is approved for each, as in counting (claimFor). Quantity milestones are left out of both sums: a
 * unit reports no quantities of its own, and the project's are the work on all units together, so that its share would
 * lend an untouched unit the progress of its neighbours.
 */
function unitProgress(
  { milestones }: ProjectState,
  unit: string,
  rows: readonly MilestoneStanding[],
): Pick<DesignedQuantity, 'claimed' | 'verified'> {
  let [total, claimed, verified] = [0, 0, 0];
  for (const { milestone, weight, type, exempt } of rows) {
    if (type === 'quantity' || exempt) continue;
    const own: MilestoneState | undefined = milestones.get(milestoneKey(milestone, unit));
    const reached = own?.claimed ? own : milestones.get(milestone);
    total += weight;
    if (reached?.claimed) claimed += weight;
    if (reached?.verified) verified += weight;
  }
  return total === 0 ? NO_PROGRESS : { claimed: doneShare(claimed, total), verified: doneShare(verified, total) };
}

/** min(1, done / designed) as exact text; nothing designed is nothing done. */
export function doneShare(done: number, designed: number): string {
  if (done === 0 || designed === 0) return '0';
  if (done >= designed) return '1';
  let [a, b] = [designed, done];
  while (b !== 0) [a, b] = [b, a % b];
  return `${done / a}/${designed / a}`;
}

import { decimal, type Fraction } from '@planledger/kernel';
import type { PlanState } from './state.js';

/**
 * The numbers that rules read by name, with what holds until ThresholdsApproved sets another (DOMAIN marks them †:
 * configuration with a version, never constants). Exact decimals; points are percentage points, days are calendar days.
 * `tolerance/<measure or indicator>` may be set besides; it is 0 until then.
 */
export const THRESHOLDS = {
  /** 进度灯: behind by less is green, by up to `red` yellow, by more red; percentage points. */
  'lamp/progress-yellow': '10',
  'lamp/progress-red': '30',
  /** 开工灯: red from the first day of this month after the planned one. */
  'lamp/start-red-months': '3',
  /** 要素灯: an element needed within these days and not there is yellow. */
  'lamp/element-days': '30',
  /** Items: SPI_t green from, yellow from. */
  'lamp/item-green': '0.95',
  'lamp/item-yellow': '0.6',
  /** Grades of indicators by R. */
  'grade/faster': '1.05',
  'grade/on-pace': '0.95',
  'grade/behind': '0.6',
  /** Within this many reporting steps of the baseline a target is too near for R alone. */
  'grade/near-steps': '10',
  /** N days of I12 and of coverage. */
  'coverage/days': '30',
  /** Share of the target from which an expected indicator is 基本实现. */
  'evaluation/basically': '0.95',
  /** Re-baselines a project may have in a calendar year. */
  'rebaseline/per-year': '1',
  /** Allocated land without a start of works for this many months is a gap; so is a project silent for this many days. */
  'gap/land-idle-months': '12',
  'gap/stale-report-days': '60',
  /** 账实不符: an indicator further than this from what the ledger's own units imply; percent. */
  'gap/mismatch-percent': '1',
} as const satisfies Record<string, string>;

export type ThresholdName = keyof typeof THRESHOLDS;

/** True of a name that ThresholdsApproved may set. */
export const isThreshold = (name: string): boolean => Object.hasOwn(THRESHOLDS, name) || /^tolerance\/.+$/.test(name);

function approved(plan: PlanState, name: string, on: string): string | undefined {
  // The last one in force that names it; of two from the same day the later approval.
  let found: { readonly value: string; readonly from: string } | undefined;
  for (const { values, inForceFrom } of plan.thresholds) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || inForceFrom > on || (found && inForceFrom < found.from)) continue;
    found = { value, from: inForceFrom };
  }
  return found?.value;
}

/** The threshold in force on a day. */
export const thresholdOn = (plan: PlanState, name: ThresholdName, on: string): Fraction =>
  decimal(approved(plan, name, on) ?? THRESHOLDS[name]);

/** δ of a 左右 target; 0 until a document sets it. */
export const toleranceOn = (plan: PlanState, code: string, on: string): Fraction =>
  decimal(approved(plan, `tolerance/${code}`, on) ?? '0');

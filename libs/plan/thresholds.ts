import { compare, decimal, type Fraction, ZERO } from '@planledger/kernel';
import { inForceOn, type PlanState } from './state.js';

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
  /** 支付灯: paid is at least so much of the investment completed; percent (进度款支付比例: 财建〔2022〕183号). */
  'lamp/payment-percent': '80',
  /** 入库灯: from this estimate on, in 元; months after the start of works from which not in the library is yellow, red. */
  'lamp/stock-entry-yuan': '5000000',
  'lamp/stock-entry-yellow-months': '1',
  'lamp/stock-entry-red-months': '2',
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
  /** Re-baselines a project may have in a calendar year. */
  'rebaseline/per-year': '1',
  /** Allocated land without a start of works for this many months is a gap; so is a project silent for this many days. */
  'gap/land-idle-months': '12',
  'gap/stale-report-days': '60',
  /** 账实不符: an indicator further than this from what the ledger's own units imply; percent. */
  'gap/mismatch-percent': '1',
} as const satisfies Record<string, string>;

export type ThresholdName = keyof typeof THRESHOLDS;

/** Numbers that there are none of until a document sets them: the share of its target from which an expected indicator is 基本实现. */
const UNSET = ['evaluation/basically'] as const;

/** True of a name that ThresholdsApproved may set. */
export const isThreshold = (name: string): boolean =>
  Object.hasOwn(THRESHOLDS, name) || UNSET.some((each) => each === name) || /^tolerance\/.+$/.test(name);

/** Counted in months, days or times: no fraction of one is meant. */
const WHOLE = /(months|days|per-year)$/;
/** Of each pair the first is never above the second, or what the rules say of the two cannot be said. */
const ORDERED: readonly (readonly [ThresholdName, ThresholdName])[] = [
  ['lamp/progress-yellow', 'lamp/progress-red'],
  ['lamp/item-yellow', 'lamp/item-green'],
  ['lamp/stock-entry-yellow-months', 'lamp/stock-entry-red-months'],
  ['grade/behind', 'grade/on-pace'],
  ['grade/on-pace', 'grade/faster'],
];

/** May the threshold have this value? `value` is an exact decimal. */
export const fitsThreshold = (name: string, value: string): boolean =>
  compare(decimal(value), ZERO) >= 0 && (!WHOLE.test(name) || decimal(value).d === 1n);

/** The pairs of thresholds that would stand the wrong way round on a day. */
export const crossedOn = (plan: PlanState, on: string): (readonly [ThresholdName, ThresholdName])[] =>
  ORDERED.filter(([lower, upper]) => compare(thresholdOn(plan, lower, on), thresholdOn(plan, upper, on)) > 0);

/** The approval by which a threshold is in force on a day; undefined where what is built in holds. */
const approval = (plan: PlanState, name: string, on: string) =>
  inForceOn(
    plan.thresholds.filter(({ values }) => Object.hasOwn(values, name)),
    on,
  );

const approved = (plan: PlanState, name: string, on: string): string | undefined =>
  approval(plan, name, on)?.values[name];

/** Every threshold, and every tolerance that a document set, with what is in force on a day and by which document. */
export function thresholdsOn(
  plan: PlanState,
  on: string,
): { readonly name: string; readonly value: string; readonly document: string; readonly position: number | null }[] {
  const named = plan.thresholds.flatMap(({ values }) => Object.keys(values));
  const builtIn: Readonly<Record<string, string>> = THRESHOLDS;
  return [...new Set([...Object.keys(THRESHOLDS), ...named])].map((name) => {
    const { document = '', position = null, values = {} } = approval(plan, name, on) ?? {};
    return { name, value: values[name] ?? builtIn[name] ?? '0', document, position };
  });
}

/** The threshold in force on a day. */
export const thresholdOn = (plan: PlanState, name: ThresholdName, on: string): Fraction =>
  decimal(approved(plan, name, on) ?? THRESHOLDS[name]);

/** A number that has no built-in value; undefined until a document sets it. */
export function thresholdIn(plan: PlanState, name: (typeof UNSET)[number], on: string): Fraction | undefined {
  const value = approved(plan, name, on);
  return value === undefined ? undefined : decimal(value);
}

/** δ of a 左右 target; 0 until a document sets it. */
export const toleranceOn = (plan: PlanState, code: string, on: string): Fraction =>
  decimal(approved(plan, `tolerance/${code}`, on) ?? '0');

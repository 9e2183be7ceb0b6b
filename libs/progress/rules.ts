import { type Fraction, fraction, type IsoDate } from '@planledger/kernel';
import { type PlanState, ruleVersion } from '@planledger/plan';

/**
 * The numbers and choices of the progress rules, by version. The formulas themselves stand in the files that compute
 * them; a version that changes a formula adds a field here and the file switches on it. An adopted version is never
 * edited: figures of the past are recomputed with the version of their day.
 */
export interface ProgressRules {
  readonly version: string;
  /** An item is 滞后 when SPI_t is below this (DOMAIN §4.4). */
  readonly laggingBelow: Fraction;
}

/** The part that RulesAdopted names. */
export const PROGRESS_PART = 'progress';

const V0: ProgressRules = { version: 'v0', laggingBelow: fraction(95, 100) };
const KNOWN: ReadonlyMap<string, ProgressRules> = new Map([[V0.version, V0]]);

/** The versions this program knows: no other may be adopted. */
export const PROGRESS_VERSIONS: ReadonlySet<string> = new Set(KNOWN.keys());

/**
 * The rules in force on a day; v0, which ships with every plan, where none was adopted by then. Throws RangeError on a
 * version this program does not know: to answer by other rules than the adopted ones would be a false figure.
 */
export function rulesOn(plan: PlanState, on: IsoDate): ProgressRules {
  const version = ruleVersion(plan, PROGRESS_PART, on);
  const rules = version === undefined ? V0 : KNOWN.get(version);
  if (!rules) throw new RangeError(`progress rules ${version} are adopted and not known to this program`);
  return rules;
}

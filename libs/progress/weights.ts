import { type Fraction, type IsoDate, ONE } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';

/** A set of weights on items, renormalised within each cut over its quantified items (DOMAIN §1). */
export interface WeightSet {
  readonly id: string;
  readonly name: string;
  weightOf(item: string): Fraction;
}

/** 等权: the default, and in force until the commission approves another. No approval is recorded in a plan yet. */
const EQUAL: WeightSet = { id: 'equal', name: '等权', weightOf: () => ONE };
export const weightSetOn = (_plan: PlanState, _on: IsoDate): WeightSet => EQUAL;

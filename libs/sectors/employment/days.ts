import { type IsoDate, reject, type Rejection } from '@planledger/kernel';
import type { DateReasons } from '../counting.js';
import type { Facts } from '../sector.js';

/** Nothing that was finished before it counts for this plan; a value of these rules' version. */
const FIRST_DAY: IsoDate = '2021-01-01';
export const FIRST_YEAR = 2021;

/** What a training was assessed, a certificate issued or a voucher paid before belongs to the plan before. */
export function refuseEarly(facts: Facts, fact: string): Rejection | undefined {
  const day = facts[fact];
  return typeof day === 'string' && day < FIRST_DAY
    ? reject('EMP_BEFORE_PERIOD', { day, first: FIRST_DAY })
    : undefined;
}

/** Why it waits without its day; one that is stated for a day that had not come waits as well. */
export const withoutItsDay = (unstated: string): DateReasons => ({ unstated, tooEarly: 'EMP_DAY_NOT_COME' });

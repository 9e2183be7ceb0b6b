import { reject, type Rejection } from '@planledger/kernel';
import { type Facts, type FactSpec, number, numberOf, optional } from '../sector.js';

/** Entitlements that a town keeps a roll of: 低保, 特困 and the two subsidies of I25 (chapter 8, section 2). */
export const PROGRAMMES = {
  subsistence: '城乡最低生活保障',
  destitute: '特困人员救助供养',
  living: '困难残疾人生活补贴',
  nursing: '重度残疾人护理补贴',
} as const;
export type Programme = keyof typeof PROGRAMMES;
export const programmes = Object.keys(PROGRAMMES) as readonly Programme[];

const NUMBERS = {
  eligible: '应保（应发）人数',
  covered: '在保（在发）人数',
  missed: '漏保（漏发）人数',
  wrong: '错保（错发）人数',
} as const;
type Numbers = keyof typeof NUMBERS;
const numbers = Object.keys(NUMBERS) as readonly Numbers[];

/**
 * One check of one roll, in persons. Covered alone hides both errors: twelve who are missed and twelve who are wrongly
 * paid make a coverage of 100 %. So both directions are kept, and covered = eligible − missed + wrong.
 */
export type Roll = Readonly<Record<Numbers, number>>;
export type Rolls = Partial<Record<Programme, Roll>>;

const factName = (programme: Programme, field: Numbers): string =>
  `${programme}${field.charAt(0).toUpperCase()}${field.slice(1)}`;

/** The four numbers of each roll; a station that has not checked a roll leaves all four out. */
export const ROLL_FACTS: Readonly<Record<string, FactSpec>> = Object.fromEntries(
  programmes.flatMap((programme) =>
    numbers.map((field) => [factName(programme, field), optional(number(PROGRAMMES[programme] + NUMBERS[field]))]),
  ),
);

function rollIn(facts: Facts, programme: Programme): Roll {
  const stated = (field: Numbers): number => numberOf(facts, factName(programme, field));
  return {
    eligible: stated('eligible'),
    covered: stated('covered'),
    missed: stated('missed'),
    wrong: stated('wrong'),
  };
}

const unstated = (facts: Facts, programme: Programme): Numbers[] =>
  numbers.filter((field) => facts[factName(programme, field)] === undefined);

/** The rolls that the facts state. */
export function rollsIn(facts: Facts): Rolls {
  const rolls: Rolls = {};
  for (const programme of programmes) {
    if (unstated(facts, programme).length === 0) rolls[programme] = rollIn(facts, programme);
  }
  return rolls;
}

function refuseRoll(facts: Facts, programme: Programme): Rejection | undefined {
  const lacking = unstated(facts, programme);
  if (lacking.length === numbers.length) return undefined;
  const name = PROGRAMMES[programme];
  if (lacking.length > 0) {
    return reject('SSP_ROLL_INCOMPLETE', { programme: name, lacking: lacking.map((one) => NUMBERS[one]).join('、') });
  }
  const { eligible, covered, missed, wrong } = rollIn(facts, programme);
  if (missed > eligible) return reject('SSP_MISSED_EXCEED_ELIGIBLE', { programme: name, missed, eligible });
  const expected = eligible - missed + wrong;
  return covered === expected
    ? undefined
    : reject('SSP_ROLL_DOES_NOT_ADD_UP', { programme: name, eligible, covered, missed, wrong, expected });
}

export function refuseRolls(facts: Facts): Rejection | undefined {
  for (const programme of programmes) {
    const refused = refuseRoll(facts, programme);
    if (refused) return refused;
  }
  return undefined;
}

import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, onceStated } from '../counting.js';
import { identity, type UnitIdentity } from '../identity.js';
import type { ProjectState, UnitState } from '../project.js';
import {
  choice,
  type Counting,
  type Facts,
  factsNow,
  number,
  numberOf,
  optional,
  standingUnits,
  text,
  truth,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';

/** Forms in which the text of chapter 3, section 2 wants places to be opened. */
export const FORMS = {
  comprehensive: '综合性托育机构',
  community: '社区托育服务设施',
  workplace: '用人单位托育',
  kindergarten: '幼儿园托班（托幼一体）',
} as const;

/**
 * Children a class holds, by age: 乳儿班 to 12 months, 托小班 to 24, 托大班 to 36, 混合编班 from 18 on (托育机构设置标准（试行）;
 * a value of these rules' version).
 */
const PLACES_PER_CLASS: Readonly<Record<string, number>> = {
  infantClasses: 10,
  toddlerClasses: 15,
  seniorClasses: 20,
  mixedClasses: 18,
};

const nurseryFacts: UnitKind['facts'] = {
  form: choice('机构形式', FORMS),
  places: number('托位总数', 1, 2_000),
  newPlaces: number('净增托位', 0, 2_000),
  infantClasses: number('乳儿班班数', 0, 50),
  toddlerClasses: number('托小班班数', 0, 50),
  seniorClasses: number('托大班班数', 0, 50),
  mixedClasses: number('混合编班班数', 0, 50),
  inclusive: truth('是否普惠性'),
  inclusiveDocument: optional(text('普惠认定（协议）文号')),
  demonstration: optional(truth('是否示范性')),
  schoolPlaces: optional(number('所在幼儿园学位', 0, 5_000)),
  approvedSize: optional(number('核定办园规模（含托班，人）', 1, 5_000)),
  filingNumber: optional(text('托育机构备案编号')),
};

function refusePlaces(facts: Facts): Rejection | undefined {
  const [places, newPlaces] = [numberOf(facts, 'places'), numberOf(facts, 'newPlaces')];
  if (newPlaces > places) return reject('CHC_NEW_PLACES_EXCEED', { newPlaces, places });
  const allowed = Object.entries(PLACES_PER_CLASS).reduce(
    (sum, [classes, held]) => sum + numberOf(facts, classes) * held,
    0,
  );
  return places > allowed ? reject('CHC_PLACES_EXCEED_CLASSES', { allowed, places }) : undefined;
}

/** 托幼一体: a seat is a nursery place or a school place, and the kindergarten's approved size is the room for both. */
function refuseSchoolPlaces(facts: Facts): Rejection | undefined {
  const { form, schoolPlaces, approvedSize } = facts;
  if (form !== 'kindergarten') {
    return schoolPlaces === undefined && approvedSize === undefined ? undefined : reject('CHC_SCHOOL_PLACES_NOT_ASKED');
  }
  if (typeof schoolPlaces !== 'number' || typeof approvedSize !== 'number') return reject('CHC_KINDERGARTEN_UNSTATED');
  const places = numberOf(facts, 'places');
  return places + schoolPlaces > approvedSize
    ? reject('CHC_COUNTED_AS_SCHOOL_PLACES', { places, schoolPlaces, approved: approvedSize })
    : undefined;
}

function refuseInclusive({ inclusive, inclusiveDocument, demonstration }: Facts): Rejection | undefined {
  if (demonstration === true && inclusive !== true) return reject('CHC_DEMONSTRATION_NOT_INCLUSIVE');
  return inclusive === true && inclusiveDocument === undefined ? reject('CHC_INCLUSIVE_UNDOCUMENTED') : undefined;
}

const refuseNursery = (facts: Facts): Rejection | undefined =>
  refusePlaces(facts) ?? refuseSchoolPlaces(facts) ?? refuseInclusive(facts);

/** A nursery may grow in lots, each a unit of its own: together never by more places than it has under its filing. */
function refuseLots({ unit, facts }: UnitFacts, project: ProjectState): Rejection | undefined {
  const { filingNumber } = facts;
  if (typeof filingNumber !== 'string') return undefined;
  const reported = standingUnits(project, 'nursery')
    .filter((other) => other.unit !== unit && factsNow(other)['filingNumber'] === filingNumber)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const [places, newPlaces] = [numberOf(facts, 'places'), numberOf(facts, 'newPlaces')];
  return reported + newPlaces > places
    ? reject('CHC_FILING_EXCEEDED', { filing: filingNumber, reported, newPlaces, places })
    : undefined;
}

/** 备案 and 托位可用 (countsAt of B1-4), neither of which is had without the fire acceptance; and the number of the filing. */
function filedAndUsable(unit: UnitState, project: ProjectState): Counting {
  const usable = countsOnceClaimed(
    unit,
    project,
    ['fire-acceptance', 'CHC_NOT_ACCEPTED'],
    ['filing', 'CHC_BUILT_NOT_FILED'],
    ['opening', 'CHC_PLACES_NOT_OPENED'],
  );
  return onceStated(usable, unit, 'filingNumber', 'CHC_FILING_NUMBER_UNSTATED');
}

/** What is filed under one number is delivered by one project: its places, in lots, and the institution itself. */
const filedOnce = (register: string): UnitIdentity => ({
  facts: ['filingNumber'],
  of: ({ filingNumber }) => identity(register, '托育机构备案', [filingNumber], register === 'places'),
});

/** 托位: the level that B1-4 asks for grows by what is new, not by what a nursery has. */
export const nursery: UnitKind = {
  name: '托位',
  facts: nurseryFacts,
  refuse(unit, project) {
    const { quantity, facts } = unit;
    const newPlaces = numberOf(facts, 'newPlaces');
    if (quantity !== newPlaces) return reject('CHC_PLACES_NOT_NET', { newPlaces, quantity });
    return refuseNursery(facts) ?? refuseLots(unit, project);
  },
  countsFrom: filedAndUsable,
  identity: filedOnce('places'),
};

/** 综合性托育机构: one of each county is enough (T3-6), however many places it has; those count under B1-4. */
export const comprehensiveNursery: UnitKind = {
  name: '综合性托育机构',
  facts: nurseryFacts,
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('CHC_ONE_AT_A_TIME', { quantity });
    const form = facts['form'] as keyof typeof FORMS;
    if (form !== 'comprehensive') return reject('CHC_NOT_COMPREHENSIVE', { form: FORMS[form] });
    return refuseNursery(facts);
  },
  countsFrom: filedAndUsable,
  identity: filedOnce('comprehensive-nursery'),
};

import { reject, type Rejection } from '@planledger/kernel';
import { licensedOnce } from '../identity.js';
import { claimFor, type ProjectState, type UnitState } from '../project.js';
import {
  choice,
  type Counting,
  countsOnceAll,
  factsNow,
  heldSince,
  number,
  numberOf,
  optional,
  text,
  truth,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';
import { CATEGORY_ASKED, LEVEL_ASKED, STAFF_CATEGORIES, STANDARD_ASKED } from './asked.js';

/** Approved by the permission, standing in the wards, open to patients: three figures, none of them the sum of others. */
export interface Beds {
  readonly approved: number;
  readonly actual: number;
  readonly open: number;
}

export const bedsOf = (facts: UnitFacts['facts']): Beds => ({
  approved: numberOf(facts, 'bedsApproved'),
  actual: numberOf(facts, 'bedsActual'),
  open: numberOf(facts, 'bedsOpen'),
});

const INSTITUTIONS = {
  hospital: '医院（院区）',
  'medical-centre': '医学中心、公共卫生医学中心',
  cdc: '疾病预防控制中心',
  'specialty-centre': '区域（专科）诊疗中心',
} as const;

function refuseBeds(institution: string, { approved, actual, open }: Beds): Rejection | undefined {
  if (open > actual) return reject('HEA_OPEN_EXCEEDS_ACTUAL', { open, actual });
  if (actual > approved) return reject('HEA_ACTUAL_EXCEEDS_APPROVED', { actual, approved });
  if (institution === 'hospital' && approved === 0) return reject('HEA_HOSPITAL_WITHOUT_BEDS');
  const bedless = institution === 'cdc' || institution === 'specialty-centre';
  return bedless && approved > 0 ? reject('HEA_BEDS_NOT_KEPT', { approved }) : undefined;
}

/** The day of the document that grants a level or a title. */
function granted(unit: UnitState, project: ProjectState): Counting {
  const document = claimFor(project, unit, 'document');
  return document ? countsOnceAll(document) : { waitingFor: 'HEA_AWAITING_DOCUMENT', entries: [] };
}

/** Licensed and open to patients: the later of the two days. Accepted works alone count for nothing. */
function practising(unit: UnitState, project: ProjectState): Counting {
  const licence = claimFor(project, unit, 'licence');
  if (!licence) {
    return { waitingFor: 'HEA_NOT_LICENSED', entries: claimFor(project, unit, 'acceptance')?.positions ?? [] };
  }
  const opening = claimFor(project, unit, 'opening');
  if (!opening) return { waitingFor: 'HEA_NOT_OPENED', entries: licence.positions };
  const done = [licence, opening];
  // The number is what makes two reports the same institution: paper, so it holds up counting, not its day.
  if (factsNow(unit)['licence'] === undefined) {
    return { waitingFor: 'HEA_NUMBER_PENDING', entries: countsOnceAll(...done).entries };
  }
  if (!STANDARD_ASKED.has(unit.measure)) return countsOnceAll(...done);
  const certified = heldSince(unit, 'standardised');
  return certified
    ? countsOnceAll(...done, certified)
    : { waitingFor: 'HEA_NOT_STANDARDISED', entries: countsOnceAll(...done).entries };
}

export const facility: UnitKind = {
  name: '医疗卫生机构',
  facts: {
    institution: choice('机构类别', INSTITUTIONS),
    bedsApproved: number('批准床位', 0, 10_000),
    bedsActual: number('实有床位', 0, 10_000),
    bedsOpen: number('开放床位', 0, 10_000),
    licence: optional(text('执业（机构）登记号')),
    standardised: optional(truth('标准化认定')),
  },
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('HEA_ONE_AT_A_TIME');
    const stated = bedsOf(facts);
    const refused = refuseBeds(String(facts['institution']), stated);
    if (refused) return refused;
    const unlicensed = stated.open > 0 && facts['licence'] === undefined;
    return unlicensed ? reject('HEA_LICENCE_MISSING', { open: stated.open }) : undefined;
  },
  /** A specialty centre is a title of a hospital that has its licence already: the document is all it waits for. */
  countsFrom: (unit, project) =>
    unit.facts['institution'] === 'specialty-centre' ? granted(unit, project) : practising(unit, project),
  identity: licensedOnce('facility', '执业（机构）登记'),
};

const LEVELS = { 2: '二级', 3: '三级' } as const;
const GRADES = { a: '甲等', b: '乙等' } as const;

function refuseBelowAsked({ measure, facts }: UnitFacts): Rejection | undefined {
  const asked = LEVEL_ASKED[measure];
  if (!asked) return undefined;
  const name = LEVELS[asked.level] + (asked.grade ? GRADES[asked.grade] : '');
  const reached = Number(facts['level']) >= Number(asked.level) && (!asked.grade || facts['grade'] === asked.grade);
  if (!reached) return reject('HEA_LEVEL_BELOW_ASKED', { measure, asked: name });
  const assessedOnly = facts['basis'] === 'assessment' && !asked.assessment;
  return assessedOnly ? reject('HEA_ASSESSMENT_IS_NO_LEVEL', { measure }) : undefined;
}

/**
 * A level reached by a member of a roster. It counts from the day of its document; when it expires or is taken away, it
 * is revoked as of that day and its contribution ends there.
 */
export const level: UnitKind = {
  name: '医院等级',
  facts: {
    level: optional(choice('等级', LEVELS)),
    grade: optional(choice('等次', GRADES)),
    basis: choice('依据', { review: '等级评审', assessment: '服务水平评估', completion: '竣工验收' }),
    document: optional(text('评审批文文号')),
  },
  refuse(unit, project) {
    const { quantity, facts } = unit;
    if (quantity !== 1) return reject('HEA_ONE_AT_A_TIME');
    // A building project has no document to wait for, whatever its facts say.
    if (facts['basis'] === 'completion' || project.registration?.template === 'building') {
      return reject('HEA_LEVEL_BY_COMPLETION');
    }
    if (facts['grade'] !== undefined && facts['level'] === undefined) return reject('HEA_GRADE_WITHOUT_LEVEL');
    if (facts['grade'] !== undefined && facts['document'] === undefined) return reject('HEA_GRADE_NEEDS_DOCUMENT');
    return refuseBelowAsked(unit);
  },
  countsFrom: granted,
};

/** 51515: heads on post of an employer and a year; persons are never named, only counted. */
export const staff: UnitKind = {
  name: '卫生人才',
  facts: {
    category: choice('人才类别', STAFF_CATEGORIES),
    tier: choice('机构层级', { city: '市级', county: '县级', town: '乡级' }),
    year: number('年度', 2021, 2035),
    joined: number('到岗（结业合格）人数', 1, 10_000),
    left: number('其中已离岗人数', 0, 10_000),
  },
  refuse({ measure, quantity, facts }) {
    const [joined, left] = [numberOf(facts, 'joined'), numberOf(facts, 'left')];
    if (left >= joined) return reject('HEA_STAFF_LEAVERS_EXCEED', { joined, left });
    if (joined - left !== quantity) return reject('HEA_STAFF_NOT_NET', { joined, left, net: joined - left, quantity });
    const [asked, stated] = [CATEGORY_ASKED[measure], facts['category']];
    if (asked && stated !== asked) {
      return reject('HEA_STAFF_CATEGORY', { measure, asked: STAFF_CATEGORIES[asked], stated: String(stated) });
    }
    return stated === 'bachelor' && facts['tier'] === 'city' ? reject('HEA_STAFF_NOT_COUNTY') : undefined;
  },
  countsFrom: (unit) => countsOnceAll(unit.delivered),
};

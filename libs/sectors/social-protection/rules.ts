import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, type Step, whileHolding } from '../counting.js';
import { licensedOnce } from '../identity.js';
import { residentIdIn } from '../personal-data.js';
import {
  choice,
  type Facts,
  factsNow,
  number,
  numberOf,
  optional,
  text,
  type UnitFacts,
  type UnitKind,
  truth,
} from '../sector.js';
import { refuseRolls, ROLL_FACTS } from './rolls.js';

export const PURPOSES = {
  'children-village': '儿童村、儿童福利院',
  'child-rehabilitation': '残疾儿童康复中心',
  'mental-health': '精神卫生福利机构',
} as const;
type Purpose = keyof typeof PURPOSES;

const WORKS = { new: '新建', relocation: '迁建', extension: '原址改扩建' } as const;

/** Purposes that a measure of the plan counts (items/social-protection.yaml); those not listed count any. */
const PURPOSES_ASKED: Readonly<Record<string, readonly Purpose[]>> = {
  'T8-4.city-centre': ['mental-health'],
  'T8-4.county-institutions': ['mental-health'],
  'T8-5.relocations': ['children-village', 'child-rehabilitation'],
};
/** 整体迁建: what is built beside the old site, or on it, is not what the sentence asks for. */
const RELOCATIONS_ONLY = 'T8-5.relocations';
/** 机构登记并投用: a county may found its institution inside a hospital that stands, so nothing is accepted. */
const COUNTED_BY_REGISTRATION = 'T8-4.county-institutions';

/** What treats or trains people is licensed for it; a village where children live is not. */
const LICENCES: Readonly<Partial<Record<Purpose, string>>> = {
  'child-rehabilitation': '残疾人康复机构资质',
  'mental-health': '医疗机构执业许可证',
};

/** One at a time, and no text that names a person: the two things every kind of this sector is refused for. */
function refuseAnyKind(specs: UnitKind['facts'], { unit, name, quantity, facts }: UnitFacts): Rejection | undefined {
  if (quantity !== 1) return reject('SSP_ONE_AT_A_TIME', { quantity });
  const labels = new Map(Object.entries(specs).map(([field, { label }]) => [field, label]));
  for (const [field, value] of [['单元标识', unit], ['单元名称', name], ...Object.entries(facts)] as const) {
    if (typeof value === 'string' && residentIdIn(value)) {
      return reject('SSP_PERSONAL_DATA', { field: labels.get(field) ?? field });
    }
  }
  return undefined;
}

function refusePurpose(measure: string, purpose: Purpose, works: keyof typeof WORKS): Rejection | undefined {
  const asked = PURPOSES_ASKED[measure];
  if (asked && !asked.includes(purpose)) {
    const names = asked.map((one) => PURPOSES[one]).join('、');
    return reject('SSP_PURPOSE_NOT_ASKED', { measure, asked: names, stated: PURPOSES[purpose] });
  }
  if (measure !== RELOCATIONS_ONLY || works === 'relocation') return undefined;
  return reject('SSP_NOT_A_RELOCATION', { stated: WORKS[works] });
}

function refusePlaces(purpose: Purpose, facts: Facts): Rejection | undefined {
  const [beds, served] = [numberOf(facts, 'beds'), numberOf(facts, 'served')];
  const places = beds + numberOf(facts, 'dayPlaces');
  if (purpose !== 'child-rehabilitation' && beds === 0) {
    return reject('SSP_BEDS_MISSING', { purpose: PURPOSES[purpose] });
  }
  if (places === 0) return reject('SSP_TRAINING_PLACES_MISSING');
  return served > places ? reject('SSP_SERVED_EXCEED_PLACES', { served, places }) : undefined;
}

const ACCEPTED: Step = ['acceptance', 'SSP_NOT_ACCEPTED'];
const REGISTERED: Step = ['registration', 'SSP_NOT_REGISTERED'];
const IN_USE: Step = ['opening', 'SSP_FACILITY_NOT_IN_USE'];
const SIGNED: Step = ['sign', 'SSP_NO_SIGN'];

/** 儿童村, 残疾儿童康复中心, 精神卫生福利机构: counts in use; a relocated one only once the whole of it has moved. */
export const facility: UnitKind = {
  name: '社会福利设施',
  facts: {
    purpose: choice('机构用途', PURPOSES),
    works: choice('建设方式', WORKS),
    beds: number('床位数', 0, 5_000),
    dayPlaces: optional(number('日间康复训练位', 0, 5_000)),
    served: number('在院（在训）服务对象人数', 0, 10_000),
    licence: optional(text('资质证号')),
    oldSiteMoved: optional(truth('原址服务是否已整体迁出')),
  },
  refuse(unit) {
    const { measure, facts } = unit;
    const purpose = facts['purpose'] as Purpose;
    const refused =
      refuseAnyKind(facility.facts, unit) ??
      refusePurpose(measure, purpose, facts['works'] as keyof typeof WORKS) ??
      refusePlaces(purpose, facts);
    if (refused) return refused;
    const licence = LICENCES[purpose];
    return licence !== undefined && facts['licence'] === undefined
      ? reject('SSP_LICENCE_MISSING', { purpose: PURPOSES[purpose], licence })
      : undefined;
  },
  countsFrom(unit, project) {
    const founded = unit.measure === COUNTED_BY_REGISTRATION ? REGISTERED : ACCEPTED;
    const inUse = countsOnceClaimed(unit, project, founded, IN_USE);
    return unit.facts['works'] === 'relocation'
      ? whileHolding(inUse, unit, 'SSP_OLD_SITE_STILL_SERVES', ({ oldSiteMoved }) => oldSiteMoved === true)
      : inUse;
  },
  identity: licensedOnce('facility', '资质证'),
};

export const CENTRE_LEVELS = { city: '市级', county: '县级', town: '乡级' } as const;

/** 特困人员定点医养中心: beds of a hospital that is there already, kept for those whom nobody else keeps. */
export const careCentre: UnitKind = {
  name: '特困人员定点医养中心',
  facts: {
    level: choice('层级', CENTRE_LEVELS),
    hospital: text('依托医疗机构'),
    beds: number('定点床位数', 1, 5_000),
    residents: number('收住特困人员人数', 0, 5_000),
    severelyDisabled: number('其中失能失智和重度残疾人数', 0, 5_000),
    designation: optional(text('定点文件文号')),
  },
  refuse(unit) {
    const refused = refuseAnyKind(careCentre.facts, unit);
    if (refused) return refused;
    const [beds, residents] = [numberOf(unit.facts, 'beds'), numberOf(unit.facts, 'residents')];
    if (residents > beds) return reject('SSP_SERVED_EXCEED_PLACES', { served: residents, places: beds });
    const disabled = numberOf(unit.facts, 'severelyDisabled');
    return disabled > residents ? reject('SSP_DISABLED_EXCEED_RESIDENTS', { disabled, residents }) : undefined;
  },
  countsFrom(unit, project) {
    const steps: Step[] = [
      ['designation', 'SSP_NOT_DESIGNATED'],
      ['admission', 'SSP_NOBODY_ADMITTED'],
    ];
    const admitted = countsOnceClaimed(unit, project, ...steps);
    // The number is paper: it holds up counting, not its day.
    const unnumbered = 'from' in admitted && factsNow(unit)['designation'] === undefined;
    return unnumbered ? { waitingFor: 'SSP_DESIGNATION_NUMBER_UNSTATED', entries: admitted.entries } : admitted;
  },
};

export const PLACES = { community: '社区', town: '乡镇' } as const;

/** 儿童之家: a room, somebody on post and days on which it is open; a sign alone is none. */
export const childrenHome: UnitKind = {
  name: '儿童之家',
  facts: {
    place: choice('设在', PLACES),
    areaSquareMetres: number('活动用房面积（平方米）', 0, 10_000),
    workers: number('专（兼）职人员在岗人数', 0, 100),
    openDays: number('每周开放天数', 0, 7),
  },
  refuse(unit) {
    const { facts } = unit;
    const refused = refuseAnyKind(childrenHome.facts, unit);
    if (refused) return refused;
    if (facts['areaSquareMetres'] === 0) return reject('SSP_HOME_WITHOUT_ROOM');
    if (facts['workers'] === 0) return reject('SSP_HOME_WITHOUT_WORKER');
    return facts['openDays'] === 0 ? reject('SSP_HOME_NEVER_OPEN') : undefined;
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, SIGNED, ['opening', 'SSP_HOME_NOT_OPENED']),
};

/** 乡镇（街道）社会工作站: counts by its sign and its worker; beside that it keeps the rolls of its town. */
export const socialWorkStation: UnitKind = {
  name: '乡镇（街道）社会工作站',
  facts: {
    workers: number('驻站社会工作者人数', 0, 200),
    certified: number('其中持证人数', 0, 200),
    ...ROLL_FACTS,
  },
  refuse(unit) {
    const { facts } = unit;
    const refused = refuseAnyKind(socialWorkStation.facts, unit);
    if (refused) return refused;
    const [workers, certified] = [numberOf(facts, 'workers'), numberOf(facts, 'certified')];
    if (workers === 0) return reject('SSP_STATION_WITHOUT_WORKER');
    if (certified > workers) return reject('SSP_CERTIFIED_EXCEED_WORKERS', { certified, workers });
    return refuseRolls(facts);
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, SIGNED, ['worker', 'SSP_NOBODY_STATIONED']),
};

/** One of the six things that 市级统筹 makes the same for the whole city, by a document of the city in force. */
export const unifiedPolicy: UnitKind = {
  name: '市级统筹“六统一”事项',
  facts: { issuer: choice('发文层级', { city: '市级', county: '县（区）级' }), document: text('文号') },
  refuse: (unit) =>
    refuseAnyKind(unifiedPolicy.facts, unit) ??
    (unit.facts['issuer'] === 'city' ? undefined : reject('SSP_NOT_A_CITY_DOCUMENT')),
  countsFrom: (unit, project) =>
    countsOnceClaimed(unit, project, ['issue', 'SSP_NOT_ISSUED'], ['in-force', 'SSP_ISSUED_NOT_IN_FORCE']),
};

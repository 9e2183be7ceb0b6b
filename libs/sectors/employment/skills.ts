import { reject, type Rejection } from '@planledger/kernel';
import { countsOnStatedDay } from '../counting.js';
import { identity, type UnitIdentity } from '../identity.js';
import { residentIdIn } from '../personal-data.js';
import type { ProjectState } from '../project.js';
import {
  choice,
  countsOnceAll,
  date,
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
import { FIRST_YEAR, refuseEarly, withoutItsDay } from './days.js';

/** 职业技能等级, lowest first; 专项职业能力 stands outside of them. */
export const SKILL_LEVELS = {
  special: '专项职业能力',
  junior: '初级工（五级）',
  intermediate: '中级工（四级）',
  senior: '高级工（三级）',
  technician: '技师（二级）',
  'senior-technician': '高级技师（一级）',
} as const;
/** 高技能人才: 高级工以上 (countsAt of B3-2.high-skill). */
const HIGH_SKILL: ReadonlySet<unknown> = new Set(['senior', 'technician', 'senior-technician']);

const HEADS_MAX = 1_000_000;

const said = (facts: Facts, name: string): string => String(facts[name] ?? '');

/** Natural persons are counts here, whoever types a roll into a text. */
function refusePersons({ name, facts }: UnitFacts, specs: UnitKind['facts']): Rejection | undefined {
  const { rollDigest: _digest, ...texts } = facts;
  const found = Object.entries({ name, ...texts }).find(
    ([, value]) => typeof value === 'string' && residentIdIn(value),
  );
  return found && reject('EMP_PERSONAL_DATA', { field: specs[found[0]]?.label ?? '单元名称' });
}

/** The digest of a roll of persons, each by person and year and never by name: SHA-256 in hexadecimal. */
const refuseDigest = ({ rollDigest }: Facts): Rejection | undefined =>
  /^[0-9a-f]{64}$/.test(String(rollDigest)) ? undefined : reject('EMP_ROLL_DIGEST_WRONG');

/** A standing unit of the kind, under another number, for which these facts are the same: by them two reports are one. */
function sameAs({ unit, facts }: UnitFacts, project: ProjectState, kind: string, ...identity: string[]) {
  return standingUnits(project, kind).find((other) => {
    const known = factsNow(other);
    return other.unit !== unit && identity.every((name) => known[name] === facts[name]);
  });
}

/** A class of which nobody is new in its year counts no persons, only person-times. */
const countsPersons = (kind: string, facts: Facts): boolean =>
  kind !== 'training' || numberOf(facts, 'firstThisYear') > 0;

/** 人 are counted once a year: the same roll may be trained or certified again, its persons do not count again. */
function refuseRollTwice(kind: string, { unit, facts }: UnitFacts, project: ProjectState): Rejection | undefined {
  if (!countsPersons(kind, facts)) return undefined;
  const year = said(facts, 'assessedOn').slice(0, 4);
  const twice = standingUnits(project, kind).find((other) => {
    const known = factsNow(other);
    const sameYear = said(known, 'assessedOn').startsWith(year) && countsPersons(kind, known);
    return other.unit !== unit && sameYear && known['rollDigest'] === facts['rollDigest'];
  });
  return twice && reject('EMP_PERSONS_COUNTED_TWICE', { other: twice.unit, year });
}

/** The same across projects: who was counted under one item of the plan is not counted under another. */
const ROLL = ['rollDigest', 'assessedOn'] as const;
function rollOf(kind: string, facts: Facts) {
  const { rollDigest } = facts;
  if (!countsPersons(kind, facts)) return [];
  return identity(`roll/${kind}`, '人年去重名册', [rollDigest, said(facts, 'assessedOn').slice(0, 4)]);
}

/** 职业技能培训, by class: 人次 who passed; the persons among them who had not been trained that year stand beside. */
export const training: UnitKind = {
  name: '职业技能培训班次',
  facts: {
    institution: text('培训机构代码'),
    classNumber: text('班次编号'),
    subsidised: truth('是否补贴性培训'),
    enrolled: number('参训人次', 1, HEADS_MAX),
    passed: number('结业考核合格人次', 0, HEADS_MAX),
    firstThisYear: number('其中本年度首次参训人数', 0, HEADS_MAX),
    rollDigest: text('人年去重名册摘要（SHA-256）'),
    assessedOn: date('结业考核日期'),
  },
  refuse(unit, project) {
    const { facts, quantity } = unit;
    const [enrolled, passed] = [numberOf(facts, 'enrolled'), numberOf(facts, 'passed')];
    const persons = numberOf(facts, 'firstThisYear');
    if (passed > enrolled) return reject('EMP_PASSED_EXCEED_ENROLLED', { passed, enrolled });
    if (quantity !== passed) return reject('EMP_PERSON_TIMES_NOT_PASSED', { passed, quantity });
    if (persons > passed) return reject('EMP_PERSONS_EXCEED_TIMES', { persons, passed });
    const refused = refuseEarly(facts, 'assessedOn') ?? refuseDigest(facts) ?? refusePersons(unit, training.facts);
    if (refused) return refused;
    const same = sameAs(unit, project, 'training', 'institution', 'classNumber');
    if (same) return reject('EMP_REPORTED_TWICE', { what: `班次${said(facts, 'classNumber')}`, other: same.unit });
    return refuseRollTwice('training', unit, project);
  },
  countsFrom: (unit) => countsOnStatedDay(unit, 'assessedOn', withoutItsDay('EMP_DAY_NOT_COME')),
  identity: {
    facts: ['institution', 'classNumber', 'firstThisYear', ...ROLL],
    of: (facts) => [
      ...identity('class', '班次', [facts['institution'], facts['classNumber']]),
      ...rollOf('training', facts),
    ],
  },
};

const certificateFacts: UnitKind['facts'] = {
  issuer: text('发证机构代码'),
  batch: text('发证批次编号'),
  level: choice('技能等级', SKILL_LEVELS),
  certificates: number('证书本数', 1, HEADS_MAX),
  holders: number('取证人数', 1, HEADS_MAX),
  counted: number('其中不再计的人数（本年已计，或原已是高技能人才）', 0, HEADS_MAX),
  rollDigest: text('人年去重名册摘要（SHA-256）'),
  assessedOn: date('评价考核日期'),
  issuedOn: optional(date('发证日期')),
};

/** 证书 are not 人: who holds two counts once, and who was counted before not again. */
function refuseHolders({ facts, quantity }: UnitFacts): Rejection | undefined {
  const [certificates, holders] = [numberOf(facts, 'certificates'), numberOf(facts, 'holders')];
  if (holders > certificates) return reject('EMP_HOLDERS_EXCEED_CERTIFICATES', { holders, certificates });
  const counted = numberOf(facts, 'counted');
  const net = holders - counted;
  return net === quantity ? undefined : reject('EMP_HOLDERS_NOT_NET', { holders, counted, net, quantity });
}

function refuseBatch(kind: string, unit: UnitFacts, project: ProjectState): Rejection | undefined {
  const { facts } = unit;
  const refused = refuseHolders(unit) ?? refuseDigest(facts) ?? refusePersons(unit, certificateFacts);
  if (refused) return refused;
  const [assessed, issued] = [said(facts, 'assessedOn'), facts['issuedOn']];
  if (typeof issued === 'string' && issued < assessed)
    return reject('EMP_ISSUED_BEFORE_ASSESSED', { issued, assessed });
  const same = sameAs(unit, project, kind, 'issuer', 'batch', 'level');
  if (same) return reject('EMP_REPORTED_TWICE', { what: `发证批次${said(facts, 'batch')}`, other: same.unit });
  return refuseEarly(facts, 'issuedOn') ?? refuseRollTwice(kind, unit, project);
}

const issued: UnitKind['countsFrom'] = (unit) =>
  countsOnStatedDay(unit, 'issuedOn', withoutItsDay('EMP_CERTIFICATE_NOT_ISSUED'));

const batchOf = (kind: string): UnitIdentity => ({
  facts: ['issuer', 'batch', 'level', ...ROLL],
  of: (facts) => {
    const { issuer, batch, level } = facts;
    return [...identity(`batch/${kind}`, '发证批次', [issuer, level, batch]), ...rollOf(kind, facts)];
  },
});

/** 取得相应证书, by batch: counts on the day of issue; having passed is not having the certificate. */
export const certificates: UnitKind = {
  name: '取得证书（发证批次）',
  facts: certificateFacts,
  refuse: (unit, project) => refuseBatch('certificates', unit, project),
  countsFrom: issued,
  identity: batchOf('certificates'),
};

/** 新增高技能人才: 高级工以上, and who was one before is not new. */
export const highSkillCertificates: UnitKind = {
  name: '新增高技能人才（发证批次）',
  facts: certificateFacts,
  refuse(unit, project) {
    const level = unit.facts['level'] as keyof typeof SKILL_LEVELS;
    if (!HIGH_SKILL.has(level)) return reject('EMP_NOT_HIGH_SKILL', { level: SKILL_LEVELS[level] });
    return refuseBatch('high-skill-certificates', unit, project);
  },
  countsFrom: issued,
  identity: batchOf('high-skill-certificates'),
};

/** 技工教育招生: counts on the day on which the year's pupils are on the register, by those who are. */
export const enrolment: UnitKind = {
  name: '技工教育招生',
  facts: {
    school: text('学校（机构）代码'),
    year: number('招生学年', FIRST_YEAR, 2035),
    admitted: number('录取人数', 1, HEADS_MAX),
    registered: number('学籍注册人数', 1, HEADS_MAX),
    registeredOn: optional(date('学籍注册日期')),
  },
  refuse(unit, project) {
    const { facts, quantity } = unit;
    const [admitted, registered] = [numberOf(facts, 'admitted'), numberOf(facts, 'registered')];
    if (registered > admitted) return reject('EMP_REGISTERED_EXCEED_ADMITTED', { registered, admitted });
    if (registered !== quantity) return reject('EMP_ENROLMENT_NOT_REGISTERED', { registered, quantity });
    const same = sameAs(unit, project, 'enrolment', 'school', 'year');
    if (same) return reject('EMP_REPORTED_TWICE', { what: `${numberOf(facts, 'year')}学年招生`, other: same.unit });
    return refuseEarly(facts, 'registeredOn') ?? refusePersons(unit, enrolment.facts);
  },
  countsFrom: (unit) => countsOnStatedDay(unit, 'registeredOn', withoutItsDay('EMP_NOT_REGISTERED')),
  identity: {
    facts: ['school', 'year'],
    of: ({ school, year }) => identity('enrolment', '招生学年', [school, year]),
  },
};

/** 专业技术人员总量: a level, so an employer stands with one year's heads, never with the sum of two. */
export const professionals: UnitKind = {
  name: '专业技术人员（统计单位）',
  facts: {
    reporter: text('统计单位代码'),
    year: number('统计年度', FIRST_YEAR, 2035),
    senior: number('其中高级专业技术人员', 0, HEADS_MAX),
  },
  refuse(unit, project) {
    const { facts, quantity } = unit;
    const senior = numberOf(facts, 'senior');
    if (senior > quantity) return reject('EMP_SENIOR_EXCEED_ALL', { senior, quantity });
    const same = sameAs(unit, project, 'professionals', 'reporter');
    if (same) return reject('EMP_LEVEL_ADDED_TWICE', { reporter: said(facts, 'reporter'), other: same.unit });
    return refusePersons(unit, professionals.facts);
  },
  countsFrom: (unit) => countsOnceAll(unit.delivered),
  identity: { facts: ['reporter'], of: ({ reporter }) => identity('professionals', '统计单位', [reporter]) },
};

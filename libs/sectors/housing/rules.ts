import { reject, type Rejection, type RejectionCatalogue } from '@planledger/kernel';
import { identity } from '../identity.js';
import { type Happening, milestoneKey, type ProjectState, type UnitState } from '../project.js';
import {
  choice,
  type Counting,
  countsOnceAll,
  number,
  numberOf,
  optional,
  text,
  truth,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';

/** 2000 年底前建成 counts now (国办发〔2020〕23号), 2001–2005 waits in the reserve (reference: housing). */
const BUILT_BY_YEAR_MAX = 2000;
const RESERVE_YEAR_MAX = 2005;
/** 无设施或面积不足 300 平方米 (chapter 9, section 1). */
const OLD_CITY_FACILITY_M2_LIMIT = 300;
/** 对现有 74 个……老城社区进行改造提升: only these count there, another community is none of the 74. */
const OLD_CITY_MEASURE = 'T9-1.communities';

export const HOUSING_REFUSALS: RejectionCatalogue = {
  HOU_RESERVE_ONLY: {
    kind: 'invalid',
    zh: '小区建成于{year}年，属2001—2005年储备范围：不得按本轮改造申报，请先列入储备库。',
    en: 'Built in {year}: communities of 2001 to 2005 are reserve only; enter it into the reserve instead.',
  },
  HOU_BUILT_TOO_LATE: {
    kind: 'invalid',
    zh: '小区建成于{year}年，晚于2005年：不属于老旧小区，请核对建成年份，属实的请撤回申报。',
    en: 'Built in {year}, after 2005: not an old community; check the year, or withdraw it.',
  },
  HOU_CONSENT_EXCEEDS_OWNERS: {
    kind: 'invalid',
    zh: '同意改造{consenting}人多于业主总数{owners}人：请核对居民意愿表决结果。',
    en: '{consenting} consenting owners exceed all {owners} owners: check the ballot.',
  },
  HOU_CONSENT_SHORT: {
    kind: 'invalid',
    zh: '业主{owners}人中{consenting}人同意，不足三分之二（至少{needed}人）：请补做居民意愿征求后再申报。',
    en: '{consenting} of {owners} owners consent, short of two thirds ({needed}): consult the residents again first.',
  },
  HOU_FACILITY_AREA_MISSING: {
    kind: 'invalid',
    zh: '按老城社区申报的，请填写现有公共服务设施面积（无设施填0）。',
    en: 'An old-city community must state the area of its facilities, 0 where it has none.',
  },
  HOU_FACILITIES_SUFFICE: {
    kind: 'invalid',
    zh: '现有设施{area}平方米，已达{limit}平方米：不属于无设施或面积不足的老城社区，请核对后改按一般小区申报。',
    en: 'Facilities of {area} m² reach {limit} m²: not one of the old-city communities that lack them.',
  },
  HOU_NOT_OLD_CITY: {
    kind: 'invalid',
    zh: '本产出量只计无设施或面积不足{limit}平方米的老城社区：一般小区请按户申报老旧小区改造。',
    en: 'This measure counts only old-city communities with facilities under {limit} m²: report others by household.',
  },
  HOU_ONE_COMMUNITY: {
    kind: 'invalid',
    zh: '小区、社区逐个申报，产出量应为1；户数请填入“户数”，不要填入产出量。',
    en: 'Deliver each community on its own, with quantity 1; its households are a fact, not the quantity.',
  },
  HOU_BUILDINGS_EXCEED_HOUSEHOLDS: {
    kind: 'invalid',
    zh: '楼栋{buildings}栋多于户数{households}户：请核对是否填反。',
    en: '{buildings} buildings for {households} households: check whether they were swapped.',
  },
  HOU_HOUSEHOLDS_MISMATCH: {
    kind: 'invalid',
    zh: '本项按户计数：户数{households}与产出量{quantity}不一致，请核对。',
    en: 'Counts by household: {households} households do not match the quantity {quantity}.',
  },
  HOU_HOUSEHOLDS_EXCEED_COMMUNITY: {
    kind: 'invalid',
    zh: '小区{community}共{households}户，已申报{reported}户，再报{quantity}户即超出：请核对是否重复申报。',
    en: 'Community {community} has {households} households, {reported} are reported; {quantity} more exceed them.',
  },
  HOU_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未开工，也未竣工联合验收，暂不计入：验收后请填报里程碑“竣工联合验收”。',
    en: 'Neither started nor accepted; counts from its joint acceptance.',
  },
  HOU_STARTED_NOT_COMPLETED: {
    kind: 'conflict',
    zh: '已开工、未竣工联合验收：开工不等于完成，只展示、不计入，验收后自验收之日起计入。',
    en: 'Started is not completed: shown, not counted, until its joint acceptance is claimed.',
  },
};

/**
 * The claim that holds for a unit: its own; of households, their community's, since acceptance is by community; else
 * that of the whole project.
 */
function holding(project: ProjectState, unit: UnitState, milestone: string): Happening | undefined {
  const sites = [unit.unit, ...(unit.kind === 'household' ? [String(unit.facts['community'])] : []), ''];
  for (const site of sites) {
    const claim = project.milestones.get(milestoneKey(milestone, site))?.claimed;
    if (claim) return claim;
  }
  return undefined;
}

/**
 * 竣工联合验收 counts, 开工 never (DOMAIN §9): the statistics report both, and only one of them is 完成. Nothing is accepted
 * that was not started: intake sees to that.
 */
function countsAtAcceptance(unit: UnitState, project: ProjectState): Counting {
  const started = holding(project, unit, 'start');
  if (!started) return { waitingFor: 'HOU_NOT_ACCEPTED', entries: [] };
  const accepted = holding(project, unit, 'acceptance');
  return accepted ? countsOnceAll(accepted) : { waitingFor: 'HOU_STARTED_NOT_COMPLETED', entries: started.positions };
}

function refuseYear(year: number): Rejection | undefined {
  if (year <= BUILT_BY_YEAR_MAX) return undefined;
  return reject(year <= RESERVE_YEAR_MAX ? 'HOU_RESERVE_ONLY' : 'HOU_BUILT_TOO_LATE', { year });
}

/** Two thirds of the owners, in integers: no share is ever rounded up to it. */
function refuseConsent(owners: number, consenting: number): Rejection | undefined {
  if (consenting > owners) return reject('HOU_CONSENT_EXCEEDS_OWNERS', { consenting, owners });
  if (3 * consenting >= 2 * owners) return undefined;
  return reject('HOU_CONSENT_SHORT', { owners, consenting, needed: Math.ceil((2 * owners) / 3) });
}

function refuseOldCity({ facts, measure }: UnitFacts): Rejection | undefined {
  const limit = OLD_CITY_FACILITY_M2_LIMIT;
  if (facts['oldCity'] !== true) {
    return measure === OLD_CITY_MEASURE ? reject('HOU_NOT_OLD_CITY', { limit }) : undefined;
  }
  if (facts['facilityArea'] === undefined) return reject('HOU_FACILITY_AREA_MISSING');
  const area = numberOf(facts, 'facilityArea');
  return area < limit ? undefined : reject('HOU_FACILITIES_SUFFICE', { area, limit });
}

/** A 小区 or 老城社区. */
export const community: UnitKind = {
  name: '小区、老城社区',
  facts: {
    yearBuilt: number('建成年份', 1900, 2100),
    households: number('户数', 1, 50_000),
    buildings: number('楼栋数', 1, 2_000),
    area: number('建筑面积（平方米）', 1, 10_000_000),
    owners: number('业主总数', 1, 100_000),
    consenting: number('同意改造的业主数', 0, 100_000),
    category: choice('改造类别', { basic: '基础类', improved: '完善类', upgraded: '提升类' }),
    oldCity: truth('是否老城社区'),
    facilityArea: optional(number('现有公共服务设施面积（平方米）', 0, 100_000)),
  },
  amounts: ['households'],
  refuse(unit) {
    const { quantity, facts } = unit;
    if (quantity !== 1) return reject('HOU_ONE_COMMUNITY');
    const [households, buildings] = [numberOf(facts, 'households'), numberOf(facts, 'buildings')];
    return (
      refuseYear(numberOf(facts, 'yearBuilt')) ??
      refuseConsent(numberOf(facts, 'owners'), numberOf(facts, 'consenting')) ??
      refuseOldCity(unit) ??
      (buildings > households ? reject('HOU_BUILDINGS_EXCEED_HOUSEHOLDS', { buildings, households }) : undefined)
    );
  },
  countsFrom: countsAtAcceptance,
  // A community has one code in the city, which its lots of households name too.
  identity: { facts: [], of: (_facts, { unit, measure }) => identity('community', '小区', [measure, unit]) },
};

/** Units of the project that stand, of one kind. */
export const standing = (project: ProjectState, kind: string): UnitState[] =>
  [...project.units.values()].filter((unit) => unit.kind === kind && !unit.lost);

/** Households of a community, in one or more lots; together never more than the community states, where it is known. */
export const household: UnitKind = {
  name: '改造惠及户数',
  facts: { community: text('所属小区代码'), households: number('户数', 1, 50_000) },
  refuse({ quantity, measure, facts }, project) {
    const households = numberOf(facts, 'households');
    if (households !== quantity) return reject('HOU_HOUSEHOLDS_MISMATCH', { households, quantity });
    const code = String(facts['community']);
    const home = standing(project, 'community').find(({ unit }) => unit === code);
    if (!home) return undefined;
    const reported = standing(project, 'household')
      .filter((lot) => lot.measure === measure && lot.facts['community'] === code)
      .reduce((sum, lot) => sum + lot.quantity, 0);
    const all = numberOf(home.facts, 'households');
    if (reported + quantity <= all) return undefined;
    return reject('HOU_HOUSEHOLDS_EXCEED_COMMUNITY', { community: code, households: all, reported, quantity });
  },
  countsFrom: countsAtAcceptance,
};

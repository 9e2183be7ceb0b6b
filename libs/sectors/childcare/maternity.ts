import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, onceStated, whileHolding } from '../counting.js';
import { licensedOnce } from '../identity.js';
import type { ProjectState } from '../project.js';
import { choice, number, numberOf, optional, text, truth, type UnitFacts, type UnitKind } from '../sector.js';

export const TIERS = { city: '市级', county: '县级' } as const;
export type Tier = keyof typeof TIERS;
export const LEVELS = { 2: '二级', 3: '三级' } as const;
export type Level = keyof typeof LEVELS;
/** 市级妇幼保健机构达到三级标准、县级妇幼保健机构达到二级标准 (B1-1). */
export const LEVEL_OF_TIER: Readonly<Record<Tier, Level>> = { city: 3, county: 2 };

/** Tier that a measure of the plan counts (items/childcare.yaml); those not listed count both. */
const TIER_ASKED: Readonly<Record<string, Tier>> = {
  'B1-1.county-institutions': 'county',
  'B1-1.county-level2': 'county',
  'B1-1.city-level3': 'city',
};

function refuseTier({ measure, quantity, facts }: UnitFacts): Rejection | undefined {
  if (quantity !== 1) return reject('CHC_ONE_AT_A_TIME', { quantity });
  const asked = TIER_ASKED[measure];
  return asked && asked !== facts['tier'] ? reject('CHC_TIER_NOT_ASKED', { measure, asked: TIERS[asked] }) : undefined;
}

const isAccreditation = (project: ProjectState): boolean => project.registration?.template === 'accreditation';

/** 政府举办的标准化妇幼保健机构: it practises, and it is certified; one that stands already only needs the certificate. */
export const maternityInstitution: UnitKind = {
  name: '妇幼保健机构',
  facts: {
    tier: choice('机构层级', TIERS),
    governmentRun: truth('是否政府举办'),
    works: choice('建设方式', { new: '新建', extension: '改扩建', standing: '现有机构标准化' }),
    licence: optional(text('执业登记号')),
    standardDocument: optional(text('标准化认定文号')),
  },
  refuse(unit, project) {
    if (unit.facts['governmentRun'] !== true) return reject('CHC_NOT_GOVERNMENT_RUN');
    if ((unit.facts['works'] === 'standing') !== isAccreditation(project)) return reject('CHC_WORKS_MISMATCH');
    return refuseTier(unit);
  },
  countsFrom(unit, project) {
    const practising = isAccreditation(project)
      ? countsOnceClaimed(unit, project, ['document', 'CHC_AWAITING_DOCUMENT'])
      : countsOnceClaimed(unit, project, ['licence', 'CHC_NOT_LICENSED'], ['opening', 'CHC_INSTITUTION_NOT_OPENED']);
    const licensed = onceStated(practising, unit, 'licence', 'CHC_LICENCE_UNSTATED');
    return whileHolding(licensed, unit, 'CHC_NOT_STANDARDISED', (facts) => facts['standardDocument'] !== undefined);
  },
  identity: licensedOnce('maternity-institution', '执业登记'),
};

/** A level is what the plan asks of a tier: 二级 is enough for a county and not for the city. */
export const maternityLevel: UnitKind = {
  name: '妇幼保健机构等级',
  facts: {
    tier: choice('机构层级', TIERS),
    level: choice('达到等级', LEVELS),
    document: optional(text('评审批文文号')),
  },
  refuse(unit, project) {
    if (!isAccreditation(project)) return reject('CHC_LEVEL_NEEDS_REVIEW');
    const tier = unit.facts['tier'] as Tier;
    const needed = LEVEL_OF_TIER[tier];
    return Number(unit.facts['level']) < needed
      ? reject('CHC_LEVEL_BELOW_TIER', { tier: TIERS[tier], needed: LEVELS[needed] })
      : refuseTier(unit);
  },
  countsFrom: (unit, project) =>
    onceStated(
      countsOnceClaimed(unit, project, ['document', 'CHC_AWAITING_DOCUMENT']),
      unit,
      'document',
      'CHC_DOCUMENT_UNSTATED',
    ),
};

/** 免费孕前优生健康检查: a town or street is covered once somebody there was checked, out of those who may be. */
export const checkUps: UnitKind = {
  name: '免费孕前优生健康检查（乡镇、街道）',
  facts: {
    year: number('年度', 2021, 2035),
    free: truth('是否免费'),
    eligible: number('应检夫妇对数', 0, 100_000),
    checked: number('已检夫妇对数', 0, 100_000),
  },
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('CHC_ONE_AT_A_TIME', { quantity });
    if (facts['free'] !== true) return reject('CHC_NOT_FREE');
    const [eligible, checked] = [numberOf(facts, 'eligible'), numberOf(facts, 'checked')];
    if (eligible === 0) return reject('CHC_NO_ELIGIBLE');
    return checked > eligible ? reject('CHC_CHECKED_EXCEED_ELIGIBLE', { checked, eligible }) : undefined;
  },
  countsFrom: (unit) =>
    whileHolding(
      { from: unit.delivered.on, entries: [] },
      unit,
      'CHC_NO_CHECK_UPS_YET',
      (facts) => numberOf(facts, 'checked') > 0,
    ),
};

/** 全域覆盖的妇幼健康服务信息管理系统: accepted, in use, and in use in every county (T3-3). */
export const maternitySystem: UnitKind = {
  name: '妇幼健康服务信息管理系统',
  facts: {
    acceptanceDocument: optional(text('验收文号')),
    districts: number('应接入县（区）数', 1, 20),
    connected: number('已接入县（区）数', 0, 20),
  },
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('CHC_ONE_AT_A_TIME', { quantity });
    const [districts, connected] = [numberOf(facts, 'districts'), numberOf(facts, 'connected')];
    return connected > districts ? reject('CHC_CONNECTED_EXCEED', { connected, districts }) : undefined;
  },
  countsFrom(unit, project) {
    const online = countsOnceClaimed(
      unit,
      project,
      ['acceptance', 'CHC_SYSTEM_NOT_ACCEPTED'],
      ['opening', 'CHC_SYSTEM_NOT_IN_USE'],
    );
    const documented = onceStated(online, unit, 'acceptanceDocument', 'CHC_DOCUMENT_UNSTATED');
    return whileHolding(documented, unit, 'CHC_SYSTEM_NOT_EVERYWHERE', (facts) => {
      return numberOf(facts, 'connected') >= numberOf(facts, 'districts');
    });
  },
};

import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, whileHolding } from '../counting.js';
import { choice, factsNow, number, numberOf, optional, text, truth, type UnitFacts, type UnitKind } from '../sector.js';
import {
  CONNECTION_ASKED,
  PERFORMANCE_ASKED,
  type Standard,
  STANDARDS,
  STANDARDS_ASKED,
  STANDARDS_BY_TIER,
  type Tier,
  TIERS,
} from './asked.js';
import { ACCEPTED, refuseMany } from './venues.js';

function refuseStandard({ measure, facts }: UnitFacts): Rejection | undefined {
  const [byTier, tier] = [STANDARDS_BY_TIER[measure], facts['tier'] as Tier | undefined];
  const enough = byTier ? tier && byTier[tier] : STANDARDS_ASKED[measure];
  if (!enough) {
    const tiers = (Object.keys(byTier ?? {}) as Tier[]).map((one) => TIERS[one]).join('、');
    return byTier && reject('CUL_TIER_NOT_ASKED', { measure, asked: tiers });
  }
  const stated = facts['standard'] as Standard;
  if (enough.includes(stated)) return undefined;
  const least = enough.map((one) => STANDARDS[one]).join('、');
  return reject('CUL_STANDARD_BELOW_ASKED', { measure, asked: least, stated: STANDARDS[stated] });
}

/** A grade of a library, the title of a school, a town, a show: granted by a document, lost when it is taken away. */
export const title: UnitKind = {
  name: '评估定级、认定命名',
  facts: {
    standard: choice('等级或认定', STANDARDS),
    tier: optional(choice('机构层级', TIERS)),
    performances: optional(number('公演场次', 0, 10_000)),
    document: optional(text('认定文号')),
  },
  refuse(unit) {
    const refused = refuseMany(unit) ?? refuseStandard(unit);
    if (refused) return refused;
    const unseen = PERFORMANCE_ASKED.has(unit.measure) && numberOf(unit.facts, 'performances') === 0;
    return unseen ? reject('CUL_NOT_PERFORMED') : undefined;
  },
  countsFrom(unit, project) {
    const named = countsOnceClaimed(unit, project, ['naming', 'CUL_NOT_NAMED']);
    if ('waitingFor' in named || factsNow(unit)['document'] !== undefined) return named;
    return { waitingFor: 'CUL_TITLE_DOCUMENT_UNSTATED', entries: named.entries };
  },
};

/** 数字资源库, 智慧化升级, 平台: used by people, and where the plan asks it joined to the level above. */
export const digitalSystem: UnitKind = {
  name: '数字化系统、平台',
  facts: {
    records: number('数字资源条数', 0, 1_000_000_000),
    securityFiling: optional(text('网络安全等级保护备案号')),
    connected: truth('是否与上级公共文化云互联互通'),
  },
  refuse(unit) {
    const { measure, facts } = unit;
    if (facts['securityFiling'] === undefined) return reject('CUL_SYSTEM_NOT_FILED');
    if (CONNECTION_ASKED.has(measure) && facts['records'] === 0) return reject('CUL_REPOSITORY_EMPTY');
    return refuseMany(unit);
  },
  countsFrom(unit, project) {
    const used = countsOnceClaimed(unit, project, ACCEPTED, ['in-use', 'CUL_SYSTEM_NOT_IN_USE']);
    return CONNECTION_ASKED.has(unit.measure)
      ? whileHolding(used, unit, 'CUL_NOT_CONNECTED', ({ connected }) => connected === true)
      : used;
  },
};

const ROAD_CLASSES = { 1: '一级', 2: '二级', 3: '三级', 4: '四级', 0: '等外' } as const;
const CLASSES_ENOUGH: ReadonlySet<unknown> = new Set(['1', '2', '3']);

/** 通往各乡村景区的道路: of the third class or better, from the day of its acceptance. */
export const road: UnitKind = {
  name: '乡村旅游道路',
  facts: {
    route: text('公路编号与起讫点'),
    roadClass: choice('技术等级', ROAD_CLASSES),
    lengthMetres: number('里程（米）', 1, 1_000_000),
  },
  refuse(unit) {
    const stated = unit.facts['roadClass'];
    return CLASSES_ENOUGH.has(stated)
      ? refuseMany(unit)
      : reject('CUL_ROAD_BELOW_CLASS', { stated: ROAD_CLASSES[Number(stated) as keyof typeof ROAD_CLASSES] });
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, ACCEPTED),
};

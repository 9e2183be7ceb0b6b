import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, countsOnStatedDay, onceStated, whileHolding } from '../counting.js';
import { identity } from '../identity.js';
import {
  choice,
  date,
  type Facts,
  factsNow,
  number,
  numberOf,
  optional,
  standingUnits,
  text,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';
import {
  CATEGORIES,
  type Category,
  CATEGORY_ASKED,
  type Purpose,
  PURPOSE_ASKED,
  PURPOSES,
  type Rank,
  RANKS,
  type Title,
  TITLE_ASKED,
  TITLES,
} from './asked.js';
import { refuseEarly, withoutItsDay } from './days.js';

const TENANTS_MAX = 100_000;
const oneOnly = ({ quantity }: UnitFacts): Rejection | undefined =>
  quantity === 1 ? undefined : reject('EMP_ONE_AT_A_TIME', { quantity });

function refuseTitle({ measure, facts }: UnitFacts): Rejection | undefined {
  const [title, rank, issuer] = [facts['title'] as Title, facts['rank'] as Rank, facts['issuer'] as Rank];
  const asked = TITLE_ASKED[measure];
  if (asked && (asked.title !== title || asked.rank !== rank)) {
    return reject('EMP_TITLE_NOT_ASKED', { measure, asked: RANKS[asked.rank] + TITLES[asked.title] });
  }
  const ranks = Object.keys(RANKS);
  return ranks.indexOf(issuer) < ranks.indexOf(rank)
    ? reject('EMP_RECOGNISED_BELOW_RANK', { rank: RANKS[rank], issuer: RANKS[issuer] })
    : undefined;
}

/** 返乡创业: a park shows it by who works in it, not by its gate. */
function refuseReturnees(facts: Facts): Rejection | undefined {
  const [tenants, returnees] = [numberOf(facts, 'tenants'), numberOf(facts, 'returnees')];
  if (returnees > tenants) return reject('EMP_RETURNEES_EXCEED_TENANTS', { returnees, tenants });
  return facts['title'] === 'returnee-park' && returnees === 0 ? reject('EMP_PARK_WITHOUT_RETURNEES') : undefined;
}

/** A title that a higher office grants: it counts from that document, at its own rank, and ends when it is withdrawn. */
export const designation: UnitKind = {
  name: '基地、工作室、示范园、示范项目认定',
  facts: {
    title: choice('称号', TITLES),
    rank: choice('级别', RANKS),
    issuer: choice('认定机关级别', RANKS),
    document: optional(text('认定文号')),
    tenants: optional(number('入驻创业实体数', 0, TENANTS_MAX)),
    returnees: optional(number('其中返乡创业实体数', 0, TENANTS_MAX)),
  },
  refuse(unit, project) {
    if (project.registration?.template !== 'designation') return reject('EMP_TITLE_BY_COMPLETION');
    return oneOnly(unit) ?? refuseTitle(unit) ?? refuseReturnees(unit.facts);
  },
  countsFrom: (unit, project) =>
    onceStated(
      countsOnceClaimed(unit, project, ['recognition', 'EMP_NOT_RECOGNISED']),
      unit,
      'document',
      'EMP_DOCUMENT_UNSTATED',
    ),
};

/** Categories that are in use only once somebody has moved in. */
const LET: ReadonlySet<unknown> = new Set(['park', 'incubator']);

/** 实训基地, 园区, 孵化园, 赛区 and 全民技能振兴工程项目: built, accepted and used; the last also accepted by the province. */
export const base: UnitKind = {
  name: '实训基地、园区和平台',
  facts: {
    category: choice('类别', CATEGORIES),
    host: text('依托（运营）单位'),
    workstations: optional(number('实训工位数', 0, 100_000)),
    tenants: optional(number('入驻实体数', 0, TENANTS_MAX)),
    provincialAcceptance: optional(text('省级验收文号')),
  },
  refuse(unit) {
    const { measure, facts } = unit;
    const [asked, category] = [CATEGORY_ASKED[measure], facts['category'] as Category];
    if (asked && asked !== category) {
      return reject('EMP_CATEGORY_NOT_ASKED', { measure, asked: CATEGORIES[asked], stated: CATEGORIES[category] });
    }
    const bare = category === 'training-base' && numberOf(facts, 'workstations') === 0;
    return bare ? reject('EMP_BASE_WITHOUT_STATIONS') : oneOnly(unit);
  },
  countsFrom(unit, project) {
    const { category } = unit.facts;
    const inUse = countsOnceClaimed(
      unit,
      project,
      ['acceptance', 'EMP_NOT_ACCEPTED'],
      ['opening', 'EMP_BUILT_NOT_OPENED'],
    );
    if (category === 'skills-project') {
      return whileHolding(inUse, unit, 'EMP_PROVINCE_NOT_ACCEPTED', (facts) => {
        return facts['provincialAcceptance'] !== undefined;
      });
    }
    if (!LET.has(category)) return inUse;
    return whileHolding(inUse, unit, 'EMP_PARK_NOT_IN_USE', (facts) => numberOf(facts, 'tenants') > 0);
  },
};

/** 数据中心, 指挥中心, “一体化”应用系统: 安全可靠 is part of what the plan asks, and the persons in it are many. */
export const dataSystem: UnitKind = {
  name: '人社数据和应用系统',
  facts: {
    acceptanceDocument: optional(text('验收文号')),
    protectionFiling: optional(text('网络安全等级保护备案号')),
  },
  refuse: oneOnly,
  countsFrom(unit, project) {
    const online = countsOnceClaimed(
      unit,
      project,
      ['acceptance', 'EMP_SYSTEM_NOT_ACCEPTED'],
      ['opening', 'EMP_SYSTEM_NOT_IN_USE'],
    );
    const documented = onceStated(online, unit, 'acceptanceDocument', 'EMP_DOCUMENT_UNSTATED');
    return whileHolding(documented, unit, 'EMP_SYSTEM_NOT_PROTECTED', (facts) => {
      return facts['protectionFiling'] !== undefined;
    });
  },
};

/** 投入资金, in 元: 下达 is not 支付; each voucher is one unit. */
export const payment: UnitKind = {
  name: '就业资金支付（元）',
  facts: {
    purpose: choice('资金用途', PURPOSES),
    allocation: text('资金下达文号'),
    voucher: optional(text('支付凭证号')),
    paidOn: optional(date('支付入账日期')),
  },
  refuse({ unit, measure, facts }, project) {
    const [asked, purpose] = [PURPOSE_ASKED[measure], facts['purpose'] as Purpose];
    if (asked && asked !== purpose) {
      return reject('EMP_PURPOSE_NOT_ASKED', { measure, asked: PURPOSES[asked], stated: PURPOSES[purpose] });
    }
    const { voucher, paidOn } = facts;
    if (voucher === undefined) return paidOn === undefined ? undefined : reject('EMP_PAID_WITHOUT_VOUCHER');
    const same = standingUnits(project, 'payment').find(
      (other) => other.unit !== unit && factsNow(other)['voucher'] === voucher,
    );
    return same
      ? reject('EMP_VOUCHER_TWICE', { voucher: String(voucher), other: same.unit })
      : refuseEarly(facts, 'paidOn');
  },
  countsFrom: (unit) => countsOnStatedDay(unit, 'paidOn', withoutItsDay('EMP_ALLOCATED_NOT_PAID')),
  // Each county's treasury has a run of numbers of its own.
  identity: { facts: ['voucher'], of: ({ voucher }, { county }) => identity('voucher', '支付凭证', [county, voucher]) },
};

/** 返乡创业投资基金: one that is filed (设立备案), whatever was announced before. */
export const fund: UnitKind = {
  name: '创业投资基金',
  facts: { filingNumber: optional(text('基金备案编号')) },
  refuse: oneOnly,
  countsFrom: (unit, project) =>
    onceStated(
      countsOnceClaimed(unit, project, ['filing', 'EMP_FUND_NOT_FILED']),
      unit,
      'filingNumber',
      'EMP_DOCUMENT_UNSTATED',
    ),
  identity: { facts: ['filingNumber'], of: ({ filingNumber }) => identity('fund', '基金备案', [filingNumber]) },
};

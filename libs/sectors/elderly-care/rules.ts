import { reject, type Rejection } from '@planledger/kernel';
import { identity } from '../identity.js';
import { claimFor, type Happening, type ProjectState, type UnitState } from '../project.js';
import {
  choice,
  type Counting,
  countsOnceAll,
  type Facts,
  factsNow,
  number,
  numberOf,
  optional,
  text,
  truth,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';
import { checkCharacter, isCreditCode } from './uscc.js';

/** Names of the two registers, by unit kind: 100 centres and homes, 1,000 community sites (B5-1). */
const REGISTERS: Readonly<Record<string, string>> = { home: '养老机构', 'community-site': '社区养老服务设施' };

/** One unit a delivery, and in one register only: a building with both has a number of its own for each. */
function refuseCounting(kind: string, { unit, quantity }: UnitFacts, project: ProjectState): Rejection | undefined {
  if (quantity !== 1) return reject('ELD_ONE_SITE_ONE_UNIT', { quantity });
  for (const other of project.units.values()) {
    const register = REGISTERS[other.kind];
    if (other.unit === unit && other.kind !== kind && register && !other.lost) {
      return reject('ELD_IN_OTHER_REGISTER', { unit, register });
    }
  }
  return undefined;
}

const MODELS = { public: '公办', entrusted: '公建民营', private: '民办' } as const;

/** Who runs it: the state itself, or an operator named by its code (公建民营: with a cap on what residents pay). */
function refuseOperator(facts: Facts): Rejection | undefined {
  const { model, operator } = facts;
  if (model === 'public') return operator === undefined ? undefined : reject('ELD_OPERATOR_NOT_ASKED');
  if (typeof operator !== 'string') return reject('ELD_OPERATOR_MISSING');
  if (!isCreditCode(operator)) {
    const expected = checkCharacter(operator.slice(0, 17)) ?? '—';
    return reject('ELD_OPERATOR_CODE_WRONG', { code: operator, expected });
  }
  return model === 'entrusted' && facts['priceCapYuan'] === undefined ? reject('ELD_PRICE_CAP_MISSING') : undefined;
}

const CATEGORIES = {
  centre: '街道综合养老服务中心',
  'town-home': '乡镇敬老院',
  support: '县级特困供养机构',
  institution: '其他养老机构',
} as const;

/** Categories that a measure of the plan counts (items/elderly-care.yaml); those not listed count any. */
const CATEGORIES_ASKED: Readonly<Record<string, readonly (keyof typeof CATEGORIES)[]>> = {
  'B5-1.homes': ['centre', 'town-home'],
  'T7-3.county-homes': ['support'],
};

function refuseCategory({ measure, facts }: UnitFacts): Rejection | undefined {
  const asked = CATEGORIES_ASKED[measure];
  if (!asked || asked.some((category) => category === facts['category'])) return undefined;
  return reject('ELD_CATEGORY_NOT_ASKED', { measure, asked: asked.map((name) => CATEGORIES[name]).join('、') });
}

/**
 * 街道综合养老服务中心, 敬老院, 供养机构: counts once handed over and filed, both claimed. One that loses its filing is
 * revoked as of that day (DOMAIN §9) and its beds leave the share with it.
 */
export const home: UnitKind = {
  name: '养老机构',
  facts: {
    category: choice('机构类别', CATEGORIES),
    beds: number('总床位', 0, 5_000),
    nursingBeds: number('其中护理型床位', 0, 5_000),
    guaranteedBeds: optional(number('兜底保障床位', 0, 5_000)),
    fireAccepted: truth('消防验收合格'),
    filingNumber: optional(text('养老机构备案号')),
    model: choice('运营方式', MODELS),
    operator: optional(text('运营方统一社会信用代码')),
    priceCapYuan: optional(number('每月收费上限（元）', 1, 100_000)),
  },
  amounts: ['beds', 'nursingBeds'],
  refuse(unit, project) {
    const beds = numberOf(unit.facts, 'beds');
    if (beds === 0) return reject('ELD_HOME_WITHOUT_BEDS');
    const nursing = numberOf(unit.facts, 'nursingBeds');
    if (nursing > beds) return reject('ELD_NURSING_EXCEEDS_BEDS', { nursing, beds });
    const guaranteed = numberOf(unit.facts, 'guaranteedBeds');
    if (guaranteed > beds) return reject('ELD_GUARANTEED_EXCEEDS_BEDS', { guaranteed, beds });
    if (unit.facts['fireAccepted'] !== true) return reject('ELD_FIRE_NOT_ACCEPTED');
    return refuseCategory(unit) ?? refuseOperator(unit.facts) ?? refuseCounting('home', unit, project);
  },
  countsFrom(unit, project) {
    const handover = claimFor(project, unit, 'handover');
    if (!handover) return { waitingFor: 'ELD_NOT_HANDED_OVER', entries: [] };
    const filing = claimFor(project, unit, 'filing');
    if (!filing) return { waitingFor: 'ELD_NOT_FILED', entries: handover.positions };
    return factsNow(unit)['filingNumber'] === undefined
      ? { waitingFor: 'ELD_FILING_NUMBER_UNSTATED', entries: filing.positions }
      : countsOnceAll(handover, filing);
  },
  // Whatever measures ask for it: its beds enter the nursing share once.
  identity: { facts: ['filingNumber'], of: ({ filingNumber }) => identity('home', '养老机构备案', [filingNumber]) },
};

/** Handed over, and open where its project has that step: rooms of a building project open with the building. */
function siteOpened(project: ProjectState, unit: UnitState): Counting {
  const steps: (Happening | undefined)[] = [claimFor(project, unit, 'handover')];
  if (project.registration?.template === 'community') steps.push(claimFor(project, unit, 'opening'));
  const done = steps.filter((step) => step !== undefined);
  if (done.length === steps.length) return countsOnceAll(...done);
  return {
    waitingFor: steps[0] ? 'ELD_SITE_NOT_OPEN' : 'ELD_NOT_HANDED_OVER',
    entries: done.flatMap(({ positions }) => positions),
  };
}

/** 社区养老服务设施, 幸福院: measured in floor area; its day-care places are no beds of an institution. */
export const communitySite: UnitKind = {
  name: '社区养老服务设施',
  facts: {
    category: choice('设施类别', { site: '社区养老服务设施', 'village-house': '农村幸福院' }),
    areaSquareMetres: number('建筑面积（平方米）', 1, 50_000),
    dayCarePlaces: optional(number('日间照料位', 0, 500)),
    institutionBeds: optional(number('机构床位', 0, 5_000)),
    estate: truth('是否小区配建'),
    inStep: optional(truth('配建四同步（规划、建设、验收、交付）')),
  },
  refuse(unit, project) {
    const beds = numberOf(unit.facts, 'institutionBeds');
    if (beds > 0) return reject('ELD_SITE_WITH_INSTITUTION_BEDS', { beds });
    const outOfStep = unit.facts['estate'] === true && unit.facts['inStep'] !== true;
    return outOfStep ? reject('ELD_ESTATE_NOT_IN_STEP') : refuseCounting('community-site', unit, project);
  },
  countsFrom: (unit, project) => siteOpened(project, unit),
};

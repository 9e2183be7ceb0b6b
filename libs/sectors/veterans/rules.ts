import { reject, type Rejection, type RejectionCatalogue } from '@planledger/kernel';
import { countsOnceClaimed, type Step, whileHolding } from '../counting.js';
import type { ProjectState } from '../project.js';
import { choice, number, numberOf, optional, text, truth, type UnitFacts, type UnitKind } from '../sector.js';
import { personalDataIn } from './personal-data.js';

/** “五有” of a service station (reference: veterans), in the order in which reports name them. */
export const FIVE_HAVES = {
  organisation: '有机构',
  staffing: '有编制',
  personnel: '有人员',
  funding: '有经费',
  safeguards: '有保障',
} as const;
export type Have = keyof typeof FIVE_HAVES;
export const haves = Object.keys(FIVE_HAVES) as readonly Have[];

/** Protection levels of martyrs' memorials (烈士纪念设施保护管理办法), highest first. */
export const PROTECTION_LEVELS = {
  national: '国家级',
  provincial: '省级',
  municipal: '市级',
  county: '县级',
  none: '未定级',
} as const;

export const STATION_LEVELS = {
  city: '市级',
  county: '县（区）级',
  township: '乡镇（街道）级',
  village: '村（社区）级',
} as const;

export const VETERANS_REFUSALS: RejectionCatalogue = {
  VET_ONE_UNIT: {
    kind: 'invalid',
    zh: '纪念设施、光荣院、服务中心（站）逐个申报，产出量应为1。',
    en: 'Deliver each memorial, home or station on its own, with quantity 1.',
  },
  VET_PERSONAL_DATA: {
    kind: 'invalid',
    zh: '“{field}”含疑似居民身份证号或部队代号：本系统不收个人信息和部队信息，请删去后再报。',
    en: 'The field {field} seems to hold a resident id number or a military unit code: remove it, neither may be stored here.',
  },
  VET_SUPERIOR_APPROVAL_MISSING: {
    kind: 'invalid',
    zh: '已定保护级别（{level}）的烈士纪念设施，改扩建须经上级主管部门批准：请填写批准文号后再申报。',
    en: 'Altering a memorial under protection ({level}) needs the superior authority: state its approval document.',
  },
  VET_CONTENT_NOT_REVIEWED: {
    kind: 'invalid',
    zh: '布展内容尚未审定：请先完成展陈内容审定；没有布展的，请选择“无布展”。',
    en: 'The content of the display is not reviewed: have it reviewed first, or state that there is no display.',
  },
  VET_EQUIPMENT_LIST_MISSING: {
    kind: 'invalid',
    zh: '康复辅助器具（设备包）清单为0件：请按设备清单填写应配件数，不得只报“已配置”。',
    en: 'The equipment list is empty: state how many pieces it lists, a tick is not enough.',
  },
  VET_EQUIPMENT_EXCEEDS_LIST: {
    kind: 'invalid',
    zh: '设备到位{delivered}件多于清单{listed}件：请核对设备清单。',
    en: '{delivered} pieces delivered exceed the {listed} listed: check the list.',
  },
  VET_FIVE_HAVES_LACKING: {
    kind: 'invalid',
    zh: '“五有”缺{lacking}：五项齐备后方可申报示范型服务中心（站）。',
    en: 'Of the five that a station must have it lacks {lacking}: all are needed first.',
  },
  VET_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未竣工验收，暂不计入：验收后请填报里程碑“竣工验收”。',
    en: 'Its acceptance is not claimed; does not count yet.',
  },
  VET_NOT_HANDED_OVER: {
    kind: 'conflict',
    zh: '已竣工验收、未移交管护，暂不计入：移交管护也是完成的一部分，请办理移交后填报。',
    en: 'Accepted but not handed over to its managing unit: does not count before that.',
  },
  VET_NOT_OPENED: {
    kind: 'conflict',
    zh: '光荣院尚未收住，暂不计入：收住后请填报里程碑“开放、收住”。',
    en: 'The home has admitted nobody yet; claim its opening once it has.',
  },
  VET_EQUIPMENT_INCOMPLETE: {
    kind: 'conflict',
    zh: '康复辅助器具（设备包）未按清单全部到位，暂不计入：到齐后请补报到位件数。',
    en: 'Not every piece of the equipment list is delivered; state the number once all are.',
  },
  VET_NOT_NAMED: {
    kind: 'conflict',
    zh: '尚未命名，暂不计入：自评、复核不等于命名，取得命名后请填报。',
    en: 'Not yet named a model station: reviews are not the title.',
  },
  VET_TITLE_DOCUMENT_MISSING: {
    kind: 'conflict',
    zh: '已填报命名、未填命名文号，暂不计入：请补报命名文号。',
    en: 'Named, but without the document of the title: state it.',
  },
};

const ACCEPTED: Step = ['acceptance', 'VET_NOT_ACCEPTED'];
const HANDED_OVER: Step = ['handover', 'VET_NOT_HANDED_OVER'];
const OPENED: Step = ['opening', 'VET_NOT_OPENED'];
const NAMED: Step = ['naming', 'VET_NOT_NAMED'];

/** Texts of a delivery that are no facts, as its form names them. */
const LABELS: Readonly<Record<string, string>> = { project: '项目名称', unit: '单元标识', name: '单元名称' };

/** What every kind is refused for. Every text is read, so that a field added later cannot let through what this keeps out. */
function refuseAnyKind(unit: UnitFacts, project: ProjectState, specs: UnitKind['facts']): Rejection | undefined {
  if (unit.quantity !== 1) return reject('VET_ONE_UNIT');
  const { facts, ...rest } = unit;
  const texts = Object.entries<unknown>({ project: project.registration?.name, ...rest, ...facts });
  const [field] = texts.find(([, value]) => typeof value === 'string' && personalDataIn(value)) ?? [];
  return field === undefined
    ? undefined
    : reject('VET_PERSONAL_DATA', { field: specs[field]?.label ?? LABELS[field] ?? field });
}

/** 烈士纪念设施, 军人公墓: 移交管护 belongs to done (DOMAIN §9). */
export const memorial: UnitKind = {
  name: '烈士纪念设施、军人公墓',
  facts: {
    protection: choice('保护级别', PROTECTION_LEVELS),
    works: choice('建设方式', { new: '新建', alteration: '改扩建、提升' }),
    superiorApproval: optional(text('上级批准文号')),
    contentReview: choice('布展内容审定', { done: '已审定', pending: '未审定', none: '无布展' }),
    managingUnit: text('管护单位'),
  },
  refuse(unit, project) {
    const { facts } = unit;
    const refused = refuseAnyKind(unit, project, memorial.facts);
    if (refused) return refused;
    const level = facts['protection'] as keyof typeof PROTECTION_LEVELS;
    if (facts['works'] === 'alteration' && level !== 'none' && facts['superiorApproval'] === undefined) {
      return reject('VET_SUPERIOR_APPROVAL_MISSING', { level: PROTECTION_LEVELS[level] });
    }
    return facts['contentReview'] === 'pending' ? reject('VET_CONTENT_NOT_REVIEWED') : undefined;
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, ACCEPTED, HANDED_OVER),
};

/** 光荣院: with its equipment list delivered piece by piece, and its first residents in. */
export const honourHome: UnitKind = {
  name: '光荣院（荣誉军人休养院）',
  facts: {
    beds: number('床位数', 1, 2_000),
    medicalCare: truth('是否具备医养结合功能'),
    equipmentListed: number('设备清单应配件数', 0, 10_000),
    equipmentDelivered: number('设备到位件数', 0, 10_000),
    managingUnit: text('管理单位'),
  },
  refuse(unit, project) {
    const refused = refuseAnyKind(unit, project, honourHome.facts);
    if (refused) return refused;
    const [listed, delivered] = [numberOf(unit.facts, 'equipmentListed'), numberOf(unit.facts, 'equipmentDelivered')];
    if (listed === 0) return reject('VET_EQUIPMENT_LIST_MISSING');
    return delivered > listed ? reject('VET_EQUIPMENT_EXCEEDS_LIST', { delivered, listed }) : undefined;
  },
  countsFrom(unit, project) {
    const inUse = countsOnceClaimed(unit, project, ACCEPTED, HANDED_OVER, OPENED);
    return whileHolding(inUse, unit, 'VET_EQUIPMENT_INCOMPLETE', (facts) => {
      return numberOf(facts, 'equipmentDelivered') >= numberOf(facts, 'equipmentListed');
    });
  },
};

/** A model station: counts from the day of the title; losing it (摘牌) is an OutputRevoked of its own day. */
export const station: UnitKind = {
  name: '示范型退役军人服务中心（站）',
  facts: {
    level: choice('层级', STATION_LEVELS),
    organisation: truth('是否有机构'),
    staffing: truth('是否有编制'),
    personnel: truth('是否有人员'),
    funding: truth('是否有经费'),
    safeguards: truth('是否有保障'),
    titleDocument: optional(text('命名文号')),
  },
  refuse(unit, project) {
    const refused = refuseAnyKind(unit, project, station.facts);
    if (refused) return refused;
    const lacking = haves.filter((have) => unit.facts[have] !== true);
    if (lacking.length === 0) return undefined;
    return reject('VET_FIVE_HAVES_LACKING', { lacking: lacking.map((have) => `“${FIVE_HAVES[have]}”`).join('、') });
  },
  countsFrom(unit, project) {
    const titled = countsOnceClaimed(unit, project, NAMED);
    return whileHolding(titled, unit, 'VET_TITLE_DOCUMENT_MISSING', (facts) => facts['titleDocument'] !== undefined);
  },
};

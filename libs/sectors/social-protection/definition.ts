import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, STRUCTURE, type Template } from '../sector.js';
import { SOCIAL_PROTECTION_REFUSALS } from './refusals.js';
import { careCentre, childrenHome, facility, socialWorkStation, unifiedPolicy } from './rules.js';
import { safetyNet } from './safety-net.js';
import { childrenHomes, facilities } from './views.js';

/** A welfare institution that is built or moved: where its people go meanwhile is settled before the first stone. */
const welfareFacility: Template = {
  name: '社会福利设施建设、迁建',
  milestones: [
    { code: 'siting', name: '选址', weight: 5, type: 'approval' },
    { code: 'approval', name: '立项', weight: 5, type: 'approval' },
    { code: 'moving-plan', name: '迁建安置方案', weight: 5, type: 'approval' },
    { code: 'land', name: '建设用地', weight: 5, type: 'element' },
    { code: 'permit', name: '施工许可', weight: 5, type: 'approval' },
    ...STRUCTURE,
    { code: 'fit-out', name: '康复、适儿化和安全设施', weight: 15, type: 'works' },
    { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
    { code: 'registration', name: '机构登记', weight: 5, type: 'licence' },
    { code: 'opening', name: '投用收住', weight: 10, type: 'service' },
  ],
};

/** 儿童之家, 社会工作站: rooms that are there, made fit by the number, and people on post in them. */
const site: Template = {
  name: '儿童之家、社会工作站设置',
  milestones: [
    { code: 'rooms', name: '用房落实', weight: 15, type: 'element' },
    { code: 'start', name: '开始布置', weight: 10, type: 'start' },
    { code: 'furnishing', name: '完成布置', weight: 25, type: 'quantity', quantityUnit: '所' },
    { code: 'worker', name: '人员到岗', weight: 20, type: 'staffing' },
    { code: 'sign', name: '挂牌', weight: 10, type: 'licence' },
    { code: 'opening', name: '开放服务', weight: 20, type: 'service' },
  ],
};

/** 定点: nothing is built, so choosing the hospital is its start. */
const designation: Template = {
  name: '医养中心定点',
  milestones: [
    { code: 'selection', name: '遴选医疗机构', weight: 15, type: 'start' },
    { code: 'agreement', name: '签订协议', weight: 20, type: 'approval' },
    { code: 'beds', name: '床位和护理人员落实', weight: 20, type: 'staffing' },
    { code: 'designation', name: '定点文件印发', weight: 20, type: 'accreditation' },
    { code: 'admission', name: '收住', weight: 25, type: 'service' },
  ],
};

const unification: Template = {
  name: '制度统一',
  milestones: [
    { code: 'drafting', name: '文件起草', weight: 15, type: 'start' },
    { code: 'consultation', name: '征求意见', weight: 15, type: 'approval' },
    { code: 'legal-review', name: '合法性审查', weight: 15, type: 'approval' },
    { code: 'issue', name: '市级文件印发', weight: 30, type: 'accreditation' },
    { code: 'in-force', name: '施行', weight: 25, type: 'service' },
  ],
};

/** 兜底救助 (chapter 8): who is entitled is covered, in both directions; what serves them counts when it serves them. */
export const socialProtection: Sector = {
  slug: 'social-protection',
  name: '兜底救助',
  rules: 'v0',
  templates: { facility: welfareFacility, site, designation, unification, service: SERVICE_TEMPLATE },
  unitKinds: {
    facility,
    'care-centre': careCentre,
    'children-home': childrenHome,
    'social-work-station': socialWorkStation,
    'unified-policy': unifiedPolicy,
    other: OTHER_KIND,
  },
  refusals: SOCIAL_PROTECTION_REFUSALS,
  views: { 'safety-net': safetyNet, facilities, 'children-homes': childrenHomes },
};

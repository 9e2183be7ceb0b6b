import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, STRUCTURE, type Template } from '../sector.js';
import { ACCREDITATION_TEMPLATE, SYSTEM_TEMPLATE } from '../templates.js';
import { checkUps, maternityInstitution, maternityLevel, maternitySystem } from './maternity.js';
import { maternityNetwork } from './network.js';
import { CHILDCARE_REFUSALS } from './refusals.js';
import { comprehensiveNursery, nursery } from './rules.js';
import { screening } from './screening.js';
import { nurseryPlaces } from './views.js';

/** 妇幼保健机构新建、改扩建 (B1-1): wards for births and newborns are what its equipment and acceptance are about. */
const institution: Template = {
  name: '妇幼保健机构建设',
  milestones: [
    { code: 'permission', name: '设置批准', weight: 5, type: 'approval' },
    { code: 'proposal', name: '立项及可行性研究', weight: 10, type: 'approval' },
    { code: 'site', name: '用地或用房', weight: 5, type: 'element' },
    { code: 'building-permit', name: '设计及施工许可', weight: 10, type: 'approval' },
    ...STRUCTURE,
    { code: 'delivery-wards', name: '产科、新生儿科用房及设备', weight: 10, type: 'works' },
    { code: 'acceptance', name: '竣工及专项验收', weight: 10, type: 'acceptance' },
    { code: 'licence', name: '执业登记', weight: 5, type: 'licence' },
    { code: 'opening', name: '开诊', weight: 10, type: 'service' },
  ],
};

/** 托育机构建设, new or in rooms that were something else: filed (备案), not licensed, and usable only with its carers. */
const nurseryWorks: Template = {
  name: '托育机构建设、改建',
  milestones: [
    { code: 'premises', name: '场地落实', weight: 10, type: 'element' },
    { code: 'plan', name: '方案及规划许可', weight: 10, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'rooms', name: '用房建设或改造', weight: 25, type: 'quantity', quantityUnit: '平方米' },
    { code: 'child-fit-out', name: '适儿化装修及设施设备', weight: 10, type: 'works' },
    { code: 'fire-acceptance', name: '消防及竣工验收', weight: 10, type: 'acceptance' },
    { code: 'hygiene', name: '卫生评价', weight: 5, type: 'licence' },
    { code: 'carers', name: '托育人员到岗', weight: 5, type: 'staffing' },
    { code: 'filing', name: '托育机构备案', weight: 10, type: 'licence' },
    { code: 'opening', name: '托位可用、开园收托', weight: 5, type: 'service' },
  ],
};

/** 托班 opened where nothing is built: in a kindergarten, at a workplace, in rooms of a community. */
const nurseryClasses: Template = {
  name: '增设托班（不含工程）',
  milestones: [
    { code: 'start', name: '场地核验、筹备启动', weight: 15, type: 'start' },
    { code: 'fire-acceptance', name: '消防检查合格', weight: 15, type: 'acceptance' },
    { code: 'hygiene', name: '卫生评价', weight: 15, type: 'licence' },
    { code: 'carers', name: '托育人员到岗', weight: 15, type: 'staffing' },
    { code: 'filing', name: '托育机构备案', weight: 25, type: 'licence' },
    { code: 'opening', name: '托位可用、开班收托', weight: 15, type: 'service' },
  ],
};

/** 幼儿照护 (chapter 3): places that are filed and can be used, institutions by tier, rates whose denominators are observed. */
export const childcare: Sector = {
  slug: 'childcare',
  name: '幼儿照护',
  rules: 'v0',
  templates: {
    institution,
    nursery: nurseryWorks,
    'nursery-classes': nurseryClasses,
    accreditation: ACCREDITATION_TEMPLATE,
    system: SYSTEM_TEMPLATE,
    service: SERVICE_TEMPLATE,
  },
  unitKinds: {
    nursery,
    'comprehensive-nursery': comprehensiveNursery,
    'maternity-institution': maternityInstitution,
    'maternity-level': maternityLevel,
    'check-ups': checkUps,
    'maternity-system': maternitySystem,
    other: OTHER_KIND,
  },
  refusals: CHILDCARE_REFUSALS,
  views: { 'nursery-places': nurseryPlaces, 'maternity-network': maternityNetwork, screening },
};

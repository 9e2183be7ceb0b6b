import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, type Template } from '../sector.js';
import { SYSTEM_TEMPLATE } from '../templates.js';
import { EMPLOYMENT_REFUSALS } from './refusals.js';
import { bases } from './register.js';
import { base, dataSystem, designation, fund, payment } from './rules.js';
import { certificates, enrolment, highSkillCertificates, professionals, training } from './skills.js';
import { trainingByYear } from './training.js';
import { funds, professionalLevel } from './views.js';

/** A base, a park, a platform: often within what stands, so its works are 主体或改造 and its equipment weighs. */
const building: Template = {
  name: '基地、园区、平台建设',
  milestones: [
    { code: 'proposal', name: '立项', weight: 5, type: 'approval' },
    { code: 'feasibility', name: '可行性研究', weight: 5, type: 'approval' },
    { code: 'premises', name: '用地或场地', weight: 5, type: 'element' },
    { code: 'design', name: '设计、概算及施工许可', weight: 10, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'floor-area', name: '场地建设或改造', weight: 25, type: 'quantity', quantityUnit: '平方米' },
    { code: 'equipment', name: '实训设备、配套设施', weight: 15, type: 'works' },
    { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
    { code: 'operator', name: '运营团队、师资到位', weight: 5, type: 'staffing' },
    { code: 'opening', name: '投用', weight: 10, type: 'service' },
  ],
};

/** 培育, then 认定: what the plan wants is the title, and a higher office grants it. */
const recognition: Template = {
  name: '称号认定',
  milestones: [
    { code: 'nurturing', name: '列入培育', weight: 10, type: 'start' },
    { code: 'conditions', name: '对标建设', weight: 25, type: 'works' },
    { code: 'recommendation', name: '逐级推荐', weight: 15, type: 'accreditation' },
    { code: 'inspection', name: '现场核查', weight: 20, type: 'accreditation' },
    { code: 'publicity', name: '公示', weight: 5, type: 'accreditation' },
    { code: 'recognition', name: '认定', weight: 25, type: 'accreditation' },
  ],
};

const establishment: Template = {
  name: '基金设立',
  milestones: [
    { code: 'scheme', name: '设立方案批准', weight: 30, type: 'approval' },
    { code: 'start', name: '募集启动', weight: 10, type: 'start' },
    { code: 'contributions', name: '出资到位', weight: 30, type: 'element' },
    { code: 'filing', name: '登记备案', weight: 30, type: 'licence' },
  ],
};

/** Work that is counted and not built, in the unit in which it is counted. */
const counted = (name: string, quantityUnit: string): Template => ({
  name,
  milestones: [{ code: 'quantity', name: '完成数量', weight: 100, type: 'quantity', quantityUnit }],
});

/** 就业创业 (chapter 5): person-times, persons and certificates are three counts; a title is granted and not built. */
export const employment: Sector = {
  slug: 'employment',
  name: '就业创业',
  rules: 'v0',
  templates: {
    building,
    designation: recognition,
    system: SYSTEM_TEMPLATE,
    establishment,
    service: SERVICE_TEMPLATE,
    people: counted('取证、招生、人才', '人'),
    funding: counted('资金支付', '元'),
  },
  unitKinds: {
    training,
    certificates,
    'high-skill-certificates': highSkillCertificates,
    enrolment,
    professionals,
    designation,
    base,
    'data-system': dataSystem,
    payment,
    fund,
    other: OTHER_KIND,
  },
  refusals: EMPLOYMENT_REFUSALS,
  views: { training: trainingByYear, bases, funds, professionals: professionalLevel },
};

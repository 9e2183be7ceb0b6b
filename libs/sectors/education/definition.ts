import { OTHER_KIND, SCHEME_TEMPLATE, type Sector, SERVICE_TEMPLATE, STRUCTURE, type Template } from '../sector.js';
import { dormitory, EDUCATION_REFUSALS, kindergarten, school } from './rules.js';
import { schoolPlaces } from './views.js';

/** Milestones of a school or kindergarten, from siting to the first day of term (reference: education template). */
const building: Template = {
  name: '学校、幼儿园建设',
  milestones: [
    { code: 'siting', name: '布局立项', weight: 4, type: 'approval' },
    { code: 'feasibility', name: '可行性研究', weight: 6, type: 'approval' },
    { code: 'land', name: '用地划拨', weight: 5, type: 'element' },
    { code: 'design', name: '初步设计及概算', weight: 5, type: 'approval' },
    { code: 'permit', name: '施工许可', weight: 5, type: 'approval' },
    ...STRUCTURE,
    { code: 'fitting-out', name: '装修及空气检测', weight: 10, type: 'works' },
    { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
    { code: 'licence', name: '机构编制或办学许可', weight: 5, type: 'licence' },
    { code: 'staffing', name: '教师到岗', weight: 5, type: 'staffing' },
    { code: 'opening', name: '开学投用', weight: 10, type: 'service' },
  ],
};

/** Work on what stands already: dormitories, renovation. */
const renovation: Template = {
  name: '改造、周转宿舍',
  milestones: [
    { code: 'siting', name: '立项', weight: 10, type: 'approval' },
    { code: 'design', name: '设计及概算', weight: 10, type: 'approval' },
    { code: 'permit', name: '施工许可', weight: 10, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'topping-out', name: '主体或改造', weight: 35, type: 'quantity', quantityUnit: '平方米' },
    { code: 'acceptance', name: '竣工验收', weight: 15, type: 'acceptance' },
    { code: 'opening', name: '投用', weight: 10, type: 'service' },
  ],
};

/** 教育 (chapter 4): what counts is a school that opened, with its places, not a building that stands. */
export const education: Sector = {
  slug: 'education',
  name: '现代教育',
  rules: 'v0',
  templates: { building, renovation, service: SERVICE_TEMPLATE, scheme: SCHEME_TEMPLATE },
  unitKinds: { school, kindergarten, dormitory, other: OTHER_KIND },
  refusals: EDUCATION_REFUSALS,
  views: { 'school-places': schoolPlaces },
};

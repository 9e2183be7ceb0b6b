import { OTHER_KIND, SCHEME_TEMPLATE, type Sector, SERVICE_TEMPLATE, STRUCTURE, type Template } from '../sector.js';
import { ACCREDITATION_TEMPLATE } from '../templates.js';
import { coverage } from './coverage.js';
import { HEALTH_REFUSALS } from './refusals.js';
import { facility, level, staff } from './rules.js';
import { beds, coverageRosters } from './views.js';

/** A hospital, a centre for disease control: from the permission to establish it to its first patient (reference §5 HEA). */
const building: Template = {
  name: '医疗卫生机构建设',
  milestones: [
    { code: 'establishment', name: '设置批准', weight: 3, type: 'approval' },
    { code: 'approval', name: '立项', weight: 3, type: 'approval' },
    { code: 'feasibility', name: '可行性研究', weight: 5, type: 'approval' },
    { code: 'land', name: '建设用地', weight: 4, type: 'element' },
    { code: 'design', name: '初步设计', weight: 5, type: 'approval' },
    { code: 'permit', name: '施工许可', weight: 5, type: 'approval' },
    ...STRUCTURE,
    { code: 'installation', name: '机电及医用专项', weight: 10, type: 'works' },
    // Fire, radiation, sewage and medical gas are accepted with the building, not after it.
    { code: 'acceptance', name: '竣工及专项验收', weight: 10, type: 'acceptance' },
    { code: 'equipment', name: '设备到位', weight: 5, type: 'works' },
    { code: 'licence', name: '执业登记及床位核定', weight: 5, type: 'licence' },
    { code: 'opening', name: '开诊', weight: 10, type: 'service' },
  ],
};

/** 卫生健康 (chapter 6): three bed counts that are never mixed, levels that are granted, rosters that are covered. */
export const health: Sector = {
  slug: 'health',
  name: '卫生健康',
  rules: 'v0',
  templates: {
    building,
    accreditation: ACCREDITATION_TEMPLATE,
    service: SERVICE_TEMPLATE,
    scheme: SCHEME_TEMPLATE,
  },
  unitKinds: { facility, level, coverage, staff, other: OTHER_KIND },
  refusals: HEALTH_REFUSALS,
  views: { beds, coverage: coverageRosters },
};

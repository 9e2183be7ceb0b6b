import { OTHER_KIND, type Sector, SERVICE_TEMPLATE } from '../sector.js';
import { honourHome, memorial, station, VETERANS_REFUSALS } from './rules.js';
import { memorials, stations } from './views.js';

/** 拥军优抚 (chapter 10, programme 6): done is handed over and looked after, not merely built. */
export const veterans: Sector = {
  slug: 'veterans',
  name: '拥军优抚',
  rules: 'v0',
  templates: {
    // 烈士纪念设施, 军人公墓, 光荣院: alteration and displays pass the superior authority first (reference: veterans).
    facility: {
      name: '褒扬优抚设施建设',
      milestones: [
        { code: 'siting', name: '选址规划', weight: 5, type: 'approval' },
        { code: 'superior-review', name: '上级审核', weight: 10, type: 'approval' },
        { code: 'feasibility', name: '立项可研', weight: 5, type: 'approval' },
        { code: 'content-review', name: '设计、布展审定', weight: 5, type: 'approval' },
        { code: 'start', name: '开工', weight: 10, type: 'start' },
        { code: 'structure', name: '主体工程', weight: 25, type: 'quantity', quantityUnit: '平方米' },
        { code: 'outfitting', name: '布展、设备包', weight: 15, type: 'works' },
        { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
        { code: 'handover', name: '移交管护', weight: 5, type: 'handover' },
        { code: 'opening', name: '开放、收住', weight: 10, type: 'service' },
      ],
    },
    // Nothing is built, so nothing starts: the five are reported as a quantity, designed 5 a station.
    'model-station': {
      name: '示范型退役军人服务中心（站）创建',
      milestones: [
        { code: 'five-haves', name: '“五有”到位', weight: 50, type: 'quantity', quantityUnit: '项' },
        { code: 'self-review', name: '自评', weight: 10, type: 'accreditation' },
        { code: 'superior-check', name: '上级复核', weight: 15, type: 'accreditation' },
        { code: 'naming', name: '命名', weight: 25, type: 'accreditation' },
      ],
    },
    service: SERVICE_TEMPLATE,
  },
  unitKinds: { memorial, 'honour-home': honourHome, station, other: OTHER_KIND },
  refusals: VETERANS_REFUSALS,
  views: { stations, memorials },
};

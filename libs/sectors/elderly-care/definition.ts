import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, type Template } from '../sector.js';
import { ELDERLY_CARE_REFUSALS } from './refusals.js';
import { communitySite, home } from './rules.js';
import { nursingShare } from './views.js';

/** A centre or home, from its site to its first resident (reference §5 ELD). It is filed (备案), not licensed. */
const building: Template = {
  name: '养老机构建设',
  milestones: [
    { code: 'site', name: '选址或用房落实', weight: 5, type: 'element' },
    { code: 'approval', name: '立项备案', weight: 5, type: 'approval' },
    { code: 'design-review', name: '设计评审', weight: 5, type: 'approval' },
    { code: 'permit', name: '施工许可', weight: 5, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'main-works', name: '主体或改造', weight: 25, type: 'quantity', quantityUnit: '平方米' },
    { code: 'nursing-fit-out', name: '适老化及护理床位', weight: 10, type: 'works' },
    { code: 'fire-acceptance', name: '消防验收', weight: 10, type: 'acceptance' },
    // 竣工移交 is one step here: the bureau takes the building over when it accepts it.
    { code: 'handover', name: '竣工移交', weight: 10, type: 'acceptance' },
    { code: 'operator', name: '运营方确定', weight: 5, type: 'staffing' },
    { code: 'filing', name: '养老机构备案', weight: 5, type: 'licence' },
    { code: 'first-resident', name: '首位老人入住', weight: 5, type: 'service' },
  ],
};

/** A community site or 幸福院: rooms found and made fit, no institution, so nothing to file and nobody to move in. */
const community: Template = {
  name: '社区养老服务设施、幸福院',
  milestones: [
    { code: 'rooms', name: '用房落实', weight: 15, type: 'element' },
    { code: 'scheme', name: '方案审定', weight: 10, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'refit', name: '改造', weight: 30, type: 'quantity', quantityUnit: '平方米' },
    { code: 'safety', name: '消防及安全检查', weight: 10, type: 'acceptance' },
    { code: 'handover', name: '移交使用', weight: 15, type: 'handover' },
    { code: 'opening', name: '开放服务', weight: 10, type: 'service' },
  ],
};

/** 养老服务 (chapter 7): two registers, 100 centres and homes beside 1,000 community sites, and one share that can fall. */
export const elderlyCare: Sector = {
  slug: 'elderly-care',
  name: '养老服务',
  rules: 'v0',
  templates: { building, community, service: SERVICE_TEMPLATE },
  unitKinds: { home, 'community-site': communitySite, other: OTHER_KIND },
  refusals: ELDERLY_CARE_REFUSALS,
  views: { 'nursing-share': nursingShare },
};

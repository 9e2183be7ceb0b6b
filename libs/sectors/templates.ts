import type { Template } from './sector.js';

/** 创建类: a level is applied for, reviewed and granted. Its application is its 开工: nothing is built (reference §5 HEA). */
export const ACCREDITATION_TEMPLATE: Template = {
  name: '等级和达标创建',
  milestones: [
    { code: 'application', name: '申报', weight: 10, type: 'start' },
    { code: 'self-review', name: '自评', weight: 20, type: 'accreditation' },
    { code: 'admission', name: '受理', weight: 10, type: 'accreditation' },
    { code: 'site-review', name: '现场评审', weight: 30, type: 'accreditation' },
    { code: 'publicity', name: '公示', weight: 10, type: 'accreditation' },
    { code: 'document', name: '批文', weight: 20, type: 'accreditation' },
  ],
};

/** An information system: bought and developed, tried out, accepted, then taken into use. */
export const SYSTEM_TEMPLATE: Template = {
  name: '信息系统建设',
  milestones: [
    { code: 'approval', name: '立项', weight: 10, type: 'approval' },
    { code: 'design', name: '方案及概算批复', weight: 15, type: 'approval' },
    { code: 'procurement', name: '招标采购', weight: 10, type: 'approval' },
    { code: 'start', name: '开工实施', weight: 10, type: 'start' },
    { code: 'development', name: '开发部署', weight: 25, type: 'works' },
    { code: 'trial', name: '试运行', weight: 10, type: 'works' },
    { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
    { code: 'opening', name: '上线投用', weight: 10, type: 'service' },
  ],
};

import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, type Template } from '../sector.js';
import { community, household, HOUSING_REFUSALS } from './rules.js';
import { renovationPipeline } from './views.js';

/**
 * 老旧小区改造, from the survey to the residents' verdict (reference: housing template). 基础类 works follow the
 * households whose homes are done, because the ministry's monthly statistics count 户.
 */
const oldCommunity: Template = {
  name: '城镇老旧小区改造',
  milestones: [
    { code: 'survey', name: '摸底调查', weight: 5, type: 'approval' },
    { code: 'consent', name: '居民意愿', weight: 5, type: 'approval' },
    { code: 'publicity', name: '方案公示', weight: 5, type: 'approval' },
    { code: 'annual-plan', name: '纳入年度计划', weight: 5, type: 'approval' },
    { code: 'review', name: '方案评审', weight: 5, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'basic', name: '基础类改造', weight: 30, type: 'quantity', quantityUnit: '户' },
    { code: 'improvement', name: '完善类、提升类改造', weight: 15, type: 'works' },
    { code: 'acceptance', name: '竣工联合验收', weight: 10, type: 'acceptance' },
    { code: 'handover', name: '移交管护', weight: 5, type: 'handover' },
    { code: 'satisfaction', name: '居民满意度', weight: 5, type: 'accreditation' },
  ],
};

/** 棚改: homes come down before homes go up; its start is that of the resettlement housing. */
const shantytown: Template = {
  name: '棚户区改造',
  milestones: [
    { code: 'notice', name: '征收公告', weight: 5, type: 'approval' },
    { code: 'signing', name: '征收签约', weight: 20, type: 'quantity', quantityUnit: '户' },
    { code: 'demolition', name: '房屋拆除', weight: 10, type: 'works' },
    { code: 'start', name: '安置房开工', weight: 15, type: 'start' },
    { code: 'basic-completion', name: '主体或基本建成', weight: 20, type: 'works' },
    { code: 'acceptance', name: '安置房竣工', weight: 15, type: 'acceptance' },
    { code: 'move-in', name: '交付入住', weight: 15, type: 'service' },
  ],
};

/** 住房保障 (chapter 9): 开工 is shown and never counted; a community counts at its joint acceptance. */
export const housing: Sector = {
  slug: 'housing',
  name: '住房保障',
  rules: 'v0',
  templates: { 'old-community': oldCommunity, shantytown, service: SERVICE_TEMPLATE },
  unitKinds: { community, household, other: OTHER_KIND },
  refusals: HOUSING_REFUSALS,
  views: { 'renovation-pipeline': renovationPipeline },
};

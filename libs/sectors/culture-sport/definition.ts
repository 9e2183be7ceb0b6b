import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, STRUCTURE, type Template } from '../sector.js';
import { circleCommunity, fitnessSite, pitch } from './fitness.js';
import { CULTURE_SPORT_REFUSALS } from './refusals.js';
import { fitnessCircle, fitnessFacilities } from './fitness-views.js';
import { footballPitches } from './pitch-view.js';
import { digitalSystem, road, title } from './titles.js';
import { countySet, openFacility, venue, works } from './venues.js';
import { venues } from './venue-views.js';

/** A building for the public: half of what follows the structure is what people come to see, and letting them in. */
const venueBuilding: Template = {
  name: '文化体育场馆建设',
  milestones: [
    { code: 'siting', name: '选址立项', weight: 5, type: 'approval' },
    { code: 'heritage-survey', name: '考古勘探、文物影响评估', weight: 5, type: 'approval' },
    { code: 'land', name: '用地保障', weight: 5, type: 'element' },
    { code: 'design', name: '建筑及展陈设计', weight: 5, type: 'approval' },
    { code: 'permit', name: '施工许可', weight: 5, type: 'approval' },
    ...STRUCTURE,
    { code: 'exhibition', name: '布展、场地工艺和器材', weight: 15, type: 'works' },
    { code: 'acceptance', name: '竣工验收', weight: 10, type: 'acceptance' },
    { code: 'opening', name: '对公众开放', weight: 15, type: 'service' },
  ],
};

/** Work on what stands or lies open: quarters, parks, complexes, old halls. */
const renewal: Template = {
  name: '片区、公园、场馆改造提升',
  milestones: [
    { code: 'scheme', name: '规划方案', weight: 10, type: 'approval' },
    { code: 'heritage-review', name: '文物、风貌审查', weight: 10, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'renewed', name: '改造面积', weight: 40, type: 'quantity', quantityUnit: '平方米' },
    { code: 'acceptance', name: '竣工验收', weight: 15, type: 'acceptance' },
    { code: 'opening', name: '投用开放', weight: 15, type: 'service' },
  ],
};

/** 健身场地设施, 足球场地: many small sites in one project, followed by 处. */
const sportsSites: Template = {
  name: '健身场地设施、足球场地新建和提档升级',
  milestones: [
    { code: 'sites', name: '选点公示', weight: 10, type: 'approval' },
    { code: 'procurement', name: '器材采购', weight: 15, type: 'element' },
    { code: 'start', name: '进场施工', weight: 10, type: 'start' },
    { code: 'installed', name: '铺装安装', weight: 35, type: 'quantity', quantityUnit: '处' },
    { code: 'acceptance', name: '质量和安全验收', weight: 15, type: 'acceptance' },
    { code: 'opening', name: '对公众开放', weight: 15, type: 'service' },
  ],
};

/** What stands already is opened: agreed, parted from what stays closed, open. Nothing is built or accepted. */
const facilityOpening: Template = {
  name: '公共、学校体育设施开放',
  milestones: [
    { code: 'inventory', name: '设施摸底', weight: 15, type: 'approval' },
    { code: 'agreement', name: '签订开放协议', weight: 25, type: 'start' },
    { code: 'partition', name: '隔离改造和保险', weight: 20, type: 'works' },
    { code: 'opening', name: '对公众开放', weight: 40, type: 'service' },
  ],
};

const digital: Template = {
  name: '公共文化、体育数字化建设',
  milestones: [
    { code: 'proposal', name: '立项采购', weight: 15, type: 'approval' },
    { code: 'start', name: '开发启动', weight: 10, type: 'start' },
    { code: 'records', name: '资源入库', weight: 30, type: 'quantity', quantityUnit: '条' },
    { code: 'trial', name: '试运行', weight: 10, type: 'works' },
    { code: 'acceptance', name: '项目验收', weight: 15, type: 'acceptance' },
    { code: 'in-use', name: '上线投用', weight: 20, type: 'service' },
  ],
};

/** 创建, 评估定级: the application is its start, the document its end. */
const creation: Template = {
  name: '创建、评估定级',
  milestones: [
    { code: 'application', name: '申报', weight: 20, type: 'start' },
    { code: 'improvement', name: '对标提升', weight: 30, type: 'works' },
    { code: 'review', name: '评估检查', weight: 20, type: 'accreditation' },
    { code: 'naming', name: '认定命名', weight: 30, type: 'accreditation' },
  ],
};

const ruralRoad: Template = {
  name: '乡村旅游道路',
  milestones: [
    { code: 'design', name: '施工图设计', weight: 15, type: 'approval' },
    { code: 'start', name: '开工', weight: 10, type: 'start' },
    { code: 'paved', name: '路基路面', weight: 55, type: 'quantity', quantityUnit: '米' },
    { code: 'acceptance', name: '交工验收', weight: 20, type: 'acceptance' },
  ],
};

/** 文化体育 (chapter 11, programme 7): what is built counts from the day on which the public may come in. */
export const cultureSport: Sector = {
  slug: 'culture-sport',
  name: '文化体育',
  rules: 'v0',
  templates: {
    venue: venueBuilding,
    renewal,
    'sports-sites': sportsSites,
    'facility-opening': facilityOpening,
    digital,
    creation,
    'rural-road': ruralRoad,
    service: SERVICE_TEMPLATE,
  },
  unitKinds: {
    venue,
    works,
    'open-facility': openFacility,
    'county-set': countySet,
    'fitness-site': fitnessSite,
    'circle-community': circleCommunity,
    pitch,
    title,
    'digital-system': digitalSystem,
    road,
    other: OTHER_KIND,
  },
  refusals: CULTURE_SPORT_REFUSALS,
  views: {
    venues,
    'fitness-circle': fitnessCircle,
    'fitness-facilities': fitnessFacilities,
    'football-pitches': footballPitches,
  },
};

/**
 * What the plan's measures ask of a unit, by measure (items/culture-sport.yaml; each from its quote). Measures that are
 * not listed ask nothing beyond their unit kind. Part of these rules' version: another plan adopts another one.
 */

/** Places where people come in, and works that are used and not visited. */
export const CATEGORIES = {
  museum: '博物馆',
  science: '科技馆',
  archives: '档案馆',
  'activity-centre': '活动中心（职工、青少年、妇女儿童）',
  culture: '公共文化服务中心、图书馆、文化馆',
  sports: '体育中心、体育场、体育馆',
  park: '国家文化公园、遗址公园',
  'football-school': '足球学校、学院',
  'tourist-centre': '旅游集散中心',
  quarter: '历史文化街区、片区、遗址公园（改造提升）',
  complex: '文商旅综合体',
  village: '乡村旅游服务设施',
  reading: '书香汴梁工程',
} as const;
export type Category = keyof typeof CATEGORIES;

export const CATEGORIES_ASKED: Readonly<Record<string, readonly Category[]>> = {
  'B7-1.museums': ['museum'],
  'B7-1.venues': ['science', 'archives', 'activity-centre'],
  'B7-1.reading-city': ['reading'],
  'B7-3.venues': ['sports'],
  'T11-1.parks': ['park'],
  'T11-3.centre': ['culture'],
  'T11-7.training-camp': ['football-school'],
  'T11-7.academy': ['football-school'],
  'T11-8.centres': ['tourist-centre'],
  'T11-9.quarters': ['quarter'],
  'T11-10.complexes': ['complex'],
  'T11-11.village-facilities': ['village'],
  'T11-13.park': ['park'],
};

/** 国家认定并对公众开放: beside its opening such a park waits for the document that recognises it. */
export const RECOGNITION_ASKED: ReadonlySet<string> = new Set(['T11-13.park']);
/** 工程验收: what counts without anybody coming in. */
export const ACCEPTANCE_ALONE: ReadonlySet<string> = new Set(['B7-1.reading-city']);
/** 实现各级公共文化云资源内容对接，功能互联互通. */
export const CONNECTION_ASKED: ReadonlySet<string> = new Set(['B7-2.repositories']);
/** 新建足球场地: neither an upgraded nor a newly registered one is new. */
export const NEW_PITCHES = 'T11-5.new-pitches';
/** 公共体育设施全部开放: halls of schools and firms that open too are welcome and none of these. */
export const PUBLIC_FACILITIES = 'B7-3.open-venues';

/** Grades and titles, the best first within each row. */
export const STANDARDS = {
  'grade-1': '国家一级',
  'grade-2': '国家二级',
  'grade-3': '国家三级',
  'national-title': '国家认定',
  'provincial-title': '省级认定',
  'municipal-title': '市级认定',
  'provincial-standard': '省定标准',
} as const;
export type Standard = keyof typeof STANDARDS;

export const TIERS = { city: '市级', county: '县级', town: '乡级', village: '村级' } as const;
export type Tier = keyof typeof TIERS;

const NATIONAL: readonly Standard[] = ['national-title'];
const ANY_TITLE: readonly Standard[] = ['national-title', 'provincial-title', 'municipal-title'];

/** Standards that satisfy a measure. */
export const STANDARDS_ASKED: Readonly<Record<string, readonly Standard[]>> = {
  'T11-6.schools': NATIONAL,
  'T11-6.titles': NATIONAL,
  'T11-11.model-towns': ANY_TITLE,
  'T11-11.model-villages': ANY_TITLE,
  'T11-12.title': NATIONAL,
  'T11-14.shows': ANY_TITLE,
};
/** Where a city institution is asked for more than a county one. */
export const STANDARDS_BY_TIER: Readonly<Record<string, Partial<Record<Tier, readonly Standard[]>>>> = {
  'T11-2.libraries': { city: ['grade-1', 'grade-2'], county: ['grade-1', 'grade-2', 'grade-3'] },
  'T11-2.stations': { town: ['provincial-standard'], village: ['provincial-standard'] },
};
/** 公演并经认定: a show is one that people saw. */
export const PERFORMANCE_ASKED: ReadonlySet<string> = new Set(['T11-14.shows']);

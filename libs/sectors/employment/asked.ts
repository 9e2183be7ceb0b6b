/**
 * What the plan's measures ask of a unit, by measure (items/employment.yaml; each from its quote). Measures that are not
 * listed ask nothing beyond their unit kind. Part of these rules' version: another plan adopts another one.
 */

export const TITLES = {
  'skills-base': '高技能人才培训基地',
  'master-studio': '技能大师工作室',
  'returnee-park': '返乡创业示范园',
  'returnee-project': '返乡创业示范项目',
} as const;
export type Title = keyof typeof TITLES;

/** Who grants a title, lowest first. */
export const RANKS = { city: '市级', provincial: '省级', national: '国家级' } as const;
export type Rank = keyof typeof RANKS;

export const TITLE_ASKED: Readonly<Record<string, { readonly title: Title; readonly rank: Rank }>> = {
  'B3-1.national-base': { title: 'skills-base', rank: 'national' },
  'B3-1.master-studio': { title: 'master-studio', rank: 'national' },
  'T5-8.city-parks': { title: 'returnee-park', rank: 'city' },
  'T5-8.provincial-parks': { title: 'returnee-park', rank: 'provincial' },
  'T5-8.national-parks': { title: 'returnee-park', rank: 'national' },
  'T5-8.city-projects': { title: 'returnee-project', rank: 'city' },
  'T5-8.provincial-projects': { title: 'returnee-project', rank: 'provincial' },
  'T5-8.national-projects': { title: 'returnee-project', rank: 'national' },
};

export const CATEGORIES = {
  'training-base': '公共实训基地',
  park: '产业园区',
  incubator: '创业孵化园',
  contest: '创新创业大赛赛区',
  'skills-project': '全民技能振兴工程项目',
} as const;
export type Category = keyof typeof CATEGORIES;

export const CATEGORY_ASKED: Readonly<Record<string, Category>> = {
  'B3-1.provincial-projects': 'skills-project',
  'T5-1.parks': 'park',
  'T5-4.bases': 'training-base',
  'T5-7.contest-site': 'contest',
  'T5-7.incubator': 'incubator',
};

export const PURPOSES = { platform: '公共就业平台建设', subsidy: '就业补助资金' } as const;
export type Purpose = keyof typeof PURPOSES;

export const PURPOSE_ASKED: Readonly<Record<string, Purpose>> = {
  'T5-6.platform-investment': 'platform',
  'T5-6.subsidies': 'subsidy',
};

/**
 * What the plan's measures ask of a unit, by measure (items/health.yaml; each from its quote). Measures that are not
 * listed ask nothing beyond their unit kind. Part of these rules' version: another plan adopts another one.
 */

export interface LevelAsked {
  readonly level: '2' | '3';
  /** 三级甲等 asks the grade beside the level. */
  readonly grade?: 'a';
  /** 或达到三级医院服务水平: an assessment of the service will do. */
  readonly assessment?: true;
}

export const LEVEL_ASKED: Readonly<Record<string, LevelAsked>> = {
  'B4-4.county-hospitals': { level: '2' },
  'B4-6.second-tcm-level3': { level: '3' },
  'T6-1.level3-institutions': { level: '3' },
  'T6-8.grade-a': { level: '3', grade: 'a' },
  'T6-8.level3': { level: '3', assessment: true },
};

/** Measures whose centres must be certified as up to standard beside being in use (每县一个标准化疾控中心). */
export const STANDARD_ASKED: ReadonlySet<string> = new Set(['B4-5.county-cdcs', 'B4-5.district-cdc']);

/** Aspects by which a roster is covered. */
export const ASPECTS = {
  laboratory: 'P2实验室（BSL-2）',
  'fever-clinic': '发热门诊',
  rehabilitation: '康复科',
  'preventive-care': '治未病科',
  geriatrics: '老年病科',
  'tcm-station': '中医馆',
  'check-up-room': '健康体检小屋',
  'town-centre': '乡镇卫生院、社区卫生服务中心达标',
  'village-clinic': '村卫生室公有产权标准化',
  'county-hospital': '县级公立医院',
} as const;

export type Aspect = keyof typeof ASPECTS;

export const ASPECT_ASKED: Readonly<Record<string, Aspect>> = {
  'B4-4.town-centres': 'town-centre',
  'B4-4.village-clinics': 'village-clinic',
  'B4-5.laboratories': 'laboratory',
  'B4-5.fever-clinics': 'fever-clinic',
  'B4-5.town-fever-clinics': 'fever-clinic',
  'B4-6.rehabilitation': 'rehabilitation',
  'B4-6.preventive-care': 'preventive-care',
  'B4-6.geriatrics': 'geriatrics',
  'B4-6.tcm-stations': 'tcm-station',
  'T6-2.county-hospitals': 'county-hospital',
  'T6-3.check-up-rooms': 'check-up-room',
  'T6-4.village-clinics': 'village-clinic',
};

export const STAFF_CATEGORIES = {
  doctor: '博士',
  master: '全日制硕士',
  bachelor: '本科生',
  trained: '培养培训',
} as const;

export const CATEGORY_ASKED: Readonly<Record<string, keyof typeof STAFF_CATEGORIES>> = {
  'B4-1.doctors': 'doctor',
  'B4-1.masters': 'master',
  'B4-1.bachelors': 'bachelor',
  'B4-1.trained': 'trained',
};

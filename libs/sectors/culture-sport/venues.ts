import { reject, type Rejection } from '@planledger/kernel';
import { countsOnceClaimed, type Step, whileHolding } from '../counting.js';
import {
  choice,
  type FactSpec,
  number,
  numberOf,
  optional,
  text,
  truth,
  type UnitFacts,
  type UnitKind,
} from '../sector.js';
import {
  ACCEPTANCE_ALONE,
  CATEGORIES,
  CATEGORIES_ASKED,
  type Category,
  PUBLIC_FACILITIES,
  RECOGNITION_ASKED,
} from './asked.js';

export const ACCEPTED: Step = ['acceptance', 'CUL_NOT_ACCEPTED'];
/** Built is not open: a venue is there for the public from the day on which it may come in. */
export const OPENED: Step = ['opening', 'CUL_BUILT_NOT_OPENED'];

const HOURS_OF_A_WEEK = 168;

export const refuseMany = ({ quantity }: UnitFacts): Rejection | undefined =>
  quantity === 1 ? undefined : reject('CUL_ONE_AT_A_TIME', { quantity });

/** Only what the measure asks for, and on heritage nothing without its authority (chapter 11, section 2). */
function refusePlace({ measure, facts }: UnitFacts): Rejection | undefined {
  const [asked, stated] = [CATEGORIES_ASKED[measure], facts['category'] as Category];
  if (asked && !asked.includes(stated)) {
    const names = asked.map((category) => CATEGORIES[category]).join('、');
    return reject('CUL_CATEGORY_NOT_ASKED', { measure, asked: names, stated: CATEGORIES[stated] });
  }
  const unapproved = facts['heritage'] === true && facts['heritageApproval'] === undefined;
  return unapproved ? reject('CUL_HERITAGE_APPROVAL_MISSING') : undefined;
}

const heritageFacts: Readonly<Record<string, FactSpec>> = {
  heritage: truth('是否涉及文物保护单位、遗址或历史文化街区'),
  heritageApproval: optional(text('文物部门批准文号')),
};

const refuseHours = ({ facts }: UnitFacts): Rejection | undefined =>
  facts['weeklyHours'] === 0 ? reject('CUL_NO_OPENING_HOURS') : undefined;

/** Museums, archives, halls, parks: counts once accepted and open to the public. */
export const venue: UnitKind = {
  name: '文化体育场馆',
  facts: {
    category: choice('场馆类别', CATEGORIES),
    areaSquareMetres: number('建筑面积（公园为占地面积，平方米）', 1, 100_000_000),
    weeklyHours: number('每周开放小时数', 0, HOURS_OF_A_WEEK),
    freeOfCharge: truth('是否免费开放'),
    ...heritageFacts,
    recognition: optional(text('国家认定文号')),
  },
  refuse: (unit) => refuseMany(unit) ?? refusePlace(unit) ?? refuseHours(unit),
  countsFrom(unit, project) {
    const open = countsOnceClaimed(unit, project, ACCEPTED, OPENED);
    return RECOGNITION_ASKED.has(unit.measure)
      ? whileHolding(open, unit, 'CUL_RECOGNITION_PENDING', ({ recognition }) => recognition !== undefined)
      : open;
  },
};

/** Quarters, centres and complexes: used rather than visited, so no posted hours are asked. */
export const works: UnitKind = {
  name: '文旅工程',
  facts: {
    category: choice('工程类别', CATEGORIES),
    areaSquareMetres: optional(number('建设（改造）面积（平方米）', 1, 100_000_000)),
    ...heritageFacts,
  },
  refuse: (unit) => refuseMany(unit) ?? refusePlace(unit),
  countsFrom: (unit, project) =>
    countsOnceClaimed(unit, project, ...(ACCEPTANCE_ALONE.has(unit.measure) ? [ACCEPTED] : [ACCEPTED, OPENED])),
};

const OWNERS = { public: '公共体育设施', school: '学校体育场馆', employer: '企事业单位体育场馆' } as const;

/** What stands already and opens its door: 公共体育设施全部开放, and beside it halls of schools and firms. */
export const openFacility: UnitKind = {
  name: '向社会开放的体育设施',
  facts: {
    owner: choice('设施性质', OWNERS),
    areaSquareMetres: number('场地面积（平方米）', 1, 10_000_000),
    weeklyHours: number('每周开放小时数', 0, HOURS_OF_A_WEEK),
    freeOfCharge: truth('是否免费开放'),
    holidays: truth('法定节假日和寒暑假是否开放'),
  },
  refuse(unit) {
    const { measure, facts } = unit;
    const refused = refuseMany(unit) ?? refuseHours(unit);
    if (refused) return refused;
    const owner = facts['owner'] as keyof typeof OWNERS;
    if (owner !== 'public') {
      return measure === PUBLIC_FACILITIES ? reject('CUL_NOT_A_PUBLIC_FACILITY', { owner: OWNERS[owner] }) : undefined;
    }
    return facts['holidays'] === true ? undefined : reject('CUL_CLOSED_ON_HOLIDAYS');
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, ['opening', 'CUL_FACILITY_NOT_OPENED']),
};

const GROUNDS_OF_A_SET = 2;
const HALLS_OF_A_SET = 3;

/** “两场三馆” of a county: one set, counted from the day on which the last of the five was open. */
export const countySet: UnitKind = {
  name: '“两场三馆”（套）',
  facts: {
    groundsOpen: number('已建成开放的“场”（共2个）', 0, GROUNDS_OF_A_SET),
    hallsOpen: number('已建成开放的“馆”（共3个）', 0, HALLS_OF_A_SET),
  },
  refuse: refuseMany,
  countsFrom: (unit) =>
    whileHolding({ from: unit.delivered.on, entries: [] }, unit, 'CUL_SET_INCOMPLETE', (facts) => {
      const [grounds, halls] = [numberOf(facts, 'groundsOpen'), numberOf(facts, 'hallsOpen')];
      return grounds === GROUNDS_OF_A_SET && halls === HALLS_OF_A_SET;
    }),
};

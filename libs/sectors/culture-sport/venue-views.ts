import { daysBetween, isDate, type IsoDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { measuresCounting, worksMissing } from '../plan-measures.js';
import { claimFor, type ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { CATEGORIES, type Category } from './asked.js';
import { openFacility, venue } from './venues.js';

/** What stood already and opened its door is a category of its own: it was not built for the plan. */
const OPENED_FACILITY = 'opened-facility';
type VenueCategory = Category | typeof OPENED_FACILITY;
const nameOf = (category: VenueCategory): string =>
  category === OPENED_FACILITY ? '向社会开放的体育设施' : CATEGORIES[category];

interface VenueRow {
  stream: string;
  county: string;
  name: string;
  measure: string;
  work: string;
  category: VenueCategory;
  squareMetres: number;
  weeklyHours: number;
  free: boolean;
  /** Since when the public may come in. */
  open: IsoDate | '';
  /** Day of its acceptance, where it has one. */
  accepted: IsoDate | '';
  verified: boolean;
}

const venueRows = (project: ProjectState): VenueRow[] =>
  standingUnits(project, 'venue', 'open-facility').map((unit) => {
    const facts = factsNow(unit);
    const built = unit.kind === 'venue';
    const counting = built ? venue.countsFrom(unit, project) : openFacility.countsFrom(unit, project);
    return {
      stream: project.stream,
      county: project.registration?.county ?? '',
      name: unit.name,
      measure: unit.measure,
      work: unit.member,
      category: built ? (facts['category'] as Category) : OPENED_FACILITY,
      squareMetres: numberOf(facts, 'areaSquareMetres'),
      weeklyHours: numberOf(facts, 'weeklyHours'),
      free: facts['freeOfCharge'] === true,
      open: 'from' in counting ? counting.from : '',
      accepted: claimFor(project, unit, 'acceptance')?.on ?? '',
      verified: unit.verified !== undefined,
    };
  });

/** Venues of one category that are open: how many, how large, and the fewest hours a week that one of them keeps. */
function opened(venues: readonly VenueRow[]) {
  return {
    open: venues.length,
    verified: venues.filter(({ verified }) => verified).length,
    free: venues.filter(({ free }) => free).length,
    squareMetres: venues.reduce((area, { squareMetres }) => area + squareMetres, 0),
    weeklyHours: venues.reduce((hours, { weeklyHours }) => hours + weeklyHours, 0),
    fewestHours: venues.length === 0 ? null : Math.min(...venues.map(({ weeklyHours }) => weeklyHours)),
  };
}

function categoryAnswer(category: VenueCategory, venues: readonly VenueRow[], plan: PlanState) {
  const here = venues.filter((row) => row.category === category);
  const counties = new Set(here.map(({ county }) => county));
  return {
    category,
    name: nameOf(category),
    ...opened(here),
    counties: [...counties].sort().map((county) => {
      const inCounty = opened(here.filter((row) => row.county === county));
      return { county, countyName: plan.counties.get(county)?.name ?? county, ...inCounty };
    }),
  };
}

/** Accepted and closed: the longest first, with the days since, when asked as of a day. */
const builtNotOpen = (rows: readonly VenueRow[], on: IsoDate | undefined) =>
  rows
    .filter(({ accepted, open }) => accepted !== '' && open === '')
    .map(({ stream, county, name, category, accepted }) => ({
      ...{ stream, county, name, category, accepted },
      ...(on === undefined ? {} : { days: daysBetween(accepted, on) }),
    }))
    .sort((a, b) => a.accepted.localeCompare(b.accepted) || a.name.localeCompare(b.name));

/** 场馆: which are open to the public, how large and for how long, which stand closed, which charge, which are missing. */
export const venues: SectorView<VenueRow> = {
  title: '文化体育场馆：对公众开放情况，按类别、县（区）',
  parameters: {
    county: '县（区）代码；不填为全部',
    category: '场馆类别，如 museum、sports、opened-facility；不填为全部',
    on: '计算闲置天数的日期，如 2025-06-30；不填不计算',
  },
  rows: venueRows,
  formulas: ['categories/*/fewestHours', 'categories/*/counties/*/fewestHours'].map((figure) => ({
    ...{ figure, rule: 'least', of: {} },
    text: '每周开放小时数最少的一处；各项目取其最少',
  })),
  answer(rows, plan, { county, category, on }) {
    const asked = rows.filter((row) => (!county || county === row.county) && (!category || category === row.category));
    const open = asked.filter((row) => row.open !== '');
    const categories = [...new Set(open.map((row) => row.category))].sort();
    return {
      categories: categories.map((one) => categoryAnswer(one, open, plan)),
      builtNotOpen: builtNotOpen(asked, on !== undefined && isDate(on) ? on : undefined),
      charging: open
        .filter(({ free }) => !free)
        .map(({ name, county: code, stream }) => ({ name, county: code, stream })),
      worksMissing: worksMissing(measuresCounting(plan, 'culture-sport', 'venue'), rows),
    };
  },
};

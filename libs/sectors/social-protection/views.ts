import { fraction, type IsoDate, toText } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { measuresCounting, worksMissing } from '../plan-measures.js';
import type { ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { careCentre, CENTRE_LEVELS, childrenHome, facility, type PLACES, PURPOSES } from './rules.js';

const SECTOR = 'social-protection';

/** A care centre is one beside the purposes of what is built. */
const USES = { ...PURPOSES, 'care-centre': '特困人员定点医养中心' } as const;
type Use = keyof typeof USES;

interface FacilityRow {
  stream: string;
  county: string;
  name: string;
  /** Work of the measure's checklist that it is. */
  measure: string;
  work: string;
  use: Use;
  /** Of a care centre: city, county or town. */
  level: string;
  beds: number;
  dayPlaces: number;
  served: number;
  relocated: boolean;
  oldSiteMoved: boolean;
  inUseFrom: IsoDate | '';
  waitingFor: string;
  verified: boolean;
}

const facilityRows = (project: ProjectState): FacilityRow[] =>
  standingUnits(project, 'facility', 'care-centre').map((unit) => {
    const facts = factsNow(unit);
    const centre = unit.kind === 'care-centre';
    const counting = (centre ? careCentre : facility).countsFrom(unit, project);
    const counts = 'from' in counting;
    return {
      ...{ stream: project.stream, county: project.registration?.county ?? '', name: unit.name },
      ...{ measure: unit.measure, work: unit.member },
      use: centre ? 'care-centre' : (facts['purpose'] as Use),
      level: centre ? String(facts['level']) : '',
      beds: numberOf(facts, 'beds'),
      dayPlaces: numberOf(facts, 'dayPlaces'),
      served: numberOf(facts, centre ? 'residents' : 'served'),
      relocated: facts['works'] === 'relocation',
      oldSiteMoved: facts['oldSiteMoved'] === true,
      inUseFrom: counts ? counting.from : '',
      waitingFor: counts ? '' : counting.waitingFor,
      verified: unit.verified !== undefined,
    };
  });

function capacityOf(rows: readonly FacilityRow[]) {
  const total = (field: 'beds' | 'dayPlaces' | 'served'): number => rows.reduce((sum, row) => sum + row[field], 0);
  const [beds, dayPlaces, served] = [total('beds'), total('dayPlaces'), total('served')];
  const places = beds + dayPlaces;
  return {
    ...{ institutions: rows.length, verified: rows.filter(({ verified }) => verified).length, beds, dayPlaces, served },
    occupancy: places === 0 ? null : toText(fraction(served, places)),
  };
}

/** 整体迁建: one that opened its new site and still serves at the old one has not moved. */
const relocationOf = ({ stream, name, county, inUseFrom, oldSiteMoved, waitingFor }: FacilityRow) => ({
  ...{ stream, name, county, moved: inUseFrom, oldSiteMoved },
  stage:
    inUseFrom !== '' ? '已整体迁建' : waitingFor === 'SSP_OLD_SITE_STILL_SERVES' ? '新址投用、原址未迁出' : '未投用',
});

/** 福利设施: beds and day places in use by purpose, how full they are, and what was moved only in part. */
export const facilities: SectorView<FacilityRow> = {
  title: '社会福利设施：用途、床位与在院人数，按用途',
  parameters: {
    county: '县（区）代码；不填为全部',
    use: '用途：children-village、child-rehabilitation、mental-health、care-centre；不填为全部',
  },
  rows: facilityRows,
  formulas: ['uses/*/inUse', 'uses/*/notYet'].map((part) => ({
    ...{ figure: `${part}/occupancy`, rule: 'quotient' },
    of: { n: `${part}/served`, N: `${part}/beds + ${part}/dayPlaces` },
    text: '入住率 = n ÷ N：在院（服务）人数 ÷（床位 + 日间照料位）',
  })),
  answer(rows, plan, { county, use }) {
    const asked = rows.filter((row) => (!county || row.county === county) && (!use || row.use === use));
    return {
      uses: (Object.keys(USES) as Use[])
        .map((one) => ({ one, here: asked.filter((row) => row.use === one) }))
        .filter(({ here }) => here.length > 0)
        .map(({ one, here }) => ({
          use: one,
          name: USES[one],
          inUse: capacityOf(here.filter(({ inUseFrom }) => inUseFrom !== '')),
          notYet: capacityOf(here.filter(({ inUseFrom }) => inUseFrom === '')),
          institutions: here,
        })),
      centreLevels: Object.entries(CENTRE_LEVELS).map(([level, name]) => {
        const here = asked.filter((row) => row.level === level);
        return { level, name, delivered: here.length, inUse: here.filter(({ inUseFrom }) => inUseFrom !== '').length };
      }),
      relocations: asked.filter(({ relocated }) => relocated).map(relocationOf),
      worksMissing: worksMissing(measuresCounting(plan, SECTOR, 'facility', 'care-centre'), rows),
    };
  },
};

interface HomeRow {
  stream: string;
  county: string;
  name: string;
  /** Community or town of the roster. */
  member: string;
  place: keyof typeof PLACES;
  squareMetres: number;
  workers: number;
  openDays: number;
  from: IsoDate | '';
  waitingFor: string;
}

const homeRows = (project: ProjectState): HomeRow[] =>
  standingUnits(project, 'children-home').map((unit) => {
    const facts = factsNow(unit);
    const counting = childrenHome.countsFrom(unit, project);
    const [from, waitingFor] = 'from' in counting ? [counting.from, ''] : (['', counting.waitingFor] as const);
    return {
      ...{ stream: project.stream, county: project.registration?.county ?? '', name: unit.name, member: unit.member },
      place: facts['place'] as HomeRow['place'],
      squareMetres: numberOf(facts, 'areaSquareMetres'),
      workers: numberOf(facts, 'workers'),
      openDays: numberOf(facts, 'openDays'),
      from,
      waitingFor,
    };
  });

/** The communities and towns that must have one. An open roster has no members: nobody is said to be without a home. */
function rosterOf(plan: PlanState, open: ReadonlySet<string>) {
  const [measure] = measuresCounting(plan, SECTOR, 'children-home');
  const roster = plan.rosters.get(measure?.roster ?? '');
  if (!roster || roster.open) return { settled: false, members: null, withHome: null, without: null };
  const without = roster.members.filter(({ member }) => !open.has(member));
  return {
    ...{ settled: true, members: roster.members.length, withHome: roster.members.length - without.length },
    without: without.map(({ member, name, county }) => ({ member, name, county })),
  };
}

/** 儿童之家: where children find an open door, on how many days of the week, and which place of the roster has none. */
export const childrenHomes: SectorView<HomeRow> = {
  title: '儿童之家：社区、乡镇覆盖与每周开放天数，按县（区）',
  parameters: { county: '县（区）代码；不填为全部；名册覆盖只有全市口径' },
  rows: homeRows,
  answer(rows, plan, { county }) {
    const open = rows.filter(({ from }) => from !== '');
    const codes = [...new Set(rows.map((row) => row.county))].filter((code) => !county || code === county).sort();
    return {
      counties: codes.map((code) => {
        const here = open.filter((row) => row.county === code);
        const byDays = Array.from(
          { length: 7 },
          (_, day) => here.filter(({ openDays }) => openDays === day + 1).length,
        );
        return {
          county: code,
          countyName: plan.counties.get(code)?.name ?? code,
          communities: here.filter(({ place }) => place === 'community').length,
          towns: here.filter(({ place }) => place === 'town').length,
          workers: here.reduce((sum, { workers }) => sum + workers, 0),
          squareMetres: here.reduce((sum, { squareMetres }) => sum + squareMetres, 0),
          /** Homes that open on one day a week, on two … on seven. */
          homesByOpenDays: byDays,
        };
      }),
      waiting: rows
        .filter((row) => row.from === '' && (!county || row.county === county))
        .map(({ name, county: code, waitingFor, stream }) => ({ name, county: code, waitingFor, stream })),
      roster: rosterOf(plan, new Set(open.map(({ member }) => member))),
    };
  },
};

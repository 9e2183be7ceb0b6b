import type { IsoDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { claimFor, factsOn, type ProjectState, type UnitState } from '../project.js';
import type { SectorView } from '../sector.js';
import { FIVE_HAVES, type Have, haves, memorial, PROTECTION_LEVELS, station, STATION_LEVELS } from './rules.js';

/** Facts that were ever stated hold; a statement is never dated after the day it was made. */
const LAST_DAY: IsoDate = '9999-12-31';

interface StationRow {
  stream: string;
  unit: string;
  name: string;
  measure: string;
  member: string;
  county: string;
  level: string;
  has: Have[];
  /** The day from which it counts; empty while it waits. */
  titled: IsoDate | '';
  /** 摘牌 */
  lost: IsoDate | '';
  verified: boolean;
}

const stationRow = (unit: UnitState, project: ProjectState): StationRow => {
  const facts = factsOn(unit, LAST_DAY);
  const counting = station.countsFrom(unit, project);
  return {
    ...{ stream: project.stream, unit: unit.unit, name: unit.name, measure: unit.measure, member: unit.member },
    county: project.registration?.county ?? '',
    level: String(facts['level'] ?? ''),
    has: haves.filter((have) => facts[have] === true),
    titled: 'from' in counting ? counting.from : '',
    lost: unit.lost?.on ?? '',
    verified: unit.verified !== undefined,
  };
};

/** One place as a set sees it: however often it was delivered, it has each of the five once. */
interface Place {
  name: string;
  county: string;
  level: string;
  has: ReadonlySet<Have>;
  stream: string;
}

function placesOf(rows: readonly StationRow[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const row of rows) {
    const key = row.member || `${row.stream}/${row.unit}`;
    const has = new Set([...(places.get(key)?.has ?? []), ...row.has]);
    places.set(key, { name: row.name, county: row.county, level: row.level, has, stream: row.stream });
  }
  return places;
}

const named = (plan: PlanState, county: string): string => plan.counties.get(county)?.name ?? county;

/** Stations by county and level, and of each of the five how many have it. */
function fiveHavesCells(places: Iterable<Place>, plan: PlanState): unknown[] {
  const cells = new Map<
    string,
    { stations: number; complete: number; has: Record<Have, number> } & Record<string, unknown>
  >();
  for (const { county, level, has } of places) {
    const key = `${county}|${level}`;
    const cell = cells.get(key) ?? {
      ...{
        county,
        countyName: named(plan, county),
        level,
        levelName: STATION_LEVELS[level as keyof typeof STATION_LEVELS],
      },
      ...{ stations: 0, complete: 0, has: { organisation: 0, staffing: 0, personnel: 0, funding: 0, safeguards: 0 } },
    };
    cells.set(key, cell);
    cell.stations += 1;
    if (has.size === haves.length) cell.complete += 1;
    for (const have of has) cell.has[have] += 1;
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

/** Members of the rosters by which the plan counts stations, each once; `open`: some roster is not adopted yet. */
function rosterOf(plan: PlanState): { open: boolean; members: Map<string, { name: string; county: string }> } {
  const rosters = [...plan.measures.values()]
    .filter(({ unitKind, roster }) => unitKind === 'station' && roster !== '')
    .map(({ roster }) => plan.rosters.get(roster));
  const members = rosters.flatMap((roster) => roster?.members ?? []);
  return {
    open: rosters.length === 0 || rosters.some((roster) => roster?.open ?? true),
    members: new Map(members.map(({ member, name, county }) => [member, { name, county }])),
  };
}

/** 五有: which places of the roster there are, what each has of the five, and which are missing altogether. */
export const stations: SectorView<StationRow> = {
  title: '退役军人服务中心（站）“五有”覆盖：按县（区）、层级',
  parameters: { county: '县（区）代码；不填为全部', level: '层级：city、county、township、village；不填为全部' },
  rows(project) {
    const units = [...project.lostUnits, ...project.units.values()];
    return units.filter(({ kind }) => kind === 'station').map((unit) => stationRow(unit, project));
  },
  answer(rows, plan, { county, level }) {
    const asked = rows.filter((row) => (!county || row.county === county) && (!level || row.level === level));
    const places = placesOf(asked.filter(({ lost }) => lost === ''));
    const roster = rosterOf(plan);
    const lists = [...roster.members].filter(([, member]) => !county || member.county === county);
    // A member that stands at another level than the one asked for is not missing.
    const standing = placesOf(rows.filter(({ lost }) => lost === ''));
    return {
      haves: FIVE_HAVES,
      cells: fiveHavesCells(places.values(), plan),
      /** 名册未定 where open: what is missing is known only of the members there are. */
      roster: { open: roster.open, members: lists.length, present: lists.filter(([id]) => standing.has(id)).length },
      missing: lists
        .filter(([id]) => !standing.has(id))
        .map(([member, { name, county: code }]) => ({ member, name, county: code, countyName: named(plan, code) })),
      incomplete: [...places]
        .filter(([, { has }]) => has.size < haves.length)
        .map(([place, { name, county: code, level: at, has, stream }]) => {
          return { place, name, county: code, level: at, lacks: haves.filter((have) => !has.has(have)), stream };
        }),
      outsideRoster: [...places.keys()].filter((key) => !roster.members.has(key)),
      titlesLost: asked
        .filter(({ lost }) => lost !== '')
        .map(({ name, county: code, lost, stream }) => ({ name, county: code, lost, stream })),
    };
  },
};

/** How far a memorial is: accepted is not done before it is handed over. */
const HANDOVER = {
  preparing: '前期',
  building: '在建',
  accepted: '已验收、待移交管护',
  'handed-over': '已移交管护',
  open: '已开放',
} as const;
type Handover = keyof typeof HANDOVER;

interface MemorialRow {
  stream: string;
  county: string;
  project: string;
  /** Empty: of a project that has delivered none yet, with the measures it plans for. */
  unit: string;
  name: string;
  member: string;
  plans: string[];
  protection: string;
  managingUnit: string;
  superiorApproval: string;
  handover: Handover;
  counts: IsoDate | '';
  verified: boolean;
}

function handoverOf(reached: (milestone: string) => boolean): Handover {
  if (!reached('acceptance')) return reached('start') ? 'building' : 'preparing';
  if (!reached('handover')) return 'accepted';
  return reached('opening') ? 'open' : 'handed-over';
}

function memorialRows(project: ProjectState): MemorialRow[] {
  const { stream, registration, baseline } = project;
  if (registration?.template !== 'facility') return [];
  const shared = { stream, county: registration.county, project: registration.name, plans: [] };
  const units = [...project.units.values()].filter(({ kind, lost }) => kind === 'memorial' && !lost);
  if (units.length === 0) {
    const plans = (baseline?.outputs ?? []).map(({ measure }) => measure);
    const handover = handoverOf((milestone) => project.milestones.get(milestone)?.claimed !== undefined);
    const unknown = {
      unit: '',
      member: '',
      protection: '',
      managingUnit: '',
      superiorApproval: '',
      counts: '',
      verified: false,
    } as const;
    return [{ ...shared, ...unknown, plans, name: registration.name, handover }];
  }
  return units.map((unit) => {
    const facts = factsOn(unit, LAST_DAY);
    const said = (field: string): string => String(facts[field] ?? '');
    const counting = memorial.countsFrom(unit, project);
    return {
      ...{ ...shared, unit: unit.unit, name: unit.name, member: unit.member },
      ...{
        protection: said('protection'),
        managingUnit: said('managingUnit'),
        superiorApproval: said('superiorApproval'),
      },
      handover: handoverOf((milestone) => claimFor(project, unit, milestone) !== undefined),
      counts: 'from' in counting ? counting.from : '',
      verified: unit.verified !== undefined,
    };
  });
}

/** The memorials with level of protection, managing unit and state of the handover; and the works not delivered yet. */
export const memorials: SectorView<MemorialRow> = {
  title: '烈士纪念设施：保护级别与移交管护',
  parameters: { county: '县（区）代码；不填为全部', protection: '保护级别；不填为全部' },
  rows: memorialRows,
  answer(rows, plan, { county, protection }) {
    const targets = [...plan.measures.values()].filter(({ unitKind }) => unitKind === 'memorial');
    const ids = new Set(targets.map(({ measure }) => measure));
    const listed = rows
      .filter(({ unit, plans }) => unit !== '' || plans.some((measure) => ids.has(measure)))
      .filter((row) => (!county || row.county === county) && (!protection || row.protection === protection))
      .sort((a, b) => (a.county === b.county ? (a.name < b.name ? -1 : 1) : a.county < b.county ? -1 : 1));
    const delivered = new Set(rows.map(({ member }) => member));
    return {
      memorials: listed.map((row) => memorialShown(row, plan)),
      worksNotDelivered: targets
        .flatMap(({ works }) => works)
        .filter(({ work }) => !delivered.has(work))
        .map(({ work, name }) => ({ work, name })),
    };
  },
};

/** Field by field: of ten thousand rows, copies by spreading took ten times as long as all else of the answer. */
const memorialShown = (row: MemorialRow, plan: PlanState) => ({
  stream: row.stream,
  county: row.county,
  project: row.project,
  unit: row.unit,
  name: row.name,
  member: row.member,
  protection: row.protection,
  managingUnit: row.managingUnit,
  superiorApproval: row.superiorApproval,
  handover: row.handover,
  counts: row.counts,
  verified: row.verified,
  countyName: named(plan, row.county),
  protectionName: PROTECTION_LEVELS[row.protection as keyof typeof PROTECTION_LEVELS] ?? '',
  handoverName: HANDOVER[row.handover],
});

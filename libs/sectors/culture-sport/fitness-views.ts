import type { RosterDefined } from '@planledger/contracts';
import { fraction, type IsoDate, toText } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { measuresCounting } from '../plan-measures.js';
import type { ProjectState } from '../project.js';
import { factsNow, numberOf, type SectorView, standingUnits } from '../sector.js';
import { circleCommunity, fitnessSite, SITE_WORKS, type SiteWorks } from './fitness.js';

const SECTOR = 'culture-sport';

const countyName = (plan: PlanState, county: string): string => plan.counties.get(county)?.name ?? county;
const countiesOf = (rows: readonly { readonly county: string }[]): string[] =>
  [...new Set(rows.map(({ county }) => county))].sort();

interface SiteRow {
  stream: string;
  county: string;
  name: string;
  works: SiteWorks;
  squareMetres: number;
  sets: number;
  open: IsoDate | '';
  waitingFor: string;
  verified: boolean;
}

const siteRows = (project: ProjectState): SiteRow[] =>
  standingUnits(project, 'fitness-site').map((unit) => {
    const [facts, counting] = [factsNow(unit), fitnessSite.countsFrom(unit, project)];
    return {
      ...{ stream: project.stream, county: project.registration?.county ?? '', name: unit.name },
      works: facts['works'] as SiteWorks,
      ...{ squareMetres: numberOf(facts, 'areaSquareMetres'), sets: numberOf(facts, 'equipmentSets') },
      ...('from' in counting
        ? { open: counting.from, waitingFor: '' }
        : { open: '' as const, waitingFor: counting.waitingFor }),
      verified: unit.verified !== undefined,
    };
  });

function sitesTally(rows: readonly SiteRow[]) {
  const of = (works: SiteWorks) => {
    const sites = rows.filter((row) => row.works === works && row.open !== '');
    return {
      name: SITE_WORKS[works],
      claimed: sites.length,
      verified: sites.filter(({ verified }) => verified).length,
      squareMetres: sites.reduce((area, row) => area + row.squareMetres, 0),
      equipmentSets: sites.reduce((sets, row) => sets + row.sets, 0),
    };
  };
  return { new: of('new'), upgraded: of('upgraded'), waiting: rows.filter(({ open }) => open === '').length };
}

/** The 500: what was built new and what was upgraded are two numbers, and only their sum meets the target. */
export const fitnessFacilities: SectorView<SiteRow> = {
  title: '全民健身场地设施：新建与提档升级，按县（区）',
  parameters: { county: '县（区）代码；不填为全部' },
  rows: siteRows,
  answer(rows, plan, { county }) {
    const asked = rows.filter((row) => !county || row.county === county);
    const targets = measuresCounting(plan, SECTOR, 'fitness-site');
    return {
      // A county has no target of its own before the city's is decomposed.
      targets: county ? [] : targets.map(({ measure, name, low }) => ({ measure, name, target: low })),
      all: sitesTally(asked),
      counties: countiesOf(asked).map((code) => ({
        county: code,
        countyName: countyName(plan, code),
        ...sitesTally(asked.filter((row) => row.county === code)),
      })),
      waiting: asked
        .filter(({ open }) => open === '')
        .map(({ stream, name, works, waitingFor, county: code }) => ({
          stream,
          name,
          works,
          waitingFor,
          county: code,
        })),
    };
  },
};

/** A community of the circle or, as `site`, an open site that names the community it was built for. */
interface CircleRow {
  kind: 'community' | 'site';
  stream: string;
  county: string;
  /** Member of the roster. */
  community: string;
  name: string;
  site: string;
  minutes: number;
  reached: IsoDate | '';
  verified: boolean;
}

const circleRows = (project: ProjectState): CircleRow[] =>
  standingUnits(project, 'circle-community', 'fitness-site').flatMap((unit) => {
    const facts = factsNow(unit);
    const kind = unit.kind === 'fitness-site' ? 'site' : 'community';
    const counting = (kind === 'site' ? fitnessSite : circleCommunity).countsFrom(unit, project);
    const community = kind === 'site' ? String(facts['community'] ?? '') : unit.member || unit.unit;
    if (community === '') return [];
    return {
      ...{ kind, stream: project.stream, county: project.registration?.county ?? '' },
      ...{ community, name: unit.name, site: kind === 'site' ? unit.unit : String(facts['site']) },
      ...{ minutes: numberOf(facts, 'walkMinutes'), reached: 'from' in counting ? counting.from : '' },
      verified: unit.verified !== undefined,
    };
  });

/** Each community once: by the site that is open, of those the nearest. */
function nearest(rows: readonly CircleRow[]): CircleRow[] {
  const communities = new Map<string, CircleRow>();
  for (const row of rows) {
    const known = communities.get(row.community);
    const better = !known || (row.reached !== '' && (known.reached === '' || row.minutes < known.minutes));
    if (better) communities.set(row.community, row);
  }
  return [...communities.values()].sort((a, b) => (a.community < b.community ? -1 : 1));
}

/** The communities that the circle must reach; undefined while the roster is open: then nobody knows how many. */
function membersOf(plan: PlanState): RosterDefined['members'] | undefined {
  const [measure] = measuresCounting(plan, SECTOR, 'circle-community');
  const roster = plan.rosters.get(measure?.roster ?? '');
  return roster?.open ? undefined : roster?.members;
}

function rosterAnswer(members: RosterDefined['members'] | undefined, reached: readonly CircleRow[], county = '') {
  if (!members)
    return { roster: '名册未定', communities: null, covered: null, share: null, missing: null, outside: null };
  const asked = members.filter((member) => county === '' || member.county === county);
  const there = new Set(reached.map(({ community }) => community));
  const missing = asked.filter(({ member }) => !there.has(member));
  const known = new Set(members.map(({ member }) => member));
  return {
    ...{ roster: '名册已定', communities: asked.length, covered: asked.length - missing.length },
    share: asked.length === 0 ? null : toText(fraction(asked.length - missing.length, asked.length)),
    missing: missing.map(({ member, name, county: code }) => ({ community: member, name, county: code })),
    outside: [...there].filter((community) => !known.has(community)),
  };
}

const HALF_WAY_MINUTES = 5;

/** “10分钟健身圈”: which communities have an open site within the walk, how near it is, and which have none. */
export const fitnessCircle: SectorView<CircleRow> = {
  title: '“10分钟健身圈”：社区覆盖与步行时间，按县（区）',
  parameters: { county: '县（区）代码；不填为全部' },
  rows: circleRows,
  formulas: [
    {
      ...{ figure: 'share', rule: 'quotient', of: { n: 'covered', N: 'communities' } },
      text: '覆盖率 = n ÷ N：已覆盖的社区 ÷ 名册社区',
    },
  ],
  answer(rows, plan, { county }) {
    const members = membersOf(plan);
    // A city's project serves communities of any county: where one lies, the roster says.
    const places = new Map(members?.map(({ member, county: place }) => [member, place]));
    const asked = rows
      .map((row) => ({ ...row, county: places.get(row.community) ?? row.county }))
      .filter((row) => !county || row.county === county);
    const communities = nearest(asked.filter(({ kind }) => kind === 'community'));
    const reached = communities.filter((row) => row.reached !== '');
    const there = new Set(reached.map(({ community }) => community));
    return {
      ...rosterAnswer(members, reached, county),
      counties: countiesOf(reached).map((code) => {
        const here = reached.filter((row) => row.county === code);
        const near = here.filter(({ minutes }) => minutes <= HALF_WAY_MINUTES).length;
        return {
          ...{ county: code, countyName: countyName(plan, code), reached: here.length },
          verified: here.filter(({ verified }) => verified).length,
          ...{ withinFiveMinutes: near, sixToTenMinutes: here.length - near },
        };
      }),
      siteNotOpen: communities
        .filter((row) => row.reached === '')
        .map(({ community, name, site, stream }) => ({ community, name, site, stream })),
      /** A site is open for it, and nobody has said how far its people walk. */
      siteWithoutCommunity: asked
        .filter(({ kind, reached: open, community }) => kind === 'site' && open !== '' && !there.has(community))
        .map(({ community, name, stream }) => ({ community, name, stream })),
    };
  },
};

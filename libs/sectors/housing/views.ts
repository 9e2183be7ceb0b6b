import { daysBetween, isDate, type IsoDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { milestoneKey, type MilestoneState, type ProjectState } from '../project.js';
import { numberOf, type SectorView } from '../sector.js';
import { standing } from './rules.js';

/** Milestones by which a project is followed, in order; each a number of its own: 开工 is not 完成. */
const STAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'old-community': { survey: '摸底', start: '开工', acceptance: '竣工联合验收', handover: '移交管护' },
  shantytown: {
    notice: '征收公告',
    start: '开工',
    'basic-completion': '基本建成',
    acceptance: '竣工',
    'move-in': '交付',
  },
};
/** The quantity milestone of each, in 户. */
const WORKS: Readonly<Record<string, string>> = { 'old-community': 'basic', shantytown: 'signing' };

const stagesOf = (template: string): string[] => Object.keys(STAGES[template] ?? {});

/**
 * One community of a project or, with an empty `community`, what the project plans beyond those it names: early on,
 * before anything is delivered, that is all of it.
 */
interface SiteRow {
  stream: string;
  project: string;
  county: string;
  template: string;
  /** Cancelled or moved out: only what was accepted stays. */
  ended: boolean;
  community: string;
  name: string;
  /** 0 where not yet stated. */
  households: number;
  /** Of the rest only: communities named, designed outputs, and the works by 户. */
  rest?: { named: number; designed: { measure: string; quantity: number }[]; works: Works };
  reached: Record<string, { on: IsoDate; verified: boolean }>;
}

interface Works {
  designed: number;
  claimed: number;
  verified: number;
}

/**
 * Communities that the project names: delivered ones, those of delivered households, and those of which a milestone was
 * claimed before any delivery. Households are 0 where not stated yet.
 */
function communitiesOf(project: ProjectState): Map<string, { name: string; households: number }> {
  const named = new Map<string, { name: string; households: number }>();
  for (const { facts, quantity } of standing(project, 'household')) {
    const code = String(facts['community']);
    named.set(code, { name: code, households: (named.get(code)?.households ?? 0) + quantity });
  }
  const others = new Set([...project.units.values()].map(({ unit }) => unit));
  for (const [key, { claimed }] of project.milestones) {
    const code = key.split('@')[1] ?? '';
    if (code && claimed && !others.has(code) && !named.has(code)) named.set(code, { name: code, households: 0 });
  }
  // What a community says of itself stands above the lots of it that were reported.
  for (const { unit, name, facts } of standing(project, 'community')) {
    named.set(unit, { name, households: numberOf(facts, 'households') });
  }
  return named;
}

function reachedBy(project: ProjectState, stages: readonly string[], community: string): SiteRow['reached'] {
  const reached: SiteRow['reached'] = {};
  for (const stage of stages) {
    const own: MilestoneState | undefined = project.milestones.get(milestoneKey(stage, community));
    const { claimed, verified } = (own?.claimed ? own : project.milestones.get(stage)) ?? {};
    if (claimed) reached[stage] = { on: claimed.on, verified: verified !== undefined };
  }
  return reached;
}

function sitesOf(project: ProjectState): SiteRow[] {
  const { registration, baseline, progress, lifecycle } = project;
  const template = registration?.template ?? '';
  const stages = stagesOf(template);
  if (!registration || stages.length === 0) return [];
  const works = WORKS[template] ?? '';
  const designed = baseline?.milestones.find(({ milestone }) => milestone === works)?.designed ?? 0;
  const shared = {
    ...{ stream: project.stream, project: registration.name, county: registration.county, template },
    ended: lifecycle.status === 'cancelled' || lifecycle.status === 'moved-out',
  };
  const named = [...communitiesOf(project)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([community, { name, households }]): SiteRow => {
      return { ...shared, community, name, households, reached: reachedBy(project, stages, community) };
    });
  const stated = named.reduce((sum, { households }) => sum + households, 0);
  const rest: SiteRow = {
    ...{ ...shared, community: '', name: registration.name, households: Math.max(0, designed - stated) },
    reached: reachedBy(project, stages, ''),
    rest: {
      named: named.length,
      designed: (baseline?.outputs ?? []).map(({ measure, quantity }) => ({ measure, quantity })),
      works: {
        designed,
        claimed: Math.min(designed, progress.claimed?.done.get(works) ?? 0),
        verified: Math.min(designed, progress.verified?.done.get(works) ?? 0),
      },
    },
  };
  return [...named, rest];
}

/** How many communities a row stands for. A project that plans and names none is one itself. */
function communitiesIn({ rest }: SiteRow, plan: PlanState): number {
  if (!rest) return 1;
  const planned = rest.designed
    .filter(({ measure }) => plan.measures.get(measure)?.unitKind === 'community')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return rest.named === 0 ? Math.max(1, planned) : Math.max(0, planned - rest.named);
}

interface Tally {
  name: string;
  communities: { claimed: number; verified: number };
  households: { claimed: number; verified: number };
}

interface CountyPipeline {
  county: string;
  countyName: string;
  communities: number;
  households: number;
  /** Communities whose households are not stated yet: their 户 are in no figure. */
  unstated: number;
  /** At least so far, by stage. */
  stages: Record<string, Tally>;
  /** Quantity milestone in 户: 基础类 done, or contracts signed. */
  works: Works;
}

const noTally = (name: string): Tally => ({
  name,
  communities: { claimed: 0, verified: 0 },
  households: { claimed: 0, verified: 0 },
});

function countyPipelines(sites: readonly SiteRow[], template: string, plan: PlanState): CountyPipeline[] {
  const pipelines = new Map<string, CountyPipeline>();
  const stages = Object.entries(STAGES[template] ?? {});
  for (const site of sites) {
    if (site.template !== template || (site.ended && !site.reached['acceptance'])) continue;
    const communities = communitiesIn(site, plan);
    const pipeline: CountyPipeline = pipelines.get(site.county) ?? {
      county: site.county,
      countyName: plan.counties.get(site.county)?.name ?? site.county,
      ...{ communities: 0, households: 0, unstated: 0, works: { designed: 0, claimed: 0, verified: 0 } },
      stages: Object.fromEntries(stages.map(([stage, name]) => [stage, noTally(name)])),
    };
    pipelines.set(site.county, pipeline);
    pipeline.communities += communities;
    pipeline.households += site.households;
    if (site.households === 0) pipeline.unstated += communities;
    for (const [stage, { verified }] of Object.entries(site.reached)) {
      const tally = pipeline.stages[stage];
      if (!tally) continue;
      for (const basis of verified ? (['claimed', 'verified'] as const) : (['claimed'] as const)) {
        tally.communities[basis] += communities;
        tally.households[basis] += site.households;
      }
    }
    if (!site.rest) continue;
    pipeline.works.designed += site.rest.works.designed;
    pipeline.works.claimed += site.rest.works.claimed;
    pipeline.works.verified += site.rest.works.verified;
  }
  return [...pipelines.values()].sort((a, b) => (a.county < b.county ? -1 : 1));
}

/** Where a community stands and for how long, the longest first; one at its last stage is not stuck. */
function stuck(sites: readonly SiteRow[], plan: PlanState, on: IsoDate | undefined): unknown[] {
  const waiting = sites.flatMap((site) => {
    const stages = stagesOf(site.template);
    const at = stages.findLastIndex((stage) => site.reached[stage]);
    const [stage, next] = [stages[at], stages[at + 1]];
    const communities = communitiesIn(site, plan);
    if (site.ended || stage === undefined || next === undefined || communities === 0) return [];
    const since = site.reached[stage]?.on ?? '';
    const { stream, county, community, name, households } = site;
    const [stageName, nextName] = [stage, next].map((code) => STAGES[site.template]?.[code]);
    const days = on === undefined ? {} : { days: daysBetween(since, on) };
    return [
      { stream, county, community, name, communities, households, stage, stageName, next, nextName, since, ...days },
    ];
  });
  return waiting.sort((a, b) => (a.since === b.since ? (a.name < b.name ? -1 : 1) : a.since < b.since ? -1 : 1));
}

/**
 * 改造进程: how far communities and households are, by county, claimed and verified; of 棚改 开工, 基本建成 and 交付 as three
 * numbers that are never added; and where each community waits.
 */
export const renovationPipeline: SectorView<SiteRow> = {
  title: '老旧小区、棚户区改造进程：按县（区）、小区、户',
  parameters: { county: '县（区）代码；不填为全部', on: '计算停留天数的日期，如 2025-06-30；不填不计算' },
  rows: sitesOf,
  answer(rows, plan, { county, on }) {
    const sites = county ? rows.filter((row) => row.county === county) : rows;
    return {
      renovation: countyPipelines(sites, 'old-community', plan),
      resettlement: countyPipelines(sites, 'shantytown', plan),
      stuck: stuck(sites, plan, on !== undefined && isDate(on) ? on : undefined),
    };
  },
};

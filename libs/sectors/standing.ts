import {
  type Amount,
  Confidence,
  type Contribution,
  type MilestoneStanding,
  ProjectStatus,
  type Standing,
  type Suspension,
  type Uncounted,
} from '@planledger/contracts';
import { type Fraction, fraction, parseFraction, weightedMean } from '@planledger/kernel';
import { baselineStanding, requestStandings } from './baseline.js';
import { elementStandings } from './elements.js';
import type { Happening, ProjectState, UnitState } from './project.js';
import type { Pause } from './renewal.js';
import type { Fact, Sector, TemplateMilestone } from './sector.js';
import { designedQuantities, doneShare } from './unit-progress.js';

/**
 * What a project contributes to the plan (DESIGN §6): its counted units, each with the day from which it counts, and
 * its milestones' shares. Pure: the same for the live follower, a rebuild and the auditor's replay.
 */
export function standingOf(sector: Sector, project: ProjectState, plan: string, generation = 1): Standing {
  const { registration, lifecycle, offPlan, reserve, reported } = project;
  const milestones = milestoneStandings(sector, project);
  const contributions: Contribution[] = [];
  const uncounted: Uncounted[] = [];
  for (const unit of [...project.lostUnits, ...project.units.values()]) {
    for (const confidence of [Confidence.CLAIMED, Confidence.VERIFIED]) {
      count(sector, project, unit, confidence, contributions, uncounted);
    }
  }
  return {
    $typeName: 'planledger.v1.Standing',
    plan,
    stream: project.stream,
    generation,
    version: project.version,
    position: project.position,
    sector: sector.slug,
    rules: sector.rules,
    name: registration?.name ?? '',
    county: registration?.county ?? '',
    unit: registration?.unit ?? '',
    items: [...project.items.keys()],
    status: STATUS[lifecycle.status],
    startedOn: startedOn(sector, project),
    milestones,
    designed: designedQuantities(project.baseline?.outputs ?? [], project, milestones),
    designedNow: designedQuantities(project.rebaselined?.baseline.outputs ?? [], project, milestones),
    contributions,
    uncounted,
    observations: [],
    elements: elementStandings(project),
    ...baselineStanding(project),
    requests: requestStandings(project.requests),
    ...statistics(project.codes),
    ...{ offPlan: offPlan !== undefined, offPlanSince: offPlan?.on ?? '', inReserve: reserve !== undefined },
    ...{ reserveSince: reserve?.on ?? '', reserved: suspensions(project.stays) },
    ...{ statusSince: lifecycle.since?.on ?? '', document: lifecycle.document },
    suspensions: suspensions(lifecycle.pauses),
    ...{ reportedOn: reported?.on ?? '', backfilled: reported?.backfilled ?? false },
    reportedEntries: reported ? [...reported.positions] : [],
    ...{ successors: lifecycle.into.map((id) => `project/${id}`), plannedOn: project.baseline?.on ?? '' },
  };
}

const suspensions = (pauses: readonly Pause[]): Suspension[] =>
  pauses.length === 0
    ? []
    : pauses
        .map((pause): Suspension => ({ $typeName: 'planledger.v1.Suspension', ...pause }))
        .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

const STATUS = {
  active: ProjectStatus.ACTIVE,
  suspended: ProjectStatus.SUSPENDED,
  cancelled: ProjectStatus.CANCELLED,
  'moved-out': ProjectStatus.MOVED_OUT,
  split: ProjectStatus.SPLIT,
  merged: ProjectStatus.MERGED,
} as const;

function count(
  sector: Sector,
  project: ProjectState,
  unit: UnitState,
  confidence: Confidence,
  contributions: Contribution[],
  uncounted: Uncounted[],
): void {
  const vouched = confidence === Confidence.VERIFIED ? unit.verified : unit.delivered;
  const kind = sector.unitKinds[unit.kind];
  if (!vouched || !kind) return;
  const { measure, quantity, member } = unit;
  const known = confidence === Confidence.VERIFIED ? vouchedFor(unit) : unit;
  const counting = kind.countsFrom(known, project);
  const made = [
    ...unit.delivered.positions,
    ...(confidence === Confidence.VERIFIED ? vouched.positions : []),
    ...(unit.lost?.positions ?? []),
    ...counting.entries,
  ];
  const entries = [...new Set(made)].sort((a, b) => a - b);
  if ('waitingFor' in counting) {
    uncounted.push({
      $typeName: 'planledger.v1.Uncounted',
      measure,
      unit: unit.unit,
      quantity,
      confidence,
      reason: counting.waitingFor,
      entries,
    });
    return;
  }
  const county = project.registration?.county ?? '';
  const until = unit.lost?.on ?? '';
  const from = notBeforeRedelivery(project, unit, counting.from);
  // Lost before it ever counted: it contributes on no day.
  if (until !== '' && until <= from) return;
  contributions.push({
    $typeName: 'planledger.v1.Contribution',
    ...{ measure, unit: unit.unit, member, quantity, county, confidence },
    ...{ from, until, entries },
    amounts: kind.amounts ? amountsOf(kind.amounts, known) : [],
  });
}

/** What the unit states of these facts, at its delivery and later, in the order of the days since when it holds. */
function amountsOf(names: readonly string[], { facts, statements }: UnitState): Amount[] {
  const amounts: Amount[] = [];
  const stated = (fact: string, quantity: Fact | undefined, from: string, entries: readonly number[]): void => {
    if (typeof quantity !== 'number') return;
    amounts.push({ $typeName: 'planledger.v1.Amount', fact, quantity, from, entries: [...entries] });
  };
  for (const fact of names) stated(fact, facts[fact], '', []);
  for (const each of [...statements].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    for (const fact of names) stated(fact, each.facts[fact], each.on, each.positions);
  }
  return amounts;
}

/** 入库: the earliest day from which it has a number of the statistics library. */
function statistics(codes: ProjectState['codes']): Pick<Standing, 'statisticsFrom' | 'statisticsEntries'> {
  let first: ProjectState['codes'][number] | undefined;
  for (const code of codes) if (code.kind === 'statistics' && (!first || code.from < first.from)) first = code;
  return { statisticsFrom: first?.from ?? '', statisticsEntries: first ? [...first.positions] : [] };
}

/** The unit as verifiers know it: of later facts those alone that were verified, each with the entry that says so. */
function vouchedFor(unit: UnitState): UnitState {
  if (unit.statements.length === 0) return unit;
  const statements = unit.statements.flatMap((statement) =>
    statement.verified ? [{ ...statement, positions: [...statement.positions, ...statement.verified.positions] }] : [],
  );
  return { ...unit, statements };
}

/** A unit lost and delivered again counts anew from its new delivery, however old the milestones are that it stands on. */
function notBeforeRedelivery(project: ProjectState, unit: UnitState, from: string): string {
  const [delivered = 0] = unit.delivered.positions;
  const again = project.lostUnits.some(
    (earlier) =>
      earlier.measure === unit.measure &&
      earlier.unit === unit.unit &&
      (earlier.delivered.positions[0] ?? 0) < delivered,
  );
  return again && unit.delivered.on > from ? unit.delivered.on : from;
}

/** The template the project was registered with; empty for one its sector does not know. */
export const templateOf = (sector: Sector, project: ProjectState): readonly TemplateMilestone[] => {
  const name = project.registration?.template ?? '';
  return Object.hasOwn(sector.templates, name) ? (sector.templates[name]?.milestones ?? []) : [];
};

/** YYYY-MM-DD of the first claimed start of works; empty where nothing was begun, as of a scheme, which builds nothing. */
export function startedOn(sector: Sector, project: ProjectState): string {
  const start = templateOf(sector, project).find(({ type }) => type === 'start');
  // Work that builds nothing, or was exempted from 开工, starts with its first reported quantity.
  if (!start || project.exempt.has(start.code)) return project.progress.claimed?.begun ?? '';
  const claims = [...project.milestones].filter(([key]) => key === start.code || key.startsWith(`${start.code}@`));
  return claims.flatMap(([, { claimed }]) => (claimed ? [claimed.on] : [])).sort()[0] ?? '';
}

/**
 * Each planned milestone's share a, claimed and verified, in [0, 1] (DOMAIN §4.1), by what B0 designed; beside it, where
 * a re-baselining changed that quantity, by what the current baseline designs (§4.5). An exempted one is listed with the
 * entries that exempted it. Empty before B0. Written for every entry of every project: plain literals and numbers, no
 * spreads and no big integers.
 */
export function milestoneStandings(sector: Sector, project: ProjectState): MilestoneStanding[] {
  const { baseline, progress, milestones } = project;
  if (!baseline) return [];
  const planned = new Map(baseline.milestones.map((milestone) => [milestone.milestone, milestone]));
  const current = project.rebaselined?.baseline.milestones;
  const now = current && new Map(current.map((milestone) => [milestone.milestone, milestone]));
  return templateOf(sector, project).map(({ code, name, weight, type }): MilestoneStanding => {
    const plan = planned.get(code);
    const planNow = now ? now.get(code) : plan;
    const isQuantity = type === 'quantity';
    const designed = isQuantity ? (plan?.designed ?? 0) : 0;
    const designedNow = isQuantity ? (planNow?.designed ?? 0) : 0;
    const state = isQuantity ? progress : milestones.get(code);
    const claimedDone = progress.claimed?.done.get(code) ?? 0;
    const verifiedDone = progress.verified?.done.get(code) ?? 0;
    const claimed = isQuantity ? doneShare(claimedDone, designed) : shareOf(state?.claimed);
    const exemption = project.exempt.get(code);
    const moved = designed !== designedNow;
    const claimedNow = moved ? doneShare(claimedDone, designedNow) : '';
    return {
      $typeName: 'planledger.v1.MilestoneStanding',
      milestone: code,
      name,
      weight,
      due: plan?.due ?? '',
      claimed,
      verified: isQuantity ? doneShare(verifiedDone, designed) : shareOf(state?.verified),
      claimedOn: claimed === '1' ? (state?.claimed?.on ?? '') : '',
      entries: exemption ? [...exemption.positions] : positionsOf(state?.claimed, state?.verified),
      type,
      dueNow: planNow?.due ?? '',
      exempt: exemption !== undefined,
      claimedNow,
      verifiedNow: moved ? doneShare(verifiedDone, designedNow) : '',
      claimedOnNow: claimedNow === '1' ? (state?.claimed?.on ?? '') : '',
      designed,
      designedNow,
    };
  });
}

const shareOf = (made: Happening | undefined): string => (made ? '1' : '0');

function positionsOf(claimed: Happening | undefined, verified: Happening | undefined): number[] {
  if (!claimed || !verified) return [...((claimed ?? verified)?.positions ?? [])];
  return [...new Set([...claimed.positions, ...verified.positions])].sort((a, b) => a - b);
}

/** Σ w·a / Σ w over the milestones that apply (DOMAIN §4.1); null before B0, and where all are exempted. */
export function projectProgress(
  sector: Sector,
  project: ProjectState,
  confidence: 'claimed' | 'verified',
  baseline: 'b0' | 'current' = 'b0',
): Fraction | null {
  return weightedMean(
    milestoneStandings(sector, project)
      .filter(({ exempt }) => !exempt)
      .map((each) => {
        const now = baseline === 'current' ? each[`${confidence}Now`] : '';
        return { weight: fraction(each.weight), value: parseFraction(now || each[confidence]) };
      }),
  );
}

import type { Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import type { Pair } from './figure.js';
import type { Confidence, Reading } from './reading.js';
import { isOngoing, projectUnits, underWay } from './project.js';

/** What one walk over all standings yields: everything that is not a sum of cells. */
export interface Survey {
  /** By measure: Σ q·P over work under way, in millionths of a unit. */
  readonly underWay: ReadonlyMap<string, Pair<bigint>>;
  /** By item: linked projects that were neither cancelled nor moved out. */
  readonly projects: ReadonlyMap<string, number>;
  /** Items of which a linked, ongoing project has claimed 开工 by `on`. */
  readonly started: ReadonlySet<string>;
  /** Cancelled and moved-out projects, by stream. */
  readonly departed: readonly Standing[];
}

export function survey({ standings, on }: Pick<Reading, 'standings' | 'on'>): Survey {
  const ways = new Map<string, { claimed: bigint; verified: bigint }>();
  const projects = new Map<string, number>();
  const started = new Set<string>();
  const departed: Standing[] = [];
  for (const standing of standings.values()) {
    if (standing.items.length === 0 && standing.designed.length === 0) continue;
    if (!isOngoing(standing)) {
      departed.push(standing);
      continue;
    }
    for (const item of standing.items) projects.set(item, (projects.get(item) ?? 0) + 1);
    if (standing.startedOn !== '' && standing.startedOn <= on) for (const item of standing.items) started.add(item);
    for (const { measure, claimed, verified } of worksOn(standing, on)) {
      const sums = ways.get(measure) ?? { claimed: 0n, verified: 0n };
      ways.set(measure, { claimed: sums.claimed + claimed, verified: sums.verified + verified });
    }
  }
  // The order in which standings arrived must not show in an answer.
  departed.sort((a, b) => (a.stream < b.stream ? -1 : 1));
  return { underWay: ways, projects, started, departed };
}

/** q·P of one project for one measure, in millionths of a unit. */
interface Work extends Pair<bigint> {
  readonly measure: string;
}

/** A project's work under way at the end of `on`. */
function worksOn(standing: Standing, on: IsoDate): readonly Work[] {
  if (standing.designed.length === 0) return [];
  const known = remembered.get(standing);
  if (known && (known.on === on || (known.last <= on && known.last <= known.on))) return known.works;
  const works = [...new Set(standing.designed.map(({ measure }) => measure))].map((measure) => ({
    measure,
    claimed: underWayOf(standing, measure, 'claimed', on),
    verified: underWayOf(standing, measure, 'verified', on),
  }));
  const shown = works.filter(({ claimed, verified }) => claimed > 0n || verified > 0n);
  remembered.set(standing, { on, last: lastDate(standing), works: shown });
  return shown;
}

function underWayOf(standing: Standing, measure: string, confidence: Confidence, on: IsoDate): bigint {
  const units = projectUnits(standing, confidence, on).get(measure);
  if (!units) return 0n;
  const way = underWay(standing, units, confidence, on);
  return BigInt(way.units) * way.progress;
}

/**
 * What was worked out last of a standing, which never changes: it holds for the same day, and for every two days that
 * both lie after all of its dates. A memory of a pure function; without it every answer would walk every milestone.
 */
const remembered = new WeakMap<Standing, { on: IsoDate; last: IsoDate; works: readonly Work[] }>();

/** The last day on which anything in a standing changes. */
const lastDate = ({ milestones, contributions }: Standing): IsoDate =>
  [
    ...milestones.map(({ claimedOn }) => claimedOn),
    ...contributions.flatMap(({ from, until }) => [from, until]),
  ].reduce((last, date) => (date > last ? date : last), '');

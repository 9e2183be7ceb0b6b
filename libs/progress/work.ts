import type { Contribution, Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { confidenceOf, countsOn, everCounts } from './contribution.js';
import { designedIn, endOf, isOngoing, ownProgress, progressByDay } from './project.js';
import type { BaselineName, Confidence } from './reading.js';
import type { Step } from './series.js';

/**
 * Work under way of one project for one measure (c* of DOMAIN §4.3): its designed units that do not count yet, each at
 * its own progress if it was named beforehand and has milestones of its own, else at the project's. A counted unit
 * enters with 1 and is not among these. A unit's own progress has no days in a standing: it holds for every `on`.
 */
export interface Way {
  /** Empty for units at the project's progress, all of them together. */
  readonly unit: string;
  readonly units: number;
  /** P in millionths. */
  readonly progress: bigint;
}

type Side = readonly [confidence: Confidence, baseline: BaselineName];

/** What a project is designed to deliver of a measure: so many units, and those that were named beforehand. */
interface Design {
  readonly total: number;
  readonly unnamed: number;
  /** Quantity by unit, and its own progress in millionths where it has milestones of its own. */
  readonly named: ReadonlyMap<string, { readonly quantity: number; readonly progress: bigint | undefined }>;
}

function designOf(standing: Standing, measure: string, [confidence, baseline]: Side): Design {
  const named = new Map<string, { quantity: number; progress: bigint | undefined }>();
  let [total, unnamed] = [0, 0];
  for (const row of designedIn(standing, baseline)) {
    if (row.measure !== measure || row.quantity === 0) continue;
    total += row.quantity;
    if (row.unit === '') {
      unnamed += row.quantity;
      continue;
    }
    const { quantity = 0, progress } = named.get(row.unit) ?? {};
    named.set(row.unit, { quantity: quantity + row.quantity, progress: progress ?? ownProgress(row, confidence) });
  }
  return { total, unnamed, named };
}

/** The lines of an explanation; what wayOf sums up. */
export function waysOn(standing: Standing, measure: string, side: Side, on: IsoDate): Way[] {
  if (!isOngoing(standing, on)) return [];
  const [confidence, baseline] = side;
  const { unnamed, named } = designOf(standing, measure, side);
  const counted = new Set<string>();
  let others = 0;
  for (const row of standing.contributions) {
    if (row.measure !== measure || confidenceOf(row.confidence) !== confidence || !countsOn(row, on)) continue;
    if (named.has(row.unit)) counted.add(row.unit);
    else others += row.quantity;
  }
  const rest = [...named].filter(([unit]) => !counted.has(unit));
  const own = rest.flatMap(([unit, { quantity, progress }]) =>
    progress === undefined ? [] : [{ unit, units: quantity, progress }],
  );
  const atProject = rest.reduce((sum, [, { quantity, progress }]) => sum + (progress === undefined ? quantity : 0), 0);
  const units = atProject + Math.max(0, unnamed - others);
  const progress = progressByDay(standing, confidence, baseline).findLast(([day]) => day <= on)?.[1] ?? 0n;
  return [...(units > 0 ? [{ unit: '', units, progress }] : []), ...own];
}

/** The same as sums by date. */
export interface WaySteps {
  /** Σ q·P in millionths of a unit. */
  readonly millionths: readonly Step<bigint>[];
  /** Σ q. */
  readonly units: readonly Step[];
  /** How many lines waysOn has. */
  readonly lines: readonly Step[];
  /** 1 while the project has ended and delivered less than it was designed for. */
  readonly unfinished: readonly Step[];
}

/** One sweep over the days on which anything changes: a unit counts or is lost, a milestone is reached, the end. */
export function wayOf(
  standing: Standing,
  measure: string,
  side: Side,
  progress: ReturnType<typeof progressByDay>,
): WaySteps {
  const [confidence] = side;
  const end = endOf(standing);
  const sums = new Sums(designOf(standing, measure, side));
  const changes: { readonly day: IsoDate; readonly make: () => void }[] = progress.map(([day, millionths]) => ({
    day,
    make: () => (sums.progress = millionths),
  }));
  for (const row of standing.contributions) {
    if (row.measure !== measure || confidenceOf(row.confidence) !== confidence || !everCounts(row)) continue;
    changes.push({ day: row.from, make: () => sums.count(row, 1) });
    if (row.until !== '') changes.push({ day: row.until, make: () => sums.count(row, -1) });
  }
  if (end !== undefined) changes.push({ day: end, make: () => (sums.ended = true) });
  changes.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const steps = {
    millionths: [] as Step<bigint>[],
    ...{ units: [] as Step[], lines: [] as Step[], unfinished: [] as Step[] },
  };
  let before = { millionths: 0n, units: 0, lines: 0, unfinished: 0 };
  for (const [index, { day, make }] of changes.entries()) {
    make();
    if (changes[index + 1]?.day === day) continue;
    const after = sums.now();
    if (after.millionths !== before.millionths) steps.millionths.push([day, after.millionths - before.millionths]);
    if (after.units !== before.units) steps.units.push([day, after.units - before.units]);
    if (after.lines !== before.lines) steps.lines.push([day, after.lines - before.lines]);
    if (after.unfinished !== before.unfinished) steps.unfinished.push([day, after.unfinished - before.unfinished]);
    before = after;
  }
  return steps;
}

/** What is under way at one moment of the sweep. */
class Sums {
  progress = 0n;
  ended = false;
  private others = 0;
  private delivered = 0;
  /** Of the named units that do not count: at the project's progress, and at their own. */
  private atProject = 0;
  private own = { millionths: 0n, units: 0, lines: 0 };
  /** How often each named unit counts. */
  private readonly counted = new Map<string, number>();

  constructor(private readonly design: Design) {
    for (const unit of design.named.keys()) this.open(unit, 1);
  }

  count({ unit, quantity }: Contribution, sign: 1 | -1): void {
    this.delivered += sign * quantity;
    if (!this.design.named.has(unit)) {
      this.others += sign * quantity;
      return;
    }
    const before = this.counted.get(unit) ?? 0;
    this.counted.set(unit, before + sign);
    if (before > 0 !== before + sign > 0) this.open(unit, before > 0 ? 1 : -1);
  }

  private open(unit: string, sign: 1 | -1): void {
    const { quantity = 0, progress } = this.design.named.get(unit) ?? {};
    if (progress === undefined) this.atProject += sign * quantity;
    else {
      this.own.millionths += BigInt(sign * quantity) * progress;
      this.own.units += sign * quantity;
      this.own.lines += sign;
    }
  }

  now(): { millionths: bigint; units: number; lines: number; unfinished: number } {
    if (this.ended) {
      const unfinished = this.design.total > this.delivered ? 1 : 0;
      return { millionths: 0n, units: 0, lines: 0, unfinished };
    }
    const atProject = this.atProject + Math.max(0, this.design.unnamed - this.others);
    return {
      millionths: BigInt(atProject) * this.progress + this.own.millionths,
      units: atProject + this.own.units,
      lines: (atProject > 0 ? 1 : 0) + this.own.lines,
      unfinished: 0,
    };
  }
}

import type { Contribution, DesignedQuantity, Standing } from '@planledger/contracts';
import type { IsoDate } from '@planledger/kernel';
import { confidenceOf, countsOn, everCounts } from './contribution.js';
import { designedIn, endOf, isOngoing, ownProgress, progressByDay } from './project.js';
import type { BaselineName, Confidence } from './reading.js';
import type { Step } from './series.js';

/**
 * Work under way of one project for one measure (c* of DOMAIN §4.3): its designed units that do not count yet, each at
 * its own progress if it was named beforehand and has milestones of its own, else at the project's. A counted unit
 * enters with 1 and is not among these.
 */
export interface Way {
  /** Empty for units at the project's progress, all of them together. */
  readonly unit: string;
  readonly units: number;
  /** P in millionths. */
  readonly progress: bigint;
}

type Side = readonly [confidence: Confidence, baseline: BaselineName];

/** The lines of an explanation; what wayOf sums up. */
export function waysOn(standing: Standing, measure: string, [confidence, baseline]: Side, on: IsoDate): Way[] {
  if (!isOngoing(standing, on)) return [];
  const rows = designedIn(standing, baseline).filter((row) => row.measure === measure);
  const named = new Set(rows.map(({ unit }) => unit).filter((unit) => unit !== ''));
  const counted = new Set<string>();
  let others = 0;
  for (const row of standing.contributions) {
    if (row.measure !== measure || confidenceOf(row.confidence) !== confidence || !countsOn(row, on)) continue;
    if (named.has(row.unit)) counted.add(row.unit);
    else others += row.quantity;
  }
  let unnamed = 0;
  let atProject = 0;
  const own: Way[] = [];
  for (const row of rows) {
    const progress = row.unit === '' ? undefined : ownProgress(row, confidence);
    if (row.unit === '') unnamed += row.quantity;
    else if (counted.has(row.unit) || row.quantity === 0) continue;
    else if (progress === undefined) atProject += row.quantity;
    else own.push({ unit: row.unit, units: row.quantity, progress });
  }
  atProject += Math.max(0, unnamed - others);
  const progress = progressByDay(standing, confidence).findLast(([day]) => day <= on)?.[1] ?? 0n;
  return [...(atProject > 0 ? [{ unit: '', units: atProject, progress }] : []), ...own];
}

/** The same as sums by date. */
export interface WaySteps {
  /** Σ q·P in millionths of a unit. */
  readonly millionths: readonly Step<bigint>[];
  /** Σ q. */
  readonly units: readonly Step[];
  /** How many lines waysOn has. */
  readonly lines: readonly Step[];
}

/** One sweep over the days on which anything changes: a unit counts or is lost, a milestone is reached, the end. */
export function wayOf(
  standing: Standing,
  measure: string,
  [confidence, baseline]: Side,
  progress: ReturnType<typeof progressByDay>,
): WaySteps {
  const end = endOf(standing);
  const sums = new Sums(
    designedIn(standing, baseline).filter((row) => row.measure === measure),
    confidence,
  );
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
  const steps = { millionths: [] as Step<bigint>[], units: [] as Step[], lines: [] as Step[] };
  let before = { millionths: 0n, units: 0, lines: 0 };
  for (const [index, { day, make }] of changes.entries()) {
    make();
    if (changes[index + 1]?.day === day) continue;
    const after = sums.now();
    if (after.millionths !== before.millionths) steps.millionths.push([day, after.millionths - before.millionths]);
    if (after.units !== before.units) steps.units.push([day, after.units - before.units]);
    if (after.lines !== before.lines) steps.lines.push([day, after.lines - before.lines]);
    before = after;
  }
  return steps;
}

/** What is under way at one moment of the sweep. */
class Sums {
  progress = 0n;
  ended = false;
  private others = 0;
  private unnamed = 0;
  /** Of the named units that do not count: at the project's progress, and at their own. */
  private atProject = 0;
  private own = { millionths: 0n, units: 0, lines: 0 };
  private readonly named = new Map<string, { counted: number; readonly rows: DesignedQuantity[] }>();

  constructor(
    designed: readonly DesignedQuantity[],
    private readonly confidence: Confidence,
  ) {
    for (const row of designed) {
      if (row.unit === '') {
        this.unnamed += row.quantity;
        continue;
      }
      const unit = this.named.get(row.unit) ?? { counted: 0, rows: [] };
      unit.rows.push(row);
      this.named.set(row.unit, unit);
      this.open(row, 1);
    }
  }

  count({ unit, quantity }: Contribution, sign: 1 | -1): void {
    const known = this.named.get(unit);
    if (!known) {
      this.others += sign * quantity;
      return;
    }
    const before = known.counted > 0;
    known.counted += sign;
    if (before !== known.counted > 0) for (const row of known.rows) this.open(row, before ? 1 : -1);
  }

  private open(row: DesignedQuantity, sign: 1 | -1): void {
    const progress = ownProgress(row, this.confidence);
    if (progress === undefined) this.atProject += sign * row.quantity;
    else {
      this.own.millionths += BigInt(sign * row.quantity) * progress;
      this.own.units += sign * row.quantity;
      this.own.lines += row.quantity > 0 ? sign : 0;
    }
  }

  now(): { millionths: bigint; units: number; lines: number } {
    if (this.ended) return { millionths: 0n, units: 0, lines: 0 };
    const atProject = this.atProject + Math.max(0, this.unnamed - this.others);
    return {
      millionths: BigInt(atProject) * this.progress + this.own.millionths,
      units: atProject + this.own.units,
      lines: (atProject > 0 ? 1 : 0) + this.own.lines,
    };
  }
}

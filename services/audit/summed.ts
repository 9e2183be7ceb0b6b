import { decodeForFold, type Entry, type Standing, type StoredEntry } from '@planledger/contracts';
import { evolveDoc, type Platform, refold, standingFor, type StreamDoc } from '@planledger/host';
import { emptyPlan, foldPlan, isPlanSide, type PlanState } from '@planledger/plan';
import { applyStanding, type Cells, createCells, predecessorsOf } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';

/**
 * A plan and the sums of its projects as they were known at a position: what figures follow from, without the projects
 * themselves. Carried forwards in place; it belongs to one reader at a time.
 */
export interface Summed {
  position: number;
  plan: PlanState;
  readonly cells: Cells;
  /** Position of the last entry, by sector. */
  readonly through: Record<string, number>;
}

export const emptySummed = (): Summed => ({ position: 0, plan: emptyPlan, cells: createCells(), through: {} });

/** Entries that are read at once. */
const STEP_ENTRIES = 100;
/** Others get a turn after so long. */
const STEP_MS = 10;

/** A stream folded to the position that the sums are at. */
interface Folded {
  readonly doc: StreamDoc;
  readonly standing: Standing;
}

/** Streams that were carried last: the next entry is mostly of one of them, and is folded on without its history. */
export class RecentlyFolded {
  private readonly kept = new Map<string, Folded>();

  constructor(private readonly max = 1_000) {}

  get(stream: string): Folded | undefined {
    return this.kept.get(stream);
  }

  set(stream: string, folded: Folded): void {
    this.kept.delete(stream);
    this.kept.set(stream, folded);
    // A Map gives the oldest first.
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.max) break;
      this.kept.delete(oldest);
    }
  }
}

/**
 * Carries the sums to a later position: of every stream that has entries in between, the standing it had is replaced by
 * the one it has. Both are folded from the stream's own entries, so nothing needs to be kept of the projects; `recent` saves
 * reading again what was just read, and belongs to these sums alone. `rest` is awaited every few milliseconds; what it
 * throws ends the carrying, and leaves sums that MUST NOT be used any more.
 */
export async function carry(
  platform: Platform,
  plan: string,
  summed: Summed,
  to: number,
  rest: () => Promise<void>,
  recent = new RecentlyFolded(),
): Promise<void> {
  let rested = performance.now();
  while (summed.position < to) {
    const limit = Math.min(STEP_ENTRIES, to - summed.position);
    const page = await platform.ledger.read(plan, { from: summed.position + 1, limit });
    const last = page.at(-1);
    if (!last) return;
    const added = new Map<string, Entry[]>();
    for (const { stream, bytes } of page) {
      if (isPlanSide(stream)) summed.plan = foldPlan(summed.plan, decodeForFold(bytes));
      else added.set(stream, [...(added.get(stream) ?? []), decodeForFold(bytes)]);
    }
    const standings = new Map<string, Standing>();
    for (const [stream, entries] of added) {
      const moved =
        carriedOn(plan, recent.get(stream), entries) ??
        standingsAt(plan, stream, await platform.ledger.readStream(plan, stream), [summed.position, last.position]);
      if (!moved) continue;
      const { before, after } = moved;
      recent.set(stream, after);
      if (before) standings.set(stream, before);
      await withFamily(platform, plan, summed, standings, [before, after.standing]);
      applyStanding(summed.cells, standings, after.standing);
      reach(summed.through, after.standing);
      if (performance.now() - rested < STEP_MS) continue;
      await rest();
      rested = performance.now();
    }
    summed.position = last.position;
  }
}

/** What a stream's standing was, and what it is now. */
interface Moved {
  readonly before: Standing | undefined;
  readonly after: Folded;
}

const evolved = (doc: StreamDoc, entries: readonly Entry[]): StreamDoc | 'refold' =>
  entries.reduce<StreamDoc | 'refold'>((at, entry) => (at === 'refold' ? at : evolveDoc(at, entry)), doc);

/** Undefined where its history is needed: of a stream not known, and where an entry corrects one before. */
function carriedOn(plan: string, known: Folded | undefined, entries: readonly Entry[]): Moved | undefined {
  const sector = SECTORS.get(known?.standing.sector ?? '');
  if (!known || !sector) return undefined;
  const doc = evolved(known.doc, entries);
  return doc === 'refold'
    ? undefined
    : { before: known.standing, after: { doc, standing: standingFor(sector, doc, plan) } };
}

/** Notes in `through` how far the sector of a standing has come. */
export function reach(through: Record<string, number>, { sector, position }: Standing): void {
  through[sector] = Math.max(position, through[sector] ?? 0);
}

/** Those a split or merger ties to a project are read too, as they stood when they were applied last. */
async function withFamily(
  platform: Platform,
  plan: string,
  { position, cells: { lineage } }: Summed,
  standings: Map<string, Standing>,
  of: readonly (Standing | undefined)[],
): Promise<void> {
  const tied = (standing: Standing | undefined): string[] =>
    standing ? [...standing.successors, ...predecessorsOf(lineage, standing.stream)] : [];
  const family = new Set(of.flatMap(tied));
  for (const stream of family) {
    const known = standings.get(stream) ?? (await standingAt(platform, plan, stream, position));
    if (!known) continue;
    standings.set(stream, known);
    for (const next of tied(known)) family.add(next);
  }
}

/** The standing of a stream at two positions; undefined of a stream that no sector of this program serves. */
function standingsAt(
  plan: string,
  stream: string,
  stored: readonly StoredEntry[],
  [earlier, later]: readonly [number, number],
): Moved | undefined {
  const entries = decodedTo(stored, later);
  const sector = SECTORS.get(entries[0]?.sector ?? '');
  if (!sector) return undefined;
  const key = `${plan}/${stream}`;
  const begun = entries.findIndex(({ position }) => position > earlier);
  const old = begun === -1 ? entries : entries.slice(0, begun);
  const doc = refold(key, old);
  const on = evolved(doc, entries.slice(old.length));
  const next = on === 'refold' ? refold(key, entries) : on;
  const before = old.length > 0 ? standingFor(sector, doc, plan) : undefined;
  return { before, after: { doc: next, standing: standingFor(sector, next, plan) } };
}

/** One stream's standing at a position; undefined before its first entry, and where no sector of this program serves it. */
export async function standingAt(
  platform: Platform,
  plan: string,
  stream: string,
  position: number,
): Promise<Standing | undefined> {
  return standingOfEntries(plan, stream, decodedTo(await platform.ledger.readStream(plan, stream), position));
}

/** What a stream with these entries contributes; undefined of none, and where no sector of this program serves it. */
export function standingOfEntries(plan: string, stream: string, entries: readonly Entry[]): Standing | undefined {
  const sector = SECTORS.get(entries[0]?.sector ?? '');
  return sector && standingFor(sector, refold(`${plan}/${stream}`, entries), plan);
}

function decodedTo(stored: readonly StoredEntry[], position: number): Entry[] {
  const entries: Entry[] = [];
  for (const each of stored) if (each.position <= position) entries.push(decodeForFold(each.bytes));
  return entries;
}

import { decodeEntry, decodeForFold, type StoredEntry } from '@planledger/contracts';
import { type EntryFilter, type Platform, ProblemError, todayOf } from '@planledger/host';
import { isDate, shanghaiDate } from '@planledger/kernel';
import { emptyPlan, foldPlan, isPlanSide } from '@planledger/plan';
import { applyStanding, type CompletionInput, createCells } from '@planledger/progress';
import { PackedStandings } from './packing.js';
import { reach, standingOfEntries } from './summed.js';

const PAGE_ENTRIES = 1_000;

/** A moment of the ledger: what was known up to `position`, read on the business date `on`. */
export interface Moment {
  readonly position: number;
  readonly on: string;
}

/** Stored entries up to position `to` that match, a page at a time: memory does not grow with the ledger. */
export async function* pagesOf(
  { ledger }: Pick<Platform, 'ledger'>,
  plan: string,
  to: number,
  filter: EntryFilter = {},
): AsyncGenerator<readonly StoredEntry[]> {
  for (let next = 1; next <= to;) {
    const page = await ledger.read(plan, { from: next, to, limit: PAGE_ENTRIES, filter });
    const last = page.at(-1);
    if (!last) return;
    yield page;
    next = last.position + 1;
  }
}

/**
 * `at` is a position, or an instant: then the last entry recorded by it. Left out: the head. `on` left out: the Shanghai
 * date of `at` (DOMAIN §2); at the head, today in the plan's clock.
 */
export async function momentOf(
  platform: Platform,
  plan: string,
  at: string | undefined,
  on: string | undefined,
): Promise<Moment> {
  const head = await platform.ledger.head(plan);
  if (at === undefined) return { position: head.position, on: on ?? todayOf((id) => platform.clock(id), plan) };
  if (/^\d{1,10}$/.test(at)) {
    const position = Number(at);
    if (position < 1 || position > head.position) throw notAMoment(head.position);
    return { position, on: on ?? (await recordedOn(platform, plan, position)) };
  }
  // Date.parse takes 30 February for 1 March.
  const formed = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(at) && isDate(at.slice(0, 10));
  const instant = formed ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(instant)) throw notAMoment(head.position);
  const position = await lastRecordedBy(platform, plan, new Date(instant).toISOString(), head.position);
  return { position, on: on ?? shanghaiDate(instant) };
}

const notAMoment = (head: number): ProblemError =>
  new ProblemError('QUERY_MALFORMED', {
    name: 'at',
    expected: `1–${head} | 2024-06-30T23:59:59+08:00`,
  });

async function recordedAt(platform: Platform, plan: string, position: number): Promise<string> {
  const [stored] = await platform.ledger.read(plan, { from: position, to: position, limit: 1 });
  return stored ? decodeEntry(stored.bytes).recordedAt : '';
}

const recordedOn = async (platform: Platform, plan: string, position: number): Promise<string> =>
  shanghaiDate(Date.parse(await recordedAt(platform, plan, position)));

/** Recording times never fall along the ledger, so the position is found by halving. 0: nothing was recorded by then. */
async function lastRecordedBy(platform: Platform, plan: string, instant: string, head: number): Promise<number> {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await recordedAt(platform, plan, middle)) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Entries of this many positions are in memory at a time, some 150 MB; a longer ledger is read several times. */
const PART_ENTRIES = 250_000;

/**
 * The plan and all standings as they were known at a position, by the same folds as the live path: what every figure
 * follows from, so the past's figures are the live functions on this input. Reads the whole ledger up to the position;
 * what needs sums and some projects only is answered faster by Replays.
 *
 * Entries are gathered by stream, then each stream is folded by itself and only its standing kept: folding all of them
 * side by side would hold every project's state in memory, and reading stream by stream would read at random.
 */
export async function replayedInput(
  platform: Platform,
  plan: string,
  { position, on }: Moment,
  partEntries = PART_ENTRIES,
): Promise<CompletionInput> {
  let state = emptyPlan;
  const cells = createCells();
  const standings = new PackedStandings();
  const through: Record<string, number> = {};
  const parts = Math.ceil(position / partEntries);
  for (let part = 0; part < parts; part += 1) {
    const histories = new Map<string, Uint8Array[]>();
    for await (const page of pagesOf(platform, plan, position)) {
      for (const { stream, bytes } of page) {
        if (isPlanSide(stream)) state = part === 0 ? foldPlan(state, decodeForFold(bytes)) : state;
        // The last character of an id is as good as random.
        else if (stream.charCodeAt(stream.length - 1) % parts === part) gather(histories, stream, bytes);
      }
    }
    for (const [stream, history] of histories) {
      const standing = standingOfEntries(plan, stream, history.map(decodeForFold));
      if (!standing) continue;
      applyStanding(cells, standings, standing);
      reach(through, standing);
    }
  }
  if (!state.loaded) throw new ProblemError('NOT_FOUND');
  return { plan: state, cells, standings, on, through: inOrder(through), parked: [] };
}

/** The same answer to the letter, by whatever way it was reached. */
export const inOrder = (through: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(through).sort(([a], [b]) => (a < b ? -1 : 1)));

function gather(histories: Map<string, Uint8Array[]>, stream: string, bytes: Uint8Array): void {
  const known = histories.get(stream);
  if (known) known.push(bytes);
  else histories.set(stream, [bytes]);
}

import { decodeEntry, decodeForFold, type Entry, type Standing, type StoredEntry } from '@planledger/contracts';
import {
  evolveDoc,
  initialDoc,
  type Platform,
  ProblemError,
  refold,
  standingFor,
  type StreamDoc,
  todayOf,
} from '@planledger/host';
import { isDate, shanghaiDate } from '@planledger/kernel';
import { emptyPlan, foldPlan, isPlanSide, type PlanState } from '@planledger/plan';
import { cellsOf, type CompletionInput } from '@planledger/progress';
import { type Sector, SECTORS } from '@planledger/sectors';

const PAGE_ENTRIES = 1_000;

/** A moment of the ledger: what was known up to `position`, read on the business date `on`. */
export interface Moment {
  readonly position: number;
  readonly on: string;
}

/** Stored entries from `from` to `to`, a page at a time: memory does not grow with the ledger. */
async function* pagesOf(
  platform: Platform,
  plan: string,
  from: number,
  to: number,
): AsyncGenerator<readonly StoredEntry[]> {
  for (let next = from; next <= to;) {
    const page = await platform.ledger.read(plan, { from: next, to, limit: PAGE_ENTRIES });
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

/**
 * The plan and all standings as they were known at a position, by the same folds as the live path. What the figures
 * follow from, so completion, gaps and explain of the past are the live functions on this input.
 */
export async function replayedInput(
  platform: Platform,
  plan: string,
  { position, on }: Moment,
): Promise<CompletionInput> {
  const { state, docs } = await foldedAt(platform, plan, position);
  if (!state.loaded) throw new ProblemError('NOT_FOUND');
  const standings = new Map<string, Standing>();
  const through: Record<string, number> = {};
  for (const [stream, { sector, doc }] of docs) {
    const standing = standingFor(sector, doc, plan);
    standings.set(stream, standing);
    through[sector.slug] = Math.max(standing.position, through[sector.slug] ?? 0);
  }
  return { plan: state, cells: cellsOf(standings.values()), standings, on, through, parked: [] };
}

interface Folded {
  readonly state: PlanState;
  readonly docs: ReadonlyMap<string, { readonly sector: Sector; readonly doc: StreamDoc }>;
}

/**
 * Every stream folded up to a position, an entry at a time: memory grows with the projects, not with the ledger. A
 * stream whose history a correction rewrote is read again and folded whole, once, at the end.
 */
async function foldedAt(platform: Platform, plan: string, position: number): Promise<Folded> {
  let state: PlanState = emptyPlan;
  const docs = new Map<string, { readonly sector: Sector; doc: StreamDoc }>();
  const rewritten = new Set<string>();
  const take = (entry: Entry): void => {
    const { stream } = entry;
    if (isPlanSide(stream)) {
      state = foldPlan(state, entry);
      return;
    }
    let known = docs.get(stream);
    if (!known) {
      const sector = SECTORS.get(entry.sector);
      if (!sector) return;
      docs.set(stream, (known = { sector, doc: initialDoc(`${plan}/${stream}`) }));
    }
    if (rewritten.has(stream)) return;
    const next = evolveDoc(known.doc, entry);
    if (next === 'refold') rewritten.add(stream);
    else known.doc = next;
  };
  for await (const page of pagesOf(platform, plan, 1, position)) {
    for (const { bytes } of page) take(decodeForFold(bytes));
  }
  for (const stream of rewritten) {
    const known = docs.get(stream);
    const stored = await platform.ledger.readStream(plan, stream);
    const entries = stored.filter((entry) => entry.position <= position).map(({ bytes }) => decodeForFold(bytes));
    if (known) known.doc = refold(`${plan}/${stream}`, entries);
  }
  return { state, docs };
}

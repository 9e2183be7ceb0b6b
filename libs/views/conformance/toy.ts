import type { BatchHandler, Feed, FeedRecord } from '@planledger/feed';
import type { Fold, History } from '../port.js';

/**
 * What the specs of the follower are written with: streams of numbers, in which an entry may correct an earlier one. The
 * document lists what counts and why, so that an entry lost, doubled or out of order shows.
 */
export interface ToyEntry {
  readonly plan: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly op: ToyOp;
}
export type ToyOp =
  | { readonly kind: 'add'; readonly n: number }
  /** The entry of that version, even a poisoned one, counts as `n`. */
  | { readonly kind: 'correct'; readonly version: number; readonly n: number }
  | { readonly kind: 'poison' };

export interface ToyDoc {
  readonly counted: readonly string[];
}

/** `bearsPoison`: as after a new release of the fold. `tried` notes every version it was asked to evolve. */
export function toyFold(bearsPoison: () => boolean = () => false, tried: string[] = []): Fold<ToyDoc, ToyEntry> {
  const count = (entry: ToyEntry, correction: { readonly n: number } | undefined): string[] => {
    if (correction) return [`${entry.version}: ${correction.n} corrected`];
    if (entry.op.kind === 'add') return [`${entry.version}: ${entry.op.n}`];
    if (entry.op.kind === 'correct') return [];
    if (!bearsPoison()) throw new Error(`${entry.stream} is poisoned at version ${entry.version}`);
    return [`${entry.version}: borne`];
  };
  return {
    initial: () => ({ counted: [] }),
    evolve(doc, entry) {
      tried.push(`${entry.stream}@${entry.version}`);
      return entry.op.kind === 'correct' ? 'refold' : { counted: [...doc.counted, ...count(entry, undefined)] };
    },
    refold(_key, entries) {
      const corrections = new Map(entries.flatMap(({ op }) => (op.kind === 'correct' ? [[op.version, op]] : [])));
      return { counted: entries.flatMap((entry) => count(entry, corrections.get(entry.version))) };
    },
  };
}

export const encodeToy = (entry: ToyEntry): Uint8Array => new TextEncoder().encode(JSON.stringify(entry));
export const decodeToy = (bytes: Uint8Array): ToyEntry => JSON.parse(new TextDecoder().decode(bytes));
export const keyOf = ({ plan, stream }: ToyEntry): string => `${plan}/${stream}`;

export const toyRecord = (entry: ToyEntry): FeedRecord => ({
  key: keyOf(entry),
  value: encodeToy(entry),
  headers: { ce_version: String(entry.version), ce_position: String(entry.position) },
});

/** Entries of plan `p` in position order, from stream names and what happens in them. */
export function toyHistory(steps: readonly (readonly [stream: string, op: ToyOp])[]): ToyEntry[] {
  const versions = new Map<string, number>();
  return steps.map(([stream, op], index) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    return { plan: 'p', stream, version, position: index + 1, op };
  });
}

/** The ledger's side: what the history answers, how it fails, and how it was asked. */
export function createToyLedger(entries: readonly ToyEntry[]) {
  const ledger = {
    asked: [] as string[],
    down: false,
    /** Positions above are not readable yet. */
    head: Number.POSITIVE_INFINITY,
    history: (async (plan, stream, fromVersion) => {
      ledger.asked.push(`${stream} from ${fromVersion}`);
      if (ledger.down) throw new Error('audit is unreachable');
      const wanted = (entry: ToyEntry): boolean =>
        entry.plan === plan && entry.stream === stream && entry.version >= fromVersion && entry.position <= ledger.head;
      return entries.filter(wanted).map(encodeToy);
    }) satisfies History,
  };
  return ledger;
}

/** A feed whose batches the spec cuts itself; `deliver` answers what the handler answers. */
export function createDrivenFeed() {
  let handler: BatchHandler | undefined;
  const follow: Feed['follow'] = async (_topic, _group, handle) => {
    handler = handle;
    return {
      stop: async () => {
        handler = undefined;
      },
      lag: () => 0,
      lagSeconds: () => 0,
    };
  };
  return {
    follow,
    async deliver(entries: readonly ToyEntry[]): Promise<void> {
      if (!handler) throw new Error('nobody follows');
      await handler(entries.map(toyRecord));
    },
    async deliverRecords(records: readonly FeedRecord[]): Promise<void> {
      if (!handler) throw new Error('nobody follows');
      await handler(records);
    },
  };
}

import { wallTimer, type Feed, type FeedRecord, type Following, type Timer } from '@planledger/feed';
import { planOf, type Fold, type ParkedKey, type Versioned, type ViewStore } from './port.js';
import { foldStream, refold, type Arrival, type Halt, type Poison } from './stream-fold.js';
import { gather, readHistory, type Reading, type Stream } from './streams.js';
import { createWaiting } from './waiting.js';

/**
 * A follower keeps one document per stream of a topic: a pure fold of the stream's own entries, with the version it has
 * seen. What it ends at depends on the entries alone, not on how they were cut into batches, came again, got lost on the
 * way (the history heals a gap) or on restarts.
 *
 * A batch is published first, saved second, and counts as handled last: a saved version means a published one. After a
 * crash in between an older version may be published again, so that receivers MUST keep the newest.
 *
 * A fold that throws, FOLD_ATTEMPTS_MAX times on the same entry, parks its key there: the document stays at the version
 * before, later entries of that key wait, all others flow. Everything else that fails (store, history, publish) fails the
 * batch, which the feed delivers again; nothing is ever skipped.
 */
export interface Follower {
  start(): Promise<void>;
  /** Waits for the running batch; those who still wait for something are answered false. */
  stop(): Promise<void>;
  /** Records of the topic not yet handled; 0 while not started. */
  lag(): number;
  /** Seconds that the oldest of them has been on the feed, as this process saw it; 0 while not started. */
  lagSeconds(): number;
  /** Records handled since the start: while it grows, the follower is alive. */
  handled(): number;
  /** Why the last batch failed; undefined once one was handled. */
  trouble(): string | undefined;
  /**
   * Position of the last record of the plan handled since the start, 0 before the first. On a topic without partitions
   * all records up to it are handled (or wait with their parked key).
   */
  through(plan: string): number;
  /**
   * True once the stream's document has seen `version`. False where it has not within `timeoutMs`, or cannot because the
   * key is parked.
   */
  waitFor(plan: string, stream: string, version: number, timeoutMs: number): Promise<boolean>;
  /** True once through(plan) is `position` or more; false after `timeoutMs` (for ever where not given) or stop. */
  caughtUp(plan: string, position: number, timeoutMs?: number): Promise<boolean>;
  /**
   * Folds a parked key anew from its whole history, so that a correction after the poisoned entry can heal it. True: it
   * flows again. False: it still cannot be folded and stays parked. Rejects where the history cannot be had. Of one that
   * is not parked the document is published once more: a receiver may have got it torn.
   */
  retryParked(key: string): Promise<boolean>;
  parked(plan?: string): Promise<ParkedKey[]>;
  /** Does the upkeep when no batch is handled: for times in which none comes. */
  keepUp(): Promise<void>;
}

export interface FollowerOptions<Doc, Message> extends Reading<Message> {
  readonly feed: Pick<Feed, 'follow'>;
  readonly topic: string;
  readonly group: string;
  readonly fold: Fold<Doc, Message>;
  readonly store: ViewStore<Doc>;
  /** Streams of the topic that this view is about, by key; all where not given. */
  readonly concerns?: (key: string) => boolean;
  /** Called with the changed documents of a batch before they are saved, one per key. */
  readonly publish?: (docs: readonly Versioned<Doc>[]) => Promise<void>;
  /** Called after a batch is saved, before it counts as handled, and never while one is: rejected, the batch comes again. */
  readonly upkeep?: () => Promise<void>;
  readonly timer?: Timer;
}

/** Longest text kept of why a key is parked. */
export const REASON_CHARS_MAX = 500;

export function createFollower<Doc, Message>(options: FollowerOptions<Doc, Message>): Follower {
  const { feed, topic, group, fold, store, publish, concerns = () => true, timer = wallTimer } = options;
  const { upkeep = () => Promise.resolve() } = options;
  const versions = createWaiting(timer);
  const positions = createWaiting(timer);
  const exclusively = createLock();
  const through = new Map<string, number>();
  /** Keys that were parked when last looked, with the greatest version that waits; undefined before the first look. */
  let aside: Map<string, number> | undefined;
  let following: Following | undefined;
  let handled = 0;
  let trouble: string | undefined;

  async function handle(batch: readonly FeedRecord[]): Promise<void> {
    const gathered = gather(options, batch, concerns);
    await setAside(gathered.streams);
    await foldAll(gathered.streams);
    await upkeep();
    for (const [plan, position] of gathered.positions) {
      if (position <= (through.get(plan) ?? 0)) continue;
      through.set(plan, position);
      positions.reached(plan, position);
    }
  }

  /** Takes out the streams whose key is parked. Asks the store where one seems so: another process may have retried it. */
  async function setAside(streams: Map<string, Stream<Message>>): Promise<void> {
    aside ??= new Map((await store.parked()).map(({ key, version }) => [key, version]));
    if (aside.size === 0) return;
    const suspects = [...streams.values()].filter(({ key }) => aside?.has(key));
    if (suspects.length === 0) return;
    const parked = new Set((await store.parked()).map(({ key }) => key));
    for (const { key, highest } of suspects) {
      if (!parked.has(key)) {
        aside.delete(key);
        continue;
      }
      streams.delete(key);
      aside.set(key, Math.max(highest, aside.get(key) ?? 0));
    }
  }

  async function foldAll(streams: ReadonlyMap<string, Stream<Message>>): Promise<void> {
    if (streams.size === 0) return;
    const known = await store.load([...streams.keys()]);
    const changed: Versioned<Doc>[] = [];
    const poisoned: { stream: Stream<Message>; poison: Poison }[] = [];
    for (const stream of streams.values()) {
      const start = known.get(stream.key);
      let { reached, halt } = foldStream(fold, stream.key, start, stream.arrivals);
      if (halt && halt.kind !== 'poison') ({ reached, halt } = await foldFromHistory(stream, reached, halt));
      if (reached && reached !== start) changed.push(reached);
      if (halt?.kind === 'poison') poisoned.push({ stream, poison: halt });
    }
    await settle(changed);
    for (const { stream, poison } of poisoned) await park(stream, poison);
  }

  /** Once to close the gap, once more where an entry in it rewrites history: what is read reaches beyond the batch. */
  async function foldFromHistory(
    { key, highest }: Stream<Message>,
    start: Versioned<Doc> | undefined,
    why: Halt,
  ): Promise<{ reached: Versioned<Doc> | undefined; halt: Poison | undefined }> {
    let reached = start;
    let halt: Halt | undefined = why;
    while (halt && halt.kind !== 'poison') {
      const from: number = halt.kind === 'refold' ? 1 : (reached?.version ?? 0) + 1;
      const arrivals: Arrival<Message>[] = await readHistory(options, key, from, highest);
      ({ reached, halt } = foldStream(fold, key, reached, arrivals, from === 1 ? arrivals : undefined));
    }
    return { reached, halt };
  }

  async function settle(changed: readonly Versioned<Doc>[]): Promise<void> {
    if (changed.length === 0) return;
    await publish?.(changed);
    await store.save(changed);
    for (const { key, version } of changed) versions.reached(key, version);
  }

  async function park({ key, highest }: Stream<Message>, { version, error }: Poison): Promise<void> {
    await store.park({ key, version, reason: reasonOf(error) });
    aside?.set(key, Math.max(highest, version));
    // All versions before this one are saved, and who waited for them was told.
    versions.unreachable(key);
  }

  async function retry(key: string): Promise<boolean> {
    const pointer = await pointerOf(key);
    if (!pointer) {
      const stands = (await store.load([key])).get(key);
      if (stands) await publish?.([stands]);
      return true;
    }
    const whole = await readHistory(options, key, 1, Math.max(pointer.version, aside?.get(key) ?? 0));
    let doc: Doc;
    try {
      doc = refold(fold, key, whole, whole.length);
    } catch (error) {
      await store.park({ key, version: pointer.version, reason: reasonOf(error) });
      return false;
    }
    // None where what could not be read is no entry: then the ledger knows no such stream.
    if (whole.length > 0) await settle([{ key, version: whole.length, doc }]);
    await store.unpark(key);
    aside?.delete(key);
    // Until now another process that follows this key has set its new entries aside.
    const since = await readHistory(options, key, whole.length + 1, 0);
    await foldAll(new Map([[key, { key, arrivals: since, highest: whole.length + since.length }]]));
    return (await pointerOf(key)) === undefined;
  }

  async function pointerOf(key: string): Promise<ParkedKey | undefined> {
    return (await store.parked(planOf(key))).find((parked) => parked.key === key);
  }

  async function hasSeen(key: string, version: number): Promise<boolean> {
    return ((await store.load([key])).get(key)?.version ?? 0) >= version;
  }

  return {
    async start() {
      following ??= await feed.follow(topic, group, async (batch) => {
        try {
          await exclusively(() => handle(batch));
          handled += batch.length;
          trouble = undefined;
        } catch (error) {
          trouble = reasonOf(error);
          throw error;
        }
      });
    },
    async stop() {
      await following?.stop();
      following = undefined;
      await exclusively(async () => {});
      versions.end();
      positions.end();
    },
    lag: () => following?.lag() ?? 0,
    lagSeconds: () => following?.lagSeconds() ?? 0,
    handled: () => handled,
    trouble: () => trouble,
    through: (plan) => through.get(plan) ?? 0,
    async waitFor(plan, stream, version, timeoutMs) {
      const key = `${plan}/${stream}`;
      // Before looking, so that what is saved while looking is not missed.
      const waiter = versions.until(key, version, timeoutMs);
      const seen = await hasSeen(key, version).catch((error: unknown) => {
        waiter.settle(false);
        throw error;
      });
      if (seen || aside?.has(key)) waiter.settle(seen);
      // Looking again at the end: another process may follow this key, and only the store knows what it saved.
      return (await waiter.answer) || hasSeen(key, version);
    },
    caughtUp(plan, position, timeoutMs) {
      const waiter = positions.until(plan, position, timeoutMs);
      if ((through.get(plan) ?? 0) >= position) waiter.settle(true);
      return waiter.answer;
    },
    async retryParked(key) {
      const healed = await exclusively(() => retry(key));
      await exclusively(upkeep);
      return healed;
    },
    parked: (plan) => store.parked(plan),
    keepUp: () => exclusively(upkeep),
  };
}

/** As it is kept with a parked key. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, REASON_CHARS_MAX);

/** Runs what it is given one after another, whatever became of the one before. */
function createLock(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work, work);
    last = run;
    return run;
  };
}

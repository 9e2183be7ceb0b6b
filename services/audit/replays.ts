import type { Standing } from '@planledger/contracts';
import { type Platform, ProblemError } from '@planledger/host';
import type { CompletionInput } from '@planledger/progress';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { inOrder, type Moment, replayedInput } from './replay.js';
import { openSnapshots, type Snapshots } from './snapshots.js';
import { carry, emptySummed, RecentlyFolded, standingAt, type Summed } from './summed.js';

/** Entries between two snapshots: those between a moment and the one before it are carried over. */
const SPACING = 500;
/** From here on snapshots are made: a shorter ledger is folded from its beginning as fast. */
const SNAPSHOTS_FROM = 10_000;
/** Farther than this from the snapshot before, folding from the beginning is no slower. */
const CARRIED_MAX = 20_000;
/** Projects read for an answer at a time. */
const ASKED_AT_ONCE = 32;
/** Between two steps in the background, each about as long: others have the processor half of the time. */
const PAUSE_MS = 10;
/** A pause that took longer than this was used by others: they are let go on, so often at most. */
const PAUSE_ON_TIME_MS = 20;
const PAUSES_MAX = 25;

/** See the constants; smaller in tests. */
export interface ReplayLimits {
  readonly spacing?: number;
  readonly snapshotsFrom?: number;
}

/**
 * Answers about the past without folding the ledger from its beginning: the snapshot before the moment, the entries since,
 * and of projects those that the answer shows. The snapshots are made in the background, the first time over the whole
 * ledger, later as it grows.
 */
export class Replays {
  private readonly snapshots: Snapshots | undefined;
  private readonly spacing: number;
  private readonly snapshotsFrom: number;
  /** The sums used last, for who asks about the same moment or a little later one again. */
  private readonly last = new Map<string, Summed>();
  private readonly stop = new AbortController();
  private making: Promise<void> | undefined;

  constructor(
    private readonly platform: Platform,
    { spacing = SPACING, snapshotsFrom = SNAPSHOTS_FROM }: ReplayLimits = {},
  ) {
    const { cacheFolder } = platform;
    this.snapshots = cacheFolder === undefined ? undefined : openSnapshots(join(cacheFolder, 'snapshots'), platform);
    this.spacing = spacing;
    this.snapshotsFrom = snapshotsFrom;
  }

  /**
   * `question` is a pure function. Where it reads projects one by one it is asked again until it needs no more of them;
   * where it walks over all, the ledger is folded from its beginning.
   */
  async answer<Answer>(plan: string, moment: Moment, question: (input: CompletionInput) => Answer): Promise<Answer> {
    const summed = await this.summedAt(plan, moment.position);
    if (!summed) return question(await replayedInput(this.platform, plan, moment));
    if (!summed.plan.loaded) throw new ProblemError('NOT_FOUND');
    try {
      return await this.ask(plan, summed, moment, question);
    } catch (error) {
      if (!(error instanceof WalksAll)) throw error;
      return question(await replayedInput(this.platform, plan, moment));
    } finally {
      this.last.set(plan, summed);
    }
  }

  private async ask<Answer>(
    plan: string,
    { plan: state, cells, through, position }: Summed,
    { on }: Moment,
    question: (input: CompletionInput) => Answer,
  ): Promise<Answer> {
    const known = new Map<string, Standing | undefined>();
    for (;;) {
      const standings = new AskedStandings(known);
      const input = { plan: state, cells, standings, on, through: inOrder(through), parked: [] };
      const answer = attempt(() => question(input));
      if (standings.wanted.size === 0) return answer();
      for (const stream of standings.wanted) {
        known.set(stream, await standingAt(this.platform, plan, stream, position));
      }
    }
  }

  /** The sums at a position; undefined where nothing is near enough to start from. They are the caller's alone. */
  private async summedAt(plan: string, position: number): Promise<Summed | undefined> {
    void this.extend();
    const last = this.last.get(plan);
    this.last.delete(plan);
    const nearest = this.snapshots?.nearest(plan, position);
    const isNearer = last && last.position <= position && last.position >= (nearest ?? 0);
    const start = isNearer ? last : await this.snapshots?.load(plan, position);
    if (!start || position - start.position > CARRIED_MAX) return undefined;
    await carry(this.platform, plan, start, position, () => setImmediate());
    return start;
  }

  /** Makes the snapshots that are missing, or joins in waiting for them where that is being done. */
  extend(): Promise<void> {
    const { snapshots } = this;
    if (!snapshots || this.stop.signal.aborted) return Promise.resolve();
    this.making ??= this.make(snapshots)
      .catch((error: unknown) => {
        // Only time is lost: what is asked is answered from the beginning of the ledger.
        if (!this.stop.signal.aborted) process.stderr.write(`snapshots are not being made: ${String(error)}\n`);
      })
      .finally(() => (this.making = undefined));
    return this.making;
  }

  private async make(snapshots: Snapshots): Promise<void> {
    const pause = async (): Promise<void> => {
      for (let pauses = 0; pauses < PAUSES_MAX; pauses += 1) {
        const begun = performance.now();
        await setTimeout(PAUSE_MS, undefined, { signal: this.stop.signal });
        if (performance.now() - begun < PAUSE_ON_TIME_MS) return;
      }
    };
    for (const plan of this.platform.plans) {
      const head = (await this.platform.ledger.head(plan)).position;
      if (head < this.snapshotsFrom) continue;
      const summed = (await snapshots.load(plan, head)) ?? emptySummed();
      const recent = new RecentlyFolded();
      for (let next = summed.position + this.spacing; next <= head; next += this.spacing) {
        await carry(this.platform, plan, summed, next, pause, recent);
        await snapshots.save(plan, summed);
      }
    }
  }

  /** Ends the making of snapshots; one that is half made is nothing. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.making;
  }
}

/** Standings that are read when they are asked for: those not known yet are wanted, and the question is put again. */
class AskedStandings extends Map<string, Standing> {
  readonly wanted = new Set<string>();

  constructor(private readonly known: ReadonlyMap<string, Standing | undefined>) {
    super();
  }

  override get(stream: string): Standing | undefined {
    if (this.known.has(stream)) return this.known.get(stream);
    this.wanted.add(stream);
    if (this.wanted.size >= ASKED_AT_ONCE) throw new Error('enough to read for now');
    return undefined;
  }

  override values(): never {
    throw new WalksAll();
  }

  override entries(): never {
    throw new WalksAll();
  }

  override keys(): never {
    throw new WalksAll();
  }

  override [Symbol.iterator](): never {
    throw new WalksAll();
  }

  override forEach(): never {
    throw new WalksAll();
  }

  override get size(): never {
    throw new WalksAll();
  }
}

/** Thrown through a question that reads every project: sums do not answer it. */
class WalksAll extends Error {}

/** What a question answers or throws, to be looked at only once it was put with all that it wanted. */
function attempt<Answer>(question: () => Answer): () => Answer {
  try {
    const answer = question();
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

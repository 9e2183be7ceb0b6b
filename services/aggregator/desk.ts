import type { Standing } from '@planledger/contracts';
import {
  createWaiting,
  everyParked,
  type FeedRecord,
  namesStream,
  type ParkedKey,
  planOf,
  type PlanStates,
  type Platform,
  reasonOf,
  standingIn,
  streamOf,
  todayOf,
} from '@planledger/host';
import { isPlanSide } from '@planledger/plan';
import { type Cells, type CompletionInput, createCells, type Parked, receiveStanding } from '@planledger/progress';

/** What the aggregator keeps of a plan: standings by stream, and the cells that sum them up. */
interface PlanCells {
  readonly cells: Cells;
  readonly standings: Map<string, Standing>;
  /** Position of the last standing taken, by sector. */
  readonly through: Map<string, number>;
  /** By stream, a standing that could not be read or summed up: the one before it counts until a later one comes. */
  readonly parked: Map<string, ParkedKey>;
}

/**
 * The aggregator's read side: it follows the standings of all sectors and knows no sector's rules. Every replica reads
 * all standings under a group of its own, so each answers alone.
 */
export class AggregatorDesk {
  private readonly plans = new Map<string, PlanCells>();
  private readonly listeners = new Set<(plan: string) => void>();
  private readonly waiting = createWaiting();
  private following: { stop(): Promise<void>; lag(): number; lagSeconds(): number } | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly states: PlanStates,
    private readonly standingsTopic: string,
  ) {
    states.onChange((plan) => this.changed(plan));
  }

  async start(): Promise<void> {
    this.following = await this.platform.feed.follow(
      this.standingsTopic,
      this.platform.ownGroup('aggregator'),
      (batch) => {
        const touched = new Set<string>();
        for (const record of batch) {
          if (!namesStream(record)) continue;
          this.take(record);
          touched.add(planOf(record.key));
        }
        for (const plan of touched) this.changed(plan);
        return Promise.resolve();
      },
    );
    this.platform.desks.set('aggregator', {
      lag: () => this.following?.lag() ?? 0,
      lagSeconds: () => this.following?.lagSeconds() ?? 0,
      through: (plan) => Math.max(0, ...this.of(plan).through.values()),
      parkedHere: (plan) => [...this.of(plan).parked.values()],
    });
  }

  async stop(): Promise<void> {
    this.waiting.end();
    await this.following?.stop();
  }

  private of(plan: string): PlanCells {
    let known = this.plans.get(plan);
    if (!known) {
      known = { cells: createCells(), standings: new Map(), through: new Map(), parked: new Map() };
      this.plans.set(plan, known);
    }
    return known;
  }

  private take(record: FeedRecord): void {
    const { key, headers } = record;
    try {
      const standing = standingIn(record);
      if (`${standing.plan}/${standing.stream}` !== key) throw new Error(`no standing of ${key}`);
      this.receive(standing);
    } catch (error) {
      const { parked, standings } = this.of(planOf(key));
      const stream = streamOf(key);
      const version = Number(headers['ce_version']) || (standings.get(stream)?.version ?? 0) + 1;
      parked.set(stream, { key, version, reason: reasonOf(error) });
      this.waiting.unreachable(key);
    }
  }

  private receive(standing: Standing): void {
    const { cells, standings, through, parked } = this.of(standing.plan);
    receiveStanding(cells, standings, standing);
    // A standing is the whole of what its stream contributes: the next one that can be read makes the lost one good.
    if (standing.version >= (parked.get(standing.stream)?.version ?? 0)) parked.delete(standing.stream);
    through.set(standing.sector, Math.max(standing.position, through.get(standing.sector) ?? 0));
    this.waiting.reached(`${standing.plan}/${standing.stream}`, standing.version);
  }

  private changed(plan: string): void {
    for (const listener of this.listeners) listener(plan);
  }

  /** Told of every change of a plan's figures; returns how to stop being told. */
  onChange(listener: (plan: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** True once this version of a stream is in the figures; false where it is not within `timeoutMs`. */
  waitFor(plan: string, stream: string, version: number, timeoutMs: number): Promise<boolean> {
    if (isPlanSide(stream)) return this.states.waitFor(plan, stream, version, timeoutMs);
    const waiter = this.waiting.until(`${plan}/${stream}`, version, timeoutMs);
    const { standings, parked } = this.of(plan);
    if ((standings.get(stream)?.version ?? 0) >= version) waiter.settle(true);
    else if (parked.has(stream)) waiter.settle(false);
    return waiter.answer;
  }

  /** Everything a figure of the plan follows from, on a business date (default: today in the plan's clock). */
  async input(plan: string, on: string | undefined): Promise<CompletionInput> {
    const state = this.states.get(plan);
    const { cells, standings, through } = this.of(plan);
    const parked = (await everyParked(this.platform, plan)).map(({ key, version, reason }): Parked => ({
      stream: streamOf(key),
      version,
      reason,
    }));
    return {
      plan: state,
      cells,
      standings,
      on: on ?? todayOf((id) => this.platform.clock(id), plan),
      through: Object.fromEntries(through),
      parked,
    };
  }
}

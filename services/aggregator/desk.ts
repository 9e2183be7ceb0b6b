import type { Standing } from '@planledger/contracts';
import { type PlanStates, type Platform, standingIn, todayOf } from '@planledger/host';
import { type Cells, type CompletionInput, createCells, type Parked, receiveStanding } from '@planledger/progress';

/** What the aggregator keeps of a plan: standings by stream, and the cells that sum them up. */
interface PlanCells {
  readonly cells: Cells;
  readonly standings: Map<string, Standing>;
  /** Position of the last standing taken, by sector. */
  readonly through: Map<string, number>;
  readonly waiters: Set<{ stream: string; version: number; wake: () => void }>;
}

/**
 * The aggregator's read side: it follows the standings of all sectors and knows no sector's rules. Every replica reads
 * all standings under a group of its own, so each answers alone.
 */
export class AggregatorDesk {
  private readonly plans = new Map<string, PlanCells>();
  private readonly listeners = new Set<(plan: string) => void>();
  private following: { stop(): Promise<void>; lag(): number } | undefined;

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
          const standing = standingIn(record);
          this.take(standing);
          touched.add(standing.plan);
        }
        for (const plan of touched) this.changed(plan);
        return Promise.resolve();
      },
    );
    this.platform.desks.set('aggregator', {
      lag: () => this.following?.lag() ?? 0,
      through: (plan) => Math.max(0, ...this.of(plan).through.values()),
    });
  }

  async stop(): Promise<void> {
    await this.following?.stop();
  }

  private of(plan: string): PlanCells {
    let known = this.plans.get(plan);
    if (!known) {
      known = { cells: createCells(), standings: new Map(), through: new Map(), waiters: new Set() };
      this.plans.set(plan, known);
    }
    return known;
  }

  private take(standing: Standing): void {
    const { cells, standings, through, waiters } = this.of(standing.plan);
    receiveStanding(cells, standings, standing);
    through.set(standing.sector, Math.max(standing.position, through.get(standing.sector) ?? 0));
    for (const waiter of waiters) {
      if (waiter.stream === standing.stream && waiter.version <= standing.version) waiter.wake();
    }
  }

  private changed(plan: string): void {
    for (const listener of this.listeners) listener(plan);
  }

  /** Told of every change of a plan's figures; returns how to stop being told. */
  onChange(listener: (plan: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when the standing of this version arrived, or after `timeoutMs`. */
  async waitFor(plan: string, stream: string, version: number, timeoutMs: number): Promise<boolean> {
    const { standings, waiters } = this.of(plan);
    if ((standings.get(stream)?.version ?? 0) >= version) return true;
    return new Promise((resolve) => {
      const done = (arrived: boolean): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
        resolve(arrived);
      };
      const waiter = { stream, version, wake: () => done(true) };
      const timer = setTimeout(() => done(false), timeoutMs);
      waiters.add(waiter);
    });
  }

  /** Everything a figure of the plan follows from, on a business date (default: today in the plan's clock). */
  async input(plan: string, on: string | undefined): Promise<CompletionInput> {
    const state = this.states.get(plan);
    const { cells, standings, through } = this.of(plan);
    const parked = (await this.platform.parked(plan)).map(({ key, version, reason }): Parked => ({
      stream: key.slice(plan.length + 1),
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

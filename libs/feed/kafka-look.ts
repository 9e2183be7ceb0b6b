import { createAges, type Ages } from './ages.js';
import { createPause, type Timer } from './retry.js';

/** Where a group stands in one partition: the offsets of its next record and of the one that will be published next. */
export interface PartitionPosition {
  readonly partition: number;
  readonly next: number;
  readonly end: number;
}

/** No progress though there is something to handle and the broker answers: nothing will change by itself. */
export interface Stall {
  /** Who has stalled, e.g. `education on planledger.plan`. */
  readonly who: string;
  readonly partitions: readonly number[];
  /** Records of these partitions that wait. */
  readonly lag: number;
  /** Since when at least. */
  readonly ms: number;
}

/** Looks at a group from outside, at the broker: the only place that knows how far it is, whatever its consumer believes. */
export interface Look {
  /** Records not yet handled when last looked; Infinity while the broker does not say. */
  lag(): number;
  /** Seconds that the oldest of them has been waiting, as far as looks have seen; Infinity while the broker does not say. */
  lagSeconds(): number;
  /** Something was published here since: until the next look, no lag would be an error. */
  published(): void;
  /** The handler answered, even if it rejected: what it waits for is down, it is not stuck itself. */
  alive(): void;
  /** The partitions that are this member's to handle; undefined, as at first, where it has not joined the group. */
  assigned(partitions: readonly number[] | undefined): void;
  stop(): Promise<void>;
}

export interface LookParts {
  readonly who: string;
  readonly read: () => Promise<readonly PartitionPosition[]>;
  readonly lookMs: number;
  readonly stallLimitMs: number;
  readonly onStalled: (stall: Stall) => void;
  readonly timer: Timer;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

export function startLook({ who, read, lookMs, stallLimitMs, onStalled, timer, now }: LookParts): Look {
  const pause = createPause(timer);
  /** By partition, where the group stood and since when it has not moved from there, or had nothing to move to. */
  let stands = new Map<number, { next: number; since: number }>();
  /** By partition; kept while the broker does not answer. */
  const ages = new Map<number, Ages>();
  let positions: readonly PartitionPosition[] = [];
  let mine: ReadonlySet<number> | undefined;
  let lag = Infinity;
  /** How often something was published here, and how often it had been when the look began that said the lag. */
  let published = 0;
  let seen = 0;
  let told = false;
  let stopped = false;

  function agesOf(partition: number): Ages {
    const known = ages.get(partition) ?? createAges();
    ages.set(partition, known);
    return known;
  }

  function judge(looked: readonly PartitionPosition[]): void {
    positions = looked;
    lag = positions.reduce((sum, { next, end }) => sum + end - next, 0);
    const [at, before] = [now(), stands];
    for (const { partition, next, end } of positions) agesOf(partition).look(next, end, at);
    const waiting = positions.filter(({ partition, next, end }) => next < end && (mine?.has(partition) ?? true));
    stands = new Map(
      waiting.map(({ partition, next }) => {
        const stood = before.get(partition);
        return [partition, stood?.next === next ? stood : { next, since: at }];
      }),
    );
    const stalled = waiting.filter(({ partition }) => at - (stands.get(partition)?.since ?? at) >= stallLimitMs);
    if (stalled.length > 0 && !told) onStalled(stallOf(who, stalled, stallLimitMs));
    told = stalled.length > 0;
  }

  function unknown(): void {
    lag = Infinity;
    stands = new Map();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const before = published;
      await read().then(judge, unknown);
      // Only now: while it looks, the lag is that of the look before, which knows nothing of what came since.
      seen = before;
      if (!stopped) await pause.for(lookMs);
    }
  }

  const running = run();
  return {
    lag: () => (seen < published ? Math.max(lag, 1) : lag),
    lagSeconds: () =>
      lag === Infinity
        ? Infinity
        : Math.max(0, ...positions.map(({ partition, next }) => agesOf(partition).oldestMs(next, now()))) / 1_000,
    published: () => (published += 1),
    alive: () => (stands = new Map()),
    assigned: (partitions) => (mine = partitions && new Set(partitions)),
    async stop() {
      stopped = true;
      pause.wake();
      await running;
    },
  };
}

const stallOf = (who: string, stalled: readonly PartitionPosition[], ms: number): Stall => ({
  who,
  partitions: stalled.map(({ partition }) => partition),
  lag: stalled.reduce((sum, { next, end }) => sum + end - next, 0),
  ms,
});

import type { StoredEntry } from '@planledger/contracts';
import type { Feed } from './port.js';
import { byTopic, relayed, type Relayed } from './relayed.js';
import { createPause, retryPauseMs, wallTimer, warnOfTrouble, type OnTrouble, type Timer } from './retry.js';

/**
 * The relay: ledger to feed, in position order, one send in flight, at least once. A failure of the ledger, the feed or
 * the bookmark pauses and tries again; nothing is ever skipped, and the ledger's writers never wait for the relay.
 *
 * Of several relays of a plan, each in its own process, one has the bookmark: the one that started last. Another that it
 * was taken from stands by, sends nothing, and takes it back only once its owner has shown no life for STANDBY_MS by the
 * stander-by's own clock. An owner shows life by saving, whatever keeps it from sending: a feed that does not answer one
 * relay answers no other.
 */
export interface Relay {
  /**
   * Takes the bookmark over and begins at the position after it; that happens in the background, and again until it works.
   */
  start(): void;
  /** Something was appended. Costs nothing while a send is in flight. */
  nudge(): void;
  /** Resolves when the send in flight, if any, is over; a feed without room holds it until the feed is closed. */
  stop(): Promise<void>;
  /**
   * Everything up to this position is with the feed; 0 before the bookmark was read. While standing by it is where the
   * bookmark was when last looked at.
   */
  position(): number;
}

/** How far the relay has got, kept where the views are kept. */
export interface Bookmark {
  /** 0 where nothing was relayed yet. Where several processes may relay a plan, it takes the bookmark over. */
  load(): Promise<number>;
  /** Rejects with an error of this name once another relay took it over: FENCED_OUT. */
  save(position: number): Promise<void>;
  /**
   * What anybody sees of it without taking it over. Absent where no other process can have it: nobody needs a sign of life
   * then, and none is given.
   */
  readonly seen?: () => Promise<BookmarkSight>;
}

export interface BookmarkSight {
  readonly position: number;
  /** Another one after every load and every save, whoever does it. */
  readonly sign: string;
}
export const FENCED_OUT = 'FencedOut';

/** Most entries read from the ledger at once, after a restart. */
export const RELAY_PAGE_ENTRIES_MAX = 10_000;
/** An idle relay looks for entries this often: those of another intake process come without a nudge. */
export const RELAY_LOOK_MS = 1_000;
/** The owner of a bookmark saves it at least this often, and one that stands by looks at it as often. */
export const BEAT_MS = 1_000;
/** An owner that did not save for this long is taken for dead. A live one that was merely slow stands by from then on. */
export const STANDBY_MS = 5_000;

export interface RelayOptions {
  readonly plan: string;
  /** The plan's entries from position `from` on, in order; fewer than `limit` only where the head was reached. */
  readonly readPage: (from: number, limit: number) => Promise<readonly StoredEntry[]>;
  readonly feed: Pick<Feed, 'publish'>;
  readonly bookmark: Bookmark;
  readonly timer?: Timer;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Told of every failure, and of having been fenced out. */
  readonly onTrouble?: OnTrouble;
  readonly limits?: Partial<RelayLimits>;
}

interface RelayLimits {
  readonly pageEntriesMax: number;
  readonly lookMs: number;
  readonly beatMs: number;
  readonly standbyMs: number;
}

const LIMITS: RelayLimits = {
  pageEntriesMax: RELAY_PAGE_ENTRIES_MAX,
  lookMs: RELAY_LOOK_MS,
  beatMs: BEAT_MS,
  standbyMs: STANDBY_MS,
};

export function createRelay(options: RelayOptions): Relay {
  const { plan, readPage, feed, bookmark, timer = wallTimer, onTrouble = warnOfTrouble } = options;
  const { now = () => performance.now() } = options;
  const { pageEntriesMax, lookMs, beatMs, standbyMs } = { ...LIMITS, ...options.limits };
  const idle = createPause(timer);
  const retry = createPause(timer);
  /** Between the signs of life of an owner, and between the looks of one that stands by. */
  const watch = createPause(timer);
  let position = 0;
  let running: Promise<void> | undefined;
  let stopping = false;
  /** Another relay goes on from here, with what this process appends too. */
  let fenced = false;
  let nudged = false;

  const over = (): boolean => stopping || fenced;

  function failed(error: unknown, failures: number): void {
    const out = error instanceof Error && error.name === FENCED_OUT;
    // The send and the sign of life may both find out.
    if (!(out && fenced)) onTrouble({ who: `relay of ${plan}`, error, failures });
    fenced ||= out;
  }

  /** Does it until it works; undefined where the relay was stopped or fenced out before that. */
  async function insist<T>(attempt: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    for (let failures = 1; ; failures++) {
      try {
        return { value: await attempt() };
      } catch (error) {
        failed(error, failures);
        if (over()) return undefined;
        await retry.for(retryPauseMs(failures));
        if (over()) return undefined;
      }
    }
  }

  /** A ledger shorter than the bookmark was restored from an old backup: what it gets now would never be relayed. */
  async function open(): Promise<number> {
    const saved = await bookmark.load();
    if (saved > 0 && (await readPage(saved, 1))[0]?.position !== saved) {
      throw new Error(`the bookmark of ${plan} is at ${saved}, beyond the head of its ledger`);
    }
    return saved;
  }

  async function nextPage(): Promise<readonly Relayed[]> {
    const page = await readPage(position + 1, pageEntriesMax);
    return page.map((stored, index) => {
      const expected = position + 1 + index;
      if (stored.position === expected) return relayed(plan, stored);
      throw new Error(`the ledger of ${plan} answered position ${stored.position} where ${expected} belongs`);
    });
  }

  /** One topic at a time, each until it works, so that a failure repeats its own records alone. */
  async function send(page: readonly Relayed[]): Promise<boolean> {
    for (const [topic, records] of byTopic(page)) {
      if (over() || !(await insist(() => feed.publish(topic, records)))) return false;
    }
    return true;
  }

  /** Relays from the bookmark on until it is stopped or fenced out. */
  async function relay(): Promise<void> {
    while (!over()) {
      // Answers to those whose commands were just appended go out first.
      await nextTurn();
      nudged = false;
      const page = (await insist(nextPage))?.value ?? [];
      if (!(await send(page))) return;
      if (page.length > 0) {
        position += page.length;
        await insist(() => bookmark.save(position));
      }
      if (page.length < pageEntriesMax && !nudged && !over()) await idle.for(lookMs);
    }
  }

  /** Signs of life beside the relaying: a long page, or a feed that does not answer, is not a dead relay. */
  function startBeating(): () => Promise<void> {
    let owning = true;
    async function beat(): Promise<void> {
      for (let failures = 0; owning && !over();) {
        await watch.for(beatMs);
        if (!owning || over()) return;
        try {
          await bookmark.save(position);
          failures = 0;
        } catch (error) {
          failed(error, ++failures);
        }
      }
      idle.wake();
      retry.wake();
    }
    const beating = bookmark.seen ? beat() : undefined;
    return async () => {
      owning = false;
      watch.wake();
      await beating;
    };
  }

  /** True once the owner of the bookmark is taken for dead; false where the relay was stopped before that. */
  async function ownerDied(seen: () => Promise<BookmarkSight>): Promise<boolean> {
    /** The sign that has not changed since, and when it had come at the latest. */
    let last: { readonly sign: string; readonly at: number } | undefined;
    let asked = now();
    const look = async (): Promise<BookmarkSight> => {
      asked = now();
      try {
        return await seen();
      } catch (error) {
        last = undefined;
        throw error;
      }
    };
    for (;;) {
      const sight = (await insist(look))?.value;
      if (!sight) return false;
      position = sight.position;
      const answered = now();
      // Where bookmarks are kept answers late or not at all, a live owner is kept from showing life too.
      if (sight.sign !== last?.sign || answered - asked > beatMs) last = { sign: sight.sign, at: answered };
      else if (asked - last.at >= standbyMs) return true;
      if (stopping) return false;
      await watch.for(beatMs);
      if (stopping) return false;
    }
  }

  async function run(): Promise<void> {
    do {
      fenced = false;
      const opened = await insist(open);
      if (!opened) return;
      position = opened.value;
      const stopBeating = startBeating();
      await relay();
      await stopBeating();
      fenced = false;
    } while (!stopping && bookmark.seen && (await ownerDied(bookmark.seen)));
  }

  return {
    start() {
      if (running) return;
      stopping = false;
      running = run();
    },
    nudge() {
      nudged = true;
      // Never the pause after a failure: commands that keep coming must not turn an outage of the feed into a storm.
      idle.wake();
    },
    async stop() {
      stopping = true;
      idle.wake();
      retry.wake();
      watch.wake();
      await running;
      running = undefined;
    },
    position: () => position,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The bookmark of the embedded profile, whose views are rebuilt from position 1 at every start. */
export function memoryBookmark(): Bookmark {
  let saved = 0;
  return {
    load: async () => saved,
    save: async (position) => {
      saved = position;
    },
  };
}

import { decodeEntry, type Entry, type StoredEntry } from '@planledger/contracts';
import { PLAN_TOPIC, sectorTopic, type Feed, type FeedRecord } from './port.js';
import { createPause, retryPauseMs, wallTimer, warnOfTrouble, type OnTrouble, type Timer } from './retry.js';

/**
 * The relay: ledger to feed, in position order, one send in flight, at least once. A failure of the ledger, the feed or
 * the bookmark pauses and tries again; nothing is ever skipped, and the ledger's writers never wait for the relay. It ends
 * by itself where another relay of the plan took its bookmark over.
 */
export interface Relay {
  /** Begins at the position after the bookmark; the bookmark is read in the background, and again until that works. */
  start(): void;
  /** Something was appended. Costs nothing while a send is in flight. */
  nudge(): void;
  /** Resolves when the send in flight, if any, is over; a feed without room holds it until the feed is closed. */
  stop(): Promise<void>;
  /** Everything up to this position is with the feed; 0 before the bookmark was read. */
  position(): number;
}

/** How far the relay has got, kept where the views are kept. */
export interface Bookmark {
  /** 0 where nothing was relayed yet. Where several processes may relay a plan, it takes the bookmark over. */
  load(): Promise<number>;
  /** Rejects with an error of this name once another relay took it over: FENCED_OUT. */
  save(position: number): Promise<void>;
}
export const FENCED_OUT = 'FencedOut';

/** Most entries read from the ledger at once, after a restart. */
export const RELAY_PAGE_ENTRIES_MAX = 10_000;
/** An idle relay looks for entries this often: those of another intake process come without a nudge. */
export const RELAY_LOOK_MS = 1_000;

export interface RelayOptions {
  readonly plan: string;
  /** The plan's entries from position `from` on, in order; fewer than `limit` only where the head was reached. */
  readonly readPage: (from: number, limit: number) => Promise<readonly StoredEntry[]>;
  readonly feed: Pick<Feed, 'publish'>;
  readonly bookmark: Bookmark;
  readonly timer?: Timer;
  readonly onTrouble?: OnTrouble;
  readonly limits?: { readonly pageEntriesMax?: number; readonly lookMs?: number };
}

export function createRelay(options: RelayOptions): Relay {
  const { plan, readPage, feed, bookmark, timer = wallTimer, onTrouble = warnOfTrouble, limits = {} } = options;
  const { pageEntriesMax = RELAY_PAGE_ENTRIES_MAX, lookMs = RELAY_LOOK_MS } = limits;
  const idle = createPause(timer);
  const retry = createPause(timer);
  let position = 0;
  let running: Promise<void> | undefined;
  let stopping = false;
  let nudged = false;

  /** Does it until it works; undefined where the relay was stopped before that. */
  async function insist<T>(attempt: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    for (let failures = 1; ; failures++) {
      try {
        return { value: await attempt() };
      } catch (error) {
        onTrouble({ who: `relay of ${plan}`, error, failures });
        // Another relay goes on from here, with what this process appends too.
        stopping ||= error instanceof Error && error.name === FENCED_OUT;
        if (stopping) return undefined;
        await retry.for(retryPauseMs(failures));
        if (stopping) return undefined;
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
      if (stopping || !(await insist(() => feed.publish(topic, records)))) return false;
    }
    return true;
  }

  async function run(): Promise<void> {
    const opened = await insist(open);
    if (!opened) return;
    position = opened.value;
    while (!stopping) {
      // Answers to those whose commands were just appended go out first.
      await nextTurn();
      nudged = false;
      const page = (await insist(nextPage))?.value ?? [];
      if (!(await send(page))) return;
      if (page.length > 0) {
        position += page.length;
        await insist(() => bookmark.save(position));
      }
      if (page.length < pageEntriesMax && !nudged && !stopping) await idle.for(lookMs);
    }
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
      await running;
      running = undefined;
    },
    position: () => position,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Relayed {
  readonly topic: string;
  readonly record: FeedRecord;
}

/** The record of a stored entry: its bytes as they are, under CloudEvents 1.0 headers (binary mode). */
function relayed(plan: string, { position, stream, version, bytes }: StoredEntry): Relayed {
  const entry = decodeEntry(bytes);
  return {
    topic: topicOf(stream, entry.sector),
    record: {
      key: `${plan}/${stream}`,
      value: bytes,
      headers: {
        'content-type': 'application/protobuf',
        ce_specversion: '1.0',
        ce_id: entry.eventId,
        ce_type: cloudEventType(entry),
        ce_source: `/plans/${plan}`,
        ce_subject: stream,
        ce_time: entry.recordedAt,
        ce_position: String(position),
        ce_version: String(version),
        traceparent: traceOf(entry.eventId),
      },
    },
  };
}

/**
 * The trace of an entry on its way (W3C Trace Context, version 00): its event id, a UUID of version 7, is the trace, so that
 * what processes tell of an entry can be found from the ledger, after a replay too. It begins here: what a request carried
 * is not kept, for the ledger holds facts alone.
 */
function traceOf(eventId: string): string {
  const trace = eventId.replaceAll('-', '');
  return `00-${trace}-${trace.slice(-16)}-01`;
}

/** Projects and indicators travel with their sector; the plan, its periods and its cases with the plan. */
const topicOf = (stream: string, sector: string): string =>
  sector !== '' && /^(project|indicator)\//.test(stream) ? sectorTopic(sector) : PLAN_TOPIC;

/** planledger.v1.MilestoneClaimed; of an event newer than this relay, whose bytes pass all the same, that of the envelope. */
function cloudEventType({ event }: Entry): string {
  const name = event.case ?? 'entry';
  return `planledger.v1.${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function byTopic(page: readonly Relayed[]): Map<string, FeedRecord[]> {
  const topics = new Map<string, FeedRecord[]>();
  for (const { topic, record } of page) {
    const records = topics.get(topic);
    if (records) records.push(record);
    else topics.set(topic, [record]);
  }
  return topics;
}

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

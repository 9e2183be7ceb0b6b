import { AggregatorDesk } from '@planledger/aggregator-service/desk';
import type { StoredEntry } from '@planledger/contracts';
import {
  type BatchHandler,
  createRelay,
  type Feed,
  type FeedRecord,
  type Relay,
  STANDINGS_TOPIC,
} from '@planledger/feed';
import {
  createPlanStates,
  createSectorDesk,
  parkedIn,
  type PlanStates,
  type Platform,
  type StreamDoc,
} from '@planledger/host';
import type { CompletionInput } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import type { ViewStore } from '@planledger/views';
import { createMemoryViews } from '@planledger/views/memory';

/** What happens next to one of those who follow. */
export interface Step {
  /** Which of them, modulo how many there are. */
  readonly who: number;
  /** Records that come, and how many before them come again. */
  readonly take: number;
  readonly again: number;
  /** What fails while they are handled. */
  readonly down: 'nothing' | 'views' | 'feed';
  /** Whether the process ends afterwards and another goes on, on the views that were kept. */
  readonly restart: boolean;
}

interface Follower {
  readonly topic: string;
  readonly handle: BatchHandler;
  /** Records of the topic that it has handled. */
  handled: number;
}

/** A part of the system that can be started anew. `forgets`: what it knew was in memory alone, so it begins at the first record. */
interface Part {
  readonly forgets: boolean;
  restart(): Promise<void>;
}

/**
 * The read side from ledger entries to the aggregator's cells: the real relay, sector desks, plan states and aggregator
 * on a feed that delivers what it is told, and view stores that outlive the desks.
 */
export async function createDrivenSystem(platform: Platform, plan: string, entries: readonly StoredEntry[]) {
  const topics = new Map<string, FeedRecord[]>();
  const followers = new Map<string, Follower>();
  const parts = new Map<string, Part>();
  const stores = new Map<string, ViewStore<unknown>>();
  const down = { views: false, feed: false };
  const recordsOf = (topic: string): FeedRecord[] => {
    const records = topics.get(topic) ?? [];
    topics.set(topic, records);
    return records;
  };
  const feed: Feed = {
    publish(topic, records) {
      if (down.feed) return Promise.reject(new Error('the feed is down'));
      // As a broker carries them: bytes, whatever the publisher had.
      recordsOf(topic).push(...records.map(({ key, value, headers }) => ({ key, value, headers })));
      return Promise.resolve();
    },
    follow(topic, group, handle) {
      const follower = { topic, handle, handled: followers.get(group)?.handled ?? 0 };
      followers.set(group, follower);
      const lag = (): number => recordsOf(topic).length - follower.handled;
      return Promise.resolve({ stop: () => Promise.resolve(), lag, lagSeconds: () => 0 });
    },
    close: () => Promise.resolve(),
  };
  const keptViews = <Doc>(name: string): ViewStore<Doc> => {
    const kept = (stores.get(name) ?? createMemoryViews<unknown>()) as ViewStore<Doc>;
    stores.set(name, kept);
    return {
      ...kept,
      save: (docs) => (down.views ? Promise.reject(new Error('the views are down')) : kept.save(docs)),
    };
  };
  const driven: Platform = {
    ...{ ...platform, feed, views: keptViews, relays: new Map(), desks: new Map() },
    parked: (of) => parkedIn(stores, of),
  };

  /** Relays all entries from after `bookmark` on: what was relayed before comes again. */
  async function relay(bookmark: number): Promise<void> {
    let running: Relay | undefined;
    await new Promise<void>((reached) => {
      running = createRelay({
        plan,
        feed,
        readPage: (from, limit) => Promise.resolve(entries.slice(from - 1, from - 1 + limit)),
        bookmark: {
          load: () => Promise.resolve(bookmark),
          save: (position) => Promise.resolve(position === entries.length ? reached() : undefined),
        },
      });
      running.start();
    });
    await running?.stop();
  }

  async function start(group: string, forgets: boolean, begin: () => Promise<void>): Promise<void> {
    parts.set(group, { forgets, restart: begin });
    await begin();
  }

  let states: PlanStates = createPlanStates();
  let aggregator = new AggregatorDesk(driven, states, STANDINGS_TOPIC);
  for (const sector of SECTORS.values()) {
    await start(sector.slug, false, () => createSectorDesk(driven, sector).start());
  }
  // The two of one process: an aggregator joins the plan states that it was made with.
  const plans = 'plans';
  await start('aggregator', true, async () => {
    states = createPlanStates();
    aggregator = new AggregatorDesk(driven, states, STANDINGS_TOPIC);
    await states.follow(feed, plans);
    await aggregator.start();
    followers.get(plans)!.handled = 0;
  });

  async function deliver(follower: Follower, from: number, to: number): Promise<void> {
    await follower.handle(recordsOf(follower.topic).slice(from, to));
    follower.handled = Math.max(follower.handled, to);
  }

  return {
    relay,
    async step({ who, take, again, down: what, restart }: Step): Promise<void> {
      const [group, follower] = [...followers][who % followers.size]!;
      const { handled, topic } = follower;
      if (what !== 'nothing') down[what] = true;
      // It may also work out, where there is nothing to save or to publish.
      const to = Math.min(handled + take, recordsOf(topic).length);
      await deliver(follower, Math.max(0, handled - again), to).catch((error: unknown) => {
        if (what === 'nothing') throw error;
      });
      Object.assign(down, { views: false, feed: false });
      const part = parts.get(group);
      if (!restart || !part) return;
      if (part.forgets) follower.handled = 0;
      await part.restart();
    },
    /** Delivers the rest, `take` at a time: sectors first, for what they publish the aggregator still has to read. */
    async drain(take: number): Promise<void> {
      for (const follower of followers.values()) {
        const records = recordsOf(follower.topic);
        while (follower.handled < records.length) {
          await deliver(follower, follower.handled, Math.min(follower.handled + take, records.length));
        }
      }
    },
    input: (on: string): Promise<CompletionInput> => aggregator.input(plan, on),
    /** The kept view of a stream. */
    view: async (sector: string, stream: string) =>
      (await (stores.get(sector) as ViewStore<StreamDoc> | undefined)?.load([`${plan}/${stream}`]))?.get(
        `${plan}/${stream}`,
      ),
    published: (): number => recordsOf(STANDINGS_TOPIC).length,
  };
}

import { type Timer, wallTimer, warnOfTrouble } from '@planledger/feed';
import type { LiveBuild, ViewBuilds } from './builds.js';
import { reasonOf } from './follower.js';
import type { Fold, Versioned, ViewStore } from './port.js';
import { foldStream } from './stream-fold.js';
import { readHistory, type Reading } from './streams.js';

/**
 * The live build of a view as a store, whichever build that is at the moment, so that a follower and its readers go on
 * while a view is rebuilt beside them and switched.
 *
 * **What is where.** A switch is one document that names the live build (ViewBuilds). Every process looks at it under its
 * follower's lock: after each batch is saved and before it counts as handled, and every LOOK_MS when none comes. So no
 * batch is in flight while a process goes over to another build, and none is half on one and half on the other.
 *
 * **Nothing is lost.** Going over, it folds from history every stream of which the build before holds a newer version than
 * the new one, then lets its readers have the new one. What some process saved into the build before, it saved before the
 * switch, and then whoever goes over finds it; or after, and then it learns of the switch by its own look, before that
 * batch counts as handled, and goes over itself. A look that fails fails the batch. A process that starts compares once,
 * whatever the one before it had done.
 *
 * **Standings** of the new generation replace those of the old one, whatever their versions. One process at a time (claim)
 * publishes all that the build holds, page by page, beside the batches. What it publishes may be overtaken: a follower
 * publishes version 10 and saves it, and the 9 that was loaded before comes last, where a compacted topic keeps it for
 * good. Therefore it looks at what it has published once more and publishes what is newer by then, and until all is settled
 * every follower publishes once more what it has published in a batch, after having saved it. Both publish what is stored.
 */
export interface LiveView<Doc> {
  readonly store: ViewStore<Doc>;
  /** Of the build that the last call of the store read or wrote; 1 before the first. */
  generation(): number;
  /** The follower's upkeep: under its lock. Rejects where it could not go over to the live build. */
  upkeep(): Promise<void>;
  /** Looks every LOOK_MS by `keepUp` (the follower's, which takes the lock), and republishes what is not settled. */
  start(keepUp: () => Promise<void>): void;
  stop(): Promise<void>;
}

export interface LiveViewOptions<Doc, Message> extends Reading<Message> {
  readonly builds: ViewBuilds<Doc>;
  readonly fold: Fold<Doc, Message>;
  readonly publish: (docs: readonly Versioned<Doc>[], generation: number) => Promise<void>;
  readonly timer?: Timer;
}

const LOOK_MS = 1_000;
const PAGE_DOCS = 500;

/** A build as this process has it. */
interface Held<Doc> {
  readonly build: LiveBuild;
  readonly store: ViewStore<Doc>;
  /** Whether it has what the build before has; not known of the one that a process starts with. */
  readonly compared: boolean;
}

export function openLiveView<Doc, Message>(options: LiveViewOptions<Doc, Message>): LiveView<Doc> {
  const { builds, fold, publish, timer = wallTimer } = options;
  let held: Held<Doc> | undefined;
  /** Keys saved since the last upkeep that succeeded: their standings were published under what was held then. */
  const saved = new Set<string>();
  /** Whether these standings are to be published once more. */
  let owed = false;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let wake = (): void => {};

  async function current(): Promise<Held<Doc>> {
    if (held) return held;
    const build = await builds.live();
    return (held ??= { build, store: builds.store(build), compared: build.previous === undefined });
  }

  async function upkeep(): Promise<void> {
    const before = await current();
    const build = await builds.live();
    const switched = build.generation !== before.build.generation;
    if (switched || !before.compared) {
      const store = switched ? builds.store(build) : before.store;
      for (const name of new Set([before.build.name, build.previous])) {
        if (name !== undefined && name !== build.name) await catchUp(name, build, store);
      }
      held = { build, store, compared: true };
    } else {
      held = { ...before, build };
    }
    // Where it was unsettled when the batch began, what the batch published may have been overtaken.
    owed ||= switched || !before.build.settled;
    if (owed) await publishStored(held, [...saved]);
    owed = false;
    saved.clear();
  }

  /** Brings into `build` what an older one holds in a newer version. */
  async function catchUp(older: string, build: LiveBuild, store: ViewStore<Doc>): Promise<void> {
    const reached = await builds.versions(build);
    const versions = await builds.versions({ name: older });
    const behind = [...versions].flatMap(([key, version]) => (version > (reached.get(key) ?? 0) ? [key] : []));
    for (const page of pagesOf(behind)) {
      const docs: Versioned<Doc>[] = [];
      for (const key of page) {
        const arrivals = await readHistory(options, key, 1, 0);
        const { reached: doc, halt } = foldStream(fold, key, undefined, arrivals, arrivals);
        if (doc) docs.push(doc);
        if (halt?.kind === 'poison') await store.park({ key, version: halt.version, reason: reasonOf(halt.error) });
      }
      if (docs.length === 0) continue;
      await publish(docs, build.generation);
      await store.save(docs);
    }
  }

  /** Publishes what is stored of the keys, and again what is newer by the time it is published. */
  async function publishStored({ build, store }: Held<Doc>, keys: readonly string[]): Promise<void> {
    const published = new Map<string, number>();
    for (let waiting = keys; waiting.length > 0;) {
      const docs = [...(await store.load(waiting)).values()].filter(
        ({ key, version }) => version > (published.get(key) ?? 0),
      );
      if (docs.length > 0) await publish(docs, build.generation);
      for (const { key, version } of docs) published.set(key, version);
      waiting = docs.map(({ key }) => key);
    }
  }

  async function republish(): Promise<void> {
    const republished = held;
    if (!republished || republished.build.settled) return;
    const { generation } = republished.build;
    if (!(await builds.claim(generation))) return;
    for (const page of pagesOf([...(await builds.versions(republished.build)).keys()])) {
      await publishStored(republished, page);
      if (stopped || !(await builds.claim(generation))) return;
    }
    await builds.settle(generation);
  }

  async function look(keepUp: () => Promise<void>): Promise<void> {
    for (let failures = 0; !stopped;) {
      try {
        await keepUp();
        await republish();
        failures = 0;
      } catch (error) {
        failures += 1;
        warnOfTrouble({ who: `view ${builds.view}`, error, failures });
      }
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const cancel = timer(resolve, LOOK_MS);
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  }

  return {
    store: {
      load: async (keys) => (await current()).store.load(keys),
      async save(docs) {
        for (const { key } of docs) saved.add(key);
        await (await current()).store.save(docs);
      },
      list: async (plan, query) => (await current()).store.list(plan, query),
      stamps: async (plan) => (await current()).store.stamps(plan),
      park: async (pointer) => (await current()).store.park(pointer),
      unpark: async (key) => (await current()).store.unpark(key),
      parked: async (plan) => (await current()).store.parked(plan),
    },
    generation: () => held?.build.generation ?? 1,
    upkeep,
    start(keepUp) {
      running = look(keepUp);
    },
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}

function* pagesOf(keys: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < keys.length; from += PAGE_DOCS) yield keys.slice(from, from + PAGE_DOCS);
}

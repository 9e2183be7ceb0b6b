import { decodeEntry, type Entry, type Standing } from '@planledger/contracts';
import { sectorTopic, STANDINGS_TOPIC, wallTimer } from '@planledger/feed';
import {
  emptyIndicator,
  emptyProject,
  evolveIndicator,
  evolveProject,
  foldIndicator,
  foldProject,
  indicatorStanding,
  type IndicatorState,
  type ProjectState,
  type Sector,
  standingOf,
} from '@planledger/sectors/kit';
import {
  createFollower,
  type Follower,
  type LiveView,
  openLiveView,
  planOf,
  streamOf,
  type Versioned,
} from '@planledger/views';
import { deriveAll } from '@planledger/views/derived';
import type { Platform } from './platform.js';
import { StandingRecord } from './standing-record.js';

/** What a sector keeps of a stream. */
export type StreamDoc =
  | { readonly kind: 'project'; readonly state: ProjectState }
  | { readonly kind: 'indicator'; readonly state: IndicatorState };

/** Of a view that is never rebuilt; each switch of a rebuilt one takes the next. */
const GENERATION = 1;
/** How often a sector that is catching up looks whether it has. */
const WARM_LOOK_MS = 500;

/** A sector's read side: its streams followed into documents, its standings published. */
export interface SectorDesk {
  readonly sector: Sector;
  readonly follower: Follower;
  start(): Promise<void>;
  stop(): Promise<void>;
  project(plan: string, id: string): Promise<ProjectState | undefined>;
  /** One page of the plan's projects in key order, from after `after`. */
  projects(plan: string, after: string | undefined, limit: number): Promise<ProjectState[]>;
  /** All that the sector keeps of a plan, its projects and its indicators, by stream. */
  docs(plan: string): Promise<StreamDoc[]>;
}

/** A view; one that cannot be rebuilt has nothing to keep up with. */
type OpenView = Pick<LiveView<StreamDoc>, 'store' | 'generation'> & Partial<LiveView<StreamDoc>>;

export function createSectorDesk(platform: Platform, sector: Sector): SectorDesk {
  const views = platform.views<StreamDoc>(sector.slug);
  const folding = { ...STREAM_FOLDING, history: platform.history };
  const publish = (docs: readonly Versioned<StreamDoc>[], generation: number): Promise<void> =>
    platform.feed.publish(
      STANDINGS_TOPIC,
      docs.map((doc) => standingRecord(sector, doc, generation)),
    );
  const live: OpenView =
    'switchTo' in views
      ? openLiveView<StreamDoc, Entry>({ ...folding, builds: views, publish })
      : { store: views, generation: () => GENERATION };
  const { store, upkeep } = live;
  const follower = createFollower<StreamDoc, Entry>({
    ...folding,
    feed: platform.feed,
    topic: sectorTopic(sector.slug),
    group: sector.slug,
    store,
    publish: (docs) => publish(docs, live.generation()),
    ...(upkeep && { upkeep }),
  });

  // A question over a whole sector costs what has changed since the last one.
  const kept = deriveAll(store, ({ doc }) => doc);
  let stopWarming = (): void => {};

  /** Whoever asks first after a start would wait for all documents: they are read once the sector has caught up. */
  function warm(): void {
    if (follower.lag() > 0) stopWarming = wallTimer(warm, WARM_LOOK_MS);
    // Where that fails, the first who asks tries again.
    else for (const plan of platform.plans) void kept.all(plan).catch(() => {});
  }

  platform.desks.set(sector.slug, follower);

  return {
    sector,
    follower,
    async start() {
      await follower.start();
      live.start?.(follower.keepUp);
      warm();
    },
    async stop() {
      stopWarming();
      await live.stop?.();
      await follower.stop();
    },
    async project(plan, id) {
      const key = `${plan}/project/${id}`;
      const doc = (await store.load([key])).get(key)?.doc;
      return doc?.kind === 'project' ? doc.state : undefined;
    },
    async projects(plan, after, limit) {
      const from = after ? `${plan}/project/${after}` : `${plan}/project/`;
      const page = await store.list(plan, { after: from, limit });
      return page.flatMap(({ doc }) => (doc.kind === 'project' ? [doc.state] : []));
    },
    docs: (plan) => kept.all(plan),
  };
}

const isProject = (stream: string): boolean => stream.startsWith('project/');

export function initialDoc(key: string): StreamDoc {
  const stream = streamOf(key);
  return isProject(stream)
    ? { kind: 'project', state: emptyProject(stream) }
    : { kind: 'indicator', state: emptyIndicator(stream) };
}

export function evolveDoc(doc: StreamDoc, entry: Entry): StreamDoc | 'refold' {
  if (doc.kind === 'project') {
    const state = evolveProject(doc.state, entry);
    return state === 'refold' ? state : { kind: 'project', state };
  }
  const state = evolveIndicator(doc.state, entry);
  return state === 'refold' ? state : { kind: 'indicator', state };
}

/** The document of a stream from all its entries: for corrections, rebuilds and the auditor's replay alike. */
export function refold(key: string, entries: readonly Entry[]): StreamDoc {
  const stream = streamOf(key);
  return isProject(stream)
    ? { kind: 'project', state: foldProject(stream, entries) }
    : { kind: 'indicator', state: foldIndicator(stream, entries) };
}

/** How the entries of a sector are folded, by its service and by a rebuild alike. */
export const STREAM_FOLDING = {
  decode: decodeEntry,
  locate: ({ plan, stream, version, position }: Entry) => ({ plan, stream, version, position }),
  fold: { initial: initialDoc, evolve: evolveDoc, refold },
};

/** What a document contributes to the plan. */
export function standingFor(sector: Sector, doc: StreamDoc, plan: string, generation = GENERATION): Standing {
  return doc.kind === 'project'
    ? standingOf(sector, doc.state, plan, generation)
    : indicatorStanding(sector.slug, sector.rules, doc.state, plan, generation);
}

function standingRecord(sector: Sector, { key, doc }: Versioned<StreamDoc>, generation: number): StandingRecord {
  return new StandingRecord(key, standingFor(sector, doc, planOf(key), generation));
}

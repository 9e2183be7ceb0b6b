import { cached, DEMO_PEOPLE, demoTokens, oidcTokens } from '@planledger/auth';
import { type Feed, memoryBookmark } from '@planledger/feed';
import { createInProcessFeed } from '@planledger/feed/in-process';
import { ensureTopics } from '@planledger/feed/kafka-topics';
import { createKafkaFeed, type KafkaFeedOptions } from '@planledger/feed/kafka';
import type { Ledger } from '@planledger/ledger';
import { openMongoLedgers } from '@planledger/ledger/mongo';
import { openSqliteLedgers } from '@planledger/ledger/sqlite';
import type { History, ParkedKey, ViewStore } from '@planledger/views';
import { createMemoryViews } from '@planledger/views/memory';
import { mongoViews } from '@planledger/views/mongo';
import { mongoBuilds } from '@planledger/views/mongo-builds';
import { fencedBookmark } from '@planledger/views/mongo-bookmark';
import { openMongo } from '@planledger/views/mongo-database';
import { SECTORS } from '@planledger/sectors';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { OidcConfig } from './config.js';
import type { Platform } from './platform.js';
import type { KafkaAccess, Servers } from './service-config.js';

/** The one file that knows adapters. */

const DEMO_TOKEN_SECONDS = 12 * 3_600;
const CACHED_TOKENS_MAX = 10_000;

/** A platform, and who opened it. */
export interface OpenPlatform extends Platform {
  /** Plans may be added until the services start. */
  readonly plans: string[];
  close(): Promise<void>;
}

/** EX_IOERR of sysexits(3). */
const EXIT_DISK_FAILED = 74;

/**
 * One process: SQLite ledgers in `dataDir`, feed and views in memory. Throws where another process has the folder. Ends
 * the process when the disk fails: what was being written is unknown, and only the next process can find out.
 */
export function openEmbedded(
  dataDir: string,
  oidc: OidcConfig | undefined,
  clock: (plan: string) => number,
): OpenPlatform {
  const ledger = openSqliteLedgers(dataDir, {
    onBroken: ({ message }) => {
      process.stderr.write(`${message}\n`);
      process.exit(EXIT_DISK_FAILED);
    },
  });
  const feed = createInProcessFeed();
  const stores = new Map<string, ViewStore<unknown>>();
  return {
    ...onAnyAdapters(ledger, feed, oidc),
    views<Doc>(name: string) {
      const store = createMemoryViews<Doc>();
      stores.set(name, store);
      return store;
    },
    parked: (plan) => parkedIn(stores, plan),
    // Views live in memory, so the bookmark does too, and every start relays from the first entry.
    bookmark: () => memoryBookmark(),
    ownGroup: (name) => name,
    cacheFolder: join(dataDir, 'cache'),
    clock,
    close: async () => {
      await feed.close();
      ledger.close();
    },
  };
}

/** EX_TEMPFAIL of sysexits(3): another process may do better. */
const EXIT_STALLED = 75;

/**
 * Ledger and views in MongoDB, the feed on Kafka, whose topics ensureTopics has made. Rejects where no primary answers.
 * Ends the process when a follower stalls though the broker answers. `history`: how a process without the ledger asks for
 * the entries of a stream.
 */
export async function openDistributed(
  { mongoUrl, brokers, kafkaAccess, prefix = '', cacheFolder, stallLimitMs }: Servers,
  oidc: OidcConfig | undefined,
  clock: (plan: string) => number,
  history: History | 'of-the-ledger' = 'of-the-ledger',
): Promise<OpenPlatform> {
  const own = history === 'of-the-ledger' ? await openMongoLedgers(mongoUrl, `${prefix}planledger-ledger`) : undefined;
  const database = viewsDatabase({ mongoUrl, prefix });
  const kafka = createKafkaFeed({
    brokers,
    ...(kafkaAccess && { access: kafkaAccessOf(kafkaAccess) }),
    ...(stallLimitMs !== undefined && { stallLimitMs }),
    onStalled: ({ who, lag, ms }) => {
      process.stderr.write(`${who}: ${lag} records wait and none was handled for ${ms} ms\n`);
      process.exit(EXIT_STALLED);
    },
  });
  const feed: Feed = {
    publish: (topic, records) => kafka.publish(prefix + topic, records),
    follow: (topic, group, handle) => kafka.follow(prefix + topic, group, handle),
    close: () => kafka.close(),
  };
  const instance = randomUUID();
  const stores = new Map([...SECTORS.keys()].map((sector) => [sector, mongoViews<unknown>(database, sector)]));
  return {
    ...onAnyAdapters(own ?? NO_LEDGER, feed, oidc),
    ...(history !== 'of-the-ledger' && { history }),
    views: <Doc>(name: string) => mongoBuilds<Doc>(database, name, instance),
    parked: lookedUp((plan) => parkedIn(stores, plan)),
    bookmark: (plan) => fencedBookmark(database, plan, instance),
    ownGroup: (name) => `${name}-${instance}`,
    cacheFolder,
    clock,
    close: async () => {
      await feed.close();
      await Promise.all([own?.close(), database.close()]);
    },
  };
}

const viewsDatabase = ({ mongoUrl, prefix = '' }: Pick<Servers, 'mongoUrl' | 'prefix'>) =>
  openMongo(mongoUrl, `${prefix}planledger-views`);

/** The builds of a view alone, for the tool that rebuilds it. */
export function openBuilds<Doc>(servers: Pick<Servers, 'mongoUrl' | 'prefix'>, view: string) {
  const database = viewsDatabase(servers);
  return { builds: mongoBuilds<Doc>(database, view, randomUUID()), close: () => database.close() };
}

/** Makes the topics that are missing and answers their names; rejects where one stands otherwise than stated. */
export const makeTopics = (
  { brokers, kafkaAccess, prefix }: Servers,
  { partitions, replication }: { readonly partitions: number; readonly replication: number },
): Promise<string[]> =>
  ensureTopics(brokers, {
    ...{ sectors: [...SECTORS.keys()], partitions, replication },
    ...(prefix && { prefix }),
    ...(kafkaAccess && { access: kafkaAccessOf(kafkaAccess) }),
  });

/** Of a process that has none: whoever asks it is a mistake, which must not look like an empty plan. */
const noLedger = (): Promise<never> => Promise.reject(new Error('this process has no ledger'));
const NO_LEDGER: Ledger = {
  append: noLedger,
  readStream: noLedger,
  read: noLedger,
  head: noLedger,
  findCommand: noLedger,
};

/** As kafkajs takes it. */
const kafkaAccessOf = ({ tls, user }: KafkaAccess) => ({
  ssl: tls,
  ...(user && { sasl: { mechanism: user.mechanism, username: user.name, password: user.password } as SASLOptions }),
});
type SASLOptions = NonNullable<NonNullable<KafkaFeedOptions['access']>['sasl']>;

/** What a platform has whatever its adapters. */
const onAnyAdapters = (ledger: Ledger, feed: Feed, oidc: OidcConfig | undefined) => ({
  ...{ ...signIn(oidc), ledger, feed, plans: [], relays: new Map(), desks: new Map() },
  history: async (plan: string, stream: string, fromVersion: number) =>
    (await ledger.readStream(plan, stream, fromVersion)).map(({ bytes }) => bytes),
});

/** By the identity provider; without one as demo people, whose key no other process has. */
function signIn(oidc: OidcConfig | undefined): Pick<Platform, 'checkToken' | 'keysAtHand' | 'signIn' | 'demo'> {
  const now = (): number => Date.now();
  const limits = { max: CACHED_TOKENS_MAX };
  if (oidc) {
    const { issuer, client } = oidc;
    const { check, ready } = oidcTokens(oidc);
    const known = { checkToken: cached(check, now, limits), keysAtHand: ready };
    return { ...known, signIn: { issuer, client }, demo: undefined };
  }
  const demo = demoTokens({ people: DEMO_PEOPLE, nowMs: now, lifetimeSeconds: DEMO_TOKEN_SECONDS });
  const people = { people: DEMO_PEOPLE, issue: demo.issue };
  const known = { checkToken: cached(demo.check, now, limits), keysAtHand: async () => true };
  return { ...known, signIn: undefined, demo: people };
}

/** Parked keys are rare, and asked for by every answer: the store is asked once in this time. */
const PARKED_LOOK_MS = 1_000;

function lookedUp(look: Platform['parked']): Platform['parked'] {
  const looks = new Map<string, { readonly at: number; readonly found: ReturnType<Platform['parked']> }>();
  return (plan) => {
    const known = looks.get(plan);
    const now = performance.now();
    if (known && now - known.at < PARKED_LOOK_MS) return known.found;
    const found = look(plan);
    looks.set(plan, { at: now, found });
    // One that failed is asked anew.
    found.catch(() => looks.delete(plan));
    return found;
  };
}

/** The parked keys of a plan in stores by name. */
export async function parkedIn(
  stores: ReadonlyMap<string, Pick<ViewStore<unknown>, 'parked'>>,
  plan: string,
): Promise<(ParkedKey & { view: string })[]> {
  const lists = [...stores].map(async ([view, store]) => (await store.parked(plan)).map((key) => ({ view, ...key })));
  return (await Promise.all(lists)).flat();
}

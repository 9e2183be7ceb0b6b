import { cached, DEMO_PEOPLE, demoTokens, oidcTokens } from '@planledger/auth';
import { memoryBookmark } from '@planledger/feed';
import { createInProcessFeed } from '@planledger/feed/in-process';
import { openSqliteLedgers } from '@planledger/ledger/sqlite';
import type { ParkedKey, ViewStore } from '@planledger/views';
import { createMemoryViews } from '@planledger/views/memory';
import { join } from 'node:path';
import type { OidcConfig } from './config.js';
import type { Platform } from './platform.js';

/** The one file that knows adapters. */

const DEMO_TOKEN_SECONDS = 12 * 3_600;
const CACHED_TOKENS_MAX = 10_000;

export interface EmbeddedPlatform extends Platform {
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
): EmbeddedPlatform {
  const ledger = openSqliteLedgers(dataDir, {
    onBroken: ({ message }) => {
      process.stderr.write(`${message}\n`);
      process.exit(EXIT_DISK_FAILED);
    },
  });
  const feed = createInProcessFeed();
  const stores = new Map<string, ViewStore<unknown>>();
  const now = (): number => Date.now();
  const demo = oidc ? undefined : demoTokens({ people: DEMO_PEOPLE, nowMs: now, lifetimeSeconds: DEMO_TOKEN_SECONDS });
  const check = oidc ? oidcTokens(oidc).check : demo?.check;
  if (!check) throw new Error('no way to sign in');
  return {
    ledger,
    feed,
    views<Doc>(name: string) {
      const store = createMemoryViews<Doc>();
      stores.set(name, store);
      return store;
    },
    parked: (plan) => parkedIn(stores, plan),
    // Views live in memory, so the bookmark does too, and every start relays from the first entry.
    bookmark: () => memoryBookmark(),
    ownGroup: (name) => name,
    history: async (plan, stream, fromVersion) =>
      (await ledger.readStream(plan, stream, fromVersion)).map(({ bytes }) => bytes),
    cacheFolder: join(dataDir, 'cache'),
    plans: [],
    clock,
    checkToken: cached(check, now, { max: CACHED_TOKENS_MAX }),
    demo: demo && { people: DEMO_PEOPLE, issue: demo.issue },
    relays: new Map(),
    desks: new Map(),
    close: async () => {
      await feed.close();
      ledger.close();
    },
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

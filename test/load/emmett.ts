import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * emmett's own append beside ours, one event an append, with emmett's own settings, where somebody installed it;
 * elsewhere a line says so.
 *
 * It is no dependency of the tree: its SQLite store stands on the driver `sqlite3`, which fetches a binary from a release
 * page or else compiles for minutes, and brings 170 packages along, its MongoDB store on an older driver than ours; all
 * in every clone, for a line or two of the benchmark. `npm install --no-save @event-driven-io/emmett-sqlite
 * @event-driven-io/emmett-mongodb @event-driven-io/emmett` (all of one version) puts it there.
 */
export interface EmmettStore {
  /** Appends `count` single events to STREAMS streams in turn, so many at a time; how many a second. */
  append(count: number, clients: number): Promise<number>;
  close(): Promise<void>;
}

const STREAMS = 64;

/** What is used of emmett's event stores. */
interface EventStore {
  appendToStream(stream: string, events: readonly object[]): Promise<unknown>;
  close?(): Promise<void>;
}

export const emmettSqlite = (fileName: string) =>
  openEmmett('@event-driven-io/emmett-sqlite', 'getSQLiteEventStore', { fileName });
export const emmettMongo = (connectionString: string) =>
  openEmmett('@event-driven-io/emmett-mongodb', 'getMongoDBEventStore', { connectionString });

async function openEmmett(name: string, maker: string, options: object): Promise<EmmettStore | undefined> {
  const make = (await installed(name))?.[maker];
  if (!make) return undefined;
  const store = make(options);
  let appended = 0;
  const append = (): Promise<unknown> => {
    const stream = `project-${appended++ % STREAMS}`;
    return store.appendToStream(stream, [{ type: 'ProgressReported', data: { done: appended } }]);
  };
  // Its tables are made at the first append.
  for (let n = 0; n < STREAMS; n += 1) await append();
  return {
    async append(count, clients) {
      let left = count;
      const started = performance.now();
      await Promise.all(
        Array.from({ length: clients }, async () => {
          while (left-- > 0) await append();
        }),
      );
      return count / ((performance.now() - started) / 1_000);
    },
    close: async () => void (await store.close?.()),
  };
}

async function installed(name: string): Promise<Record<string, (options: object) => EventStore> | undefined> {
  try {
    return (await import(name)) as Record<string, (options: object) => EventStore>;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const APPENDS = 1_000;

/** It writes to a file in WAL mode and leaves `synchronous` at SQLite's FULL, as we do; 64 clients lock each other out. */
export async function measureEmmettSqlite(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-emmett-'));
  try {
    const store = await emmettSqlite(join(folder, 'emmett.sqlite'));
    if (!store) return 'emmett-sqlite is not installed; nothing measured beside it';
    const perSecond = Math.round(await store.append(APPENDS, 1));
    await store.close();
    return `emmett-sqlite, one client, one event an append: ${perSecond}/s`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APPENDS = 1_000;
const STREAMS = 20;

/** What is used of emmett's event stores. */
interface EventStore {
  appendToStream(stream: string, events: readonly object[]): Promise<unknown>;
  close?(): Promise<void>;
}

/**
 * emmett's own append beside ours, one event an append, one client, with emmett's own settings, where somebody installed
 * it; elsewhere a line says so.
 *
 * It is no dependency of the tree: its SQLite store stands on the driver `sqlite3`, which fetches a binary from a release
 * page or else compiles for minutes, and brings 170 packages along, in every clone, for one line of the benchmark.
 * `npm install --no-save @event-driven-io/emmett-sqlite @event-driven-io/emmett` (both of one version) puts it there. It
 * writes to a file in WAL mode and leaves `synchronous` at SQLite's FULL, as we do. For MongoDB also MONGODB_URL must be
 * set: the address of a server that may be written to.
 */
export async function measureEmmett(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-emmett-'));
  const mongodbUrl = process.env['MONGODB_URL'];
  try {
    const fileName = join(folder, 'emmett.sqlite');
    const sqlite = await measured('emmett-sqlite', 'getSQLiteEventStore', { fileName });
    if (mongodbUrl === undefined) return [sqlite, 'emmett-mongodb: MONGODB_URL is not set; nothing measured'];
    const options = { connectionString: mongodbUrl };
    return [sqlite, await measured('emmett-mongodb', 'getMongoDBEventStore', options)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(name: string, maker: string, options: object): Promise<string> {
  const makers = await installed(`@event-driven-io/${name}`);
  const make = makers?.[maker];
  if (!make) return `${name} is not installed; nothing measured beside it`;
  const store = make(options);
  const append = (n: number): Promise<unknown> =>
    store.appendToStream(`project-${n % STREAMS}`, [{ type: 'ProgressReported', data: { done: n } }]);
  try {
    // Its tables are made at the first append.
    for (let n = 0; n < STREAMS; n += 1) await append(n);
    const started = performance.now();
    for (let n = 0; n < APPENDS; n += 1) await append(n);
    const perSecond = Math.round(APPENDS / ((performance.now() - started) / 1_000));
    return `${name}, one client, one event an append: ${perSecond}/s`;
  } finally {
    await store.close?.();
  }
}

async function installed(name: string): Promise<Record<string, (options: object) => EventStore> | undefined> {
  try {
    return (await import(name)) as Record<string, (options: object) => EventStore>;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

import Database from 'better-sqlite3';

/**
 * One file per plan. The bytes are the entry; the columns beside them serve the search alone.
 *
 * Two indexes only, both needed to refuse: each costs an appended entry several microseconds, more than encoding it.
 * Questions by actor, type, county or period are an auditor's, a few a day: they scan by position (see sqlite.ts).
 */
const SCHEMA = `
  CREATE TABLE entries (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    sector TEXT NOT NULL,
    county TEXT NOT NULL,
    period TEXT NOT NULL,
    backfilled INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entries_by_stream ON entries (stream, version);
  CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    body_digest TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 5_000;
/** 16 MiB of log between checkpoints: pages that many commits touch are carried into the file once. */
const CHECKPOINT_PAGES = 4_000;
/** Command ids arrive in random order; their index stays fast as long as its leaves fit here. */
const CACHE_KIB = 65_536;
/** Older ones may lose a commit when a checkpoint resets the log (WAL-reset race, sqlite.org/wal.html). */
const SQLITE_VERSION_MIN = '3.51.3';
const SYNCHRONOUS_FULL = 2;

/** Throws where the library itself is known to lose commits. */
export function assertVersion(version: string): void {
  if (compareVersions(version, SQLITE_VERSION_MIN) < 0)
    throw new Error(`SQLite ${version} can lose commits; ${SQLITE_VERSION_MIN} or later is needed`);
}

/** What a connection really does, read back after setting it. */
export interface SqliteSettings {
  readonly journalMode: string;
  readonly synchronous: number;
}

/** Throws, naming the setting, where a commit answered ok might not be on disk. */
export function assertDurable({ journalMode, synchronous }: SqliteSettings): void {
  if (journalMode !== 'wal') throw new Error(`the ledger needs journal_mode wal, SQLite answers ${journalMode}`);
  if (synchronous !== SYNCHRONOUS_FULL)
    throw new Error(`the ledger needs synchronous FULL (${SYNCHRONOUS_FULL}), SQLite answers ${synchronous}`);
}

function compareVersions(left: string, right: string): number {
  const wanted = right.split('.').map(Number);
  for (const [index, part] of left.split('.').map(Number).entries()) {
    const difference = part - (wanted[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The connection that writes; makes the file and its tables where there are none. */
export function openWriter(path: string): Database.Database {
  const writer = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = FULL');
    writer.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    writer.pragma(`cache_size = -${CACHE_KIB}`);
    assertDurable({
      journalMode: writer.pragma('journal_mode', { simple: true }) as string,
      synchronous: writer.pragma('synchronous', { simple: true }) as number,
    });
    prepareSchema(writer, path);
    return writer;
  } catch (error) {
    writer.close();
    throw error;
  }
}

function prepareSchema(writer: Database.Database, path: string): void {
  // In one transaction: a process killed in the middle leaves version 0 and no tables, and the next one starts anew.
  writer
    .transaction(() => {
      const version = writer.pragma('user_version', { simple: true }) as number;
      if (version === SCHEMA_VERSION) return;
      if (version !== 0) throw new Error(`${path} has schema ${version}, this program knows ${SCHEMA_VERSION}`);
      writer.exec(SCHEMA);
      writer.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}

/** A second connection for bulk reads: whatever is asked through it can neither write nor hold up a commit. */
export function openReader(path: string): Database.Database {
  const reader = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  // Streams are read at random; with the index of a million entries in memory that costs a quarter less.
  reader.pragma(`cache_size = -${CACHE_KIB}`);
  return reader;
}

/**
 * Takes the data directory for this process, and refuses a library that is too old before any plan is opened: an exclusive transaction on a file of its own, held open and never
 * written to. The system lets go of it when the process dies, however it dies.
 */
export function lockDirectory(path: string): Database.Database {
  const lock = new Database(path, { timeout: 0 });
  try {
    assertVersion(lock.prepare<[], string>('SELECT sqlite_version()').pluck().get()!);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY'))
      throw new Error(`the data directory is in use by another process (${path} is locked)`, { cause: error });
    throw error;
  }
}

/** SQLite's extended result code, e.g. SQLITE_IOERR_FSYNC; empty of any other error. */
export function sqliteCode(error: unknown): string {
  // Not by class: the addon throws the class of whoever loaded it first in the process.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

import { rememberDecided, STREAM_ENTRIES_MAX, type StoredEntry } from '@planledger/contracts';
import type Database from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import { columnsOf, conditionsOf } from './commit.js';
import type { Commit, CommandRecord, EntryFilter, Head, NewEntry, ReadQuery } from './port.js';
import { openReader, openWriter, sqliteCode } from './sqlite-file.js';

/** One plan's file, opened, and its prepared statements. All calls are those of the port, for this plan. */
export interface SqlitePlan {
  append(expectedHead: number, commit: Commit): 'ok' | 'conflict';
  readStream(stream: string, fromVersion: number): StoredEntry[];
  read(query: ReadQuery): Promise<StoredEntry[]>;
  head(): Head;
  findCommand(commandId: string): CommandRecord | undefined;
  backup(toPath: string): Promise<void>;
  close(): void;
}

const STORED = 'position, stream, version, bytes';

/** A filtered read looks at this many positions, then lets the event loop run: a few milliseconds each. */
const SCAN_POSITIONS = 10_000;

/** Entries appended last that are kept as they were given; up to twice as many between two clearances. */
const TAIL_ENTRIES_MAX = 256;

const COLUMNS: Readonly<Record<keyof EntryFilter, string>> = {
  stream: 'stream',
  type: 'type',
  actor: 'actor',
  sector: 'sector',
  county: 'county',
  period: 'period',
  backfilled: 'backfilled',
};

/** See the constants of these names; smaller in tests. */
export interface SqlitePlanLimits {
  readonly scanPositions?: number;
  readonly tailEntriesMax?: number;
}

export function openSqlitePlan(path: string, limits: SqlitePlanLimits = {}): SqlitePlan {
  const { scanPositions = SCAN_POSITIONS, tailEntriesMax = TAIL_ENTRIES_MAX } = limits;
  const writer = openWriter(path);
  const reader = openReader(path);
  const lastEntry = writer.prepare<[], Head>(
    'SELECT position, recorded_at AS recordedAt FROM entries ORDER BY position DESC LIMIT 1',
  );
  const command = writer.prepare<[string], CommandRecord>(
    'SELECT id, body_digest AS bodyDigest, first, count FROM commands WHERE id = ?',
  );
  const streamEntries = reader.prepare<[string, number, number], StoredEntry>(
    `SELECT ${STORED} FROM entries WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?`,
  );
  const head = (): Head => lastEntry.get() ?? { position: 0, recordedAt: '' };
  const append = prepareAppend(writer, head);
  const read = prepareRead(reader, scanPositions);
  const tail = createTail(tailEntriesMax);

  return {
    append(expectedHead, commit) {
      const outcome = append(expectedHead, commit);
      if (outcome === 'ok') tail.append(commit.entries);
      return outcome;
    },
    readStream: (stream, fromVersion) => streamEntries.all(stream, fromVersion, STREAM_ENTRIES_MAX),
    read: async (query) => tail.read(query) ?? read(query),
    head,
    findCommand: (commandId) => command.get(commandId),
    // On the writing connection: SQLite carries commits made meanwhile into the copy instead of starting it again.
    async backup(toPath) {
      await writer.backup(toPath);
    },
    close() {
      reader.close();
      writer.close();
    },
  };
}

/**
 * The last entries in memory, for who reads right behind the writer: the relay at every commit. This process has the
 * directory to itself, so nobody else can have appended after them.
 */
function createTail(entriesMax: number) {
  let entries: NewEntry[] = [];
  return {
    append(added: readonly NewEntry[]): void {
      entries.push(...added);
      if (entries.length > 2 * entriesMax) entries = entries.slice(entries.length - entriesMax);
    },
    /** Undefined where the page begins before the tail, or is filtered. */
    read({ from, to = Infinity, limit, filter }: ReadQuery): StoredEntry[] | undefined {
      const first = entries[0]?.position;
      if (first === undefined || from < first || conditionsOf(filter).length > 0) return undefined;
      const page = entries.slice(from - first, Math.max(0, Math.min(from + limit - 1, to) - first + 1));
      return page.map(({ position, stream, version, bytes, entry }) => {
        // When it is read, not when it is appended: nobody may ever ask.
        rememberDecided(bytes, entry);
        return { position, stream, version, bytes };
      });
    },
  };
}

function prepareAppend(writer: Database.Database, head: () => Head): SqlitePlan['append'] {
  const insertEntry = writer.prepare(`INSERT INTO entries VALUES (${Array(13).fill('?').join(', ')})`);
  const insertCommand = writer.prepare('INSERT INTO commands VALUES (?, ?, ?, ?)');
  const write = writer.transaction((expectedHead: number, { entries, commands }: Commit): 'ok' | 'conflict' => {
    if (head().position !== expectedHead) return 'conflict';
    for (const { position, stream, version, bytes, entry } of entries) {
      const c = columnsOf(entry);
      const about = [c.eventId, c.type, c.occurredOn, c.recordedAt, c.actor, c.sector, c.county, c.period];
      insertEntry.run(position, stream, version, ...about, c.backfilled ? 1 : 0, bytes);
    }
    for (const { id, bodyDigest, first, count } of commands) insertCommand.run(id, bodyDigest, first, count);
    return 'ok';
  }).immediate;

  return (expectedHead, commit) => {
    try {
      return write(expectedHead, commit);
    } catch (error) {
      if (TAKEN.includes(sqliteCode(error))) return 'conflict';
      throw error;
    }
  };
}

/** A command id or a stream's version that is already there; the transaction has been rolled back. */
const TAKEN = ['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE'];

/**
 * One stream is found by its index; everything else in position order. A filter that matches little would hold the
 * process while SQLite runs through the whole plan, so it is asked for some positions at a time.
 */
function prepareRead(reader: Database.Database, scanPositions: number): SqlitePlan['read'] {
  const last = reader.prepare<[], number>('SELECT coalesce(max(position), 0) FROM entries').pluck();
  const statements = new Map<string, Database.Statement<unknown[], StoredEntry>>();
  const select = (source: string, conditions: readonly string[]): Database.Statement<unknown[], StoredEntry> => {
    const where = ['position BETWEEN ? AND ?', ...conditions.map((column) => `${column} = ?`)].join(' AND ');
    const sql = `SELECT ${STORED} FROM ${source} WHERE ${where} ORDER BY position LIMIT ?`;
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, (statement = reader.prepare(sql)));
    return statement;
  };

  return async ({ from, to = Infinity, limit, filter }) => {
    const end = Math.min(to, last.get()!);
    const conditions = conditionsOf(filter);
    const indexed = filter?.stream !== undefined;
    const page = select(
      indexed ? 'entries INDEXED BY entries_by_stream' : 'entries',
      conditions.map(([field]) => COLUMNS[field]),
    );
    const values = conditions.map(([, value]) => (typeof value === 'boolean' ? Number(value) : value));
    if (indexed || conditions.length === 0) return page.all(from, end, ...values, limit);
    const found: StoredEntry[] = [];
    for (let start = from; start <= end && found.length < limit; start += scanPositions) {
      if (start > from) await setImmediate();
      const stop = Math.min(end, start + scanPositions - 1);
      found.push(...page.all(start, stop, ...values, limit - found.length));
    }
    return found;
  };
}

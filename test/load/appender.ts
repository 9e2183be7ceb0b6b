import Database from 'better-sqlite3';
import { openEmbedded, openWriteSide, type WriteSide } from '@planledger/host';
import { decodeEntry, type StoredEntry } from '@planledger/contracts';
import type { Ledger } from '@planledger/ledger';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAN, prepareProjects, progressBody, projectId, PROJECTS, rowCommand, TODAY } from './fixture.js';

export const CONCURRENT = 64;

/** Not counted: a process that has run for a minute is what is measured, not the first seconds of its compiler. */
const WARM_UP_COMMANDS = 20_000;

/** Submits reports, CONCURRENT at a time; seconds taken. */
export async function report(side: WriteSide, name: string, commands: number): Promise<number> {
  const work = Array.from({ length: commands }, (_, n) => ({
    commandId: `${name}-command-${n}`,
    bodyDigest: n.toString(16).padStart(64, '0'),
    command: rowCommand('reportProgress', { id: projectId(n % PROJECTS) }, progressBody()),
  }));
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENT }, async () => {
      for (let submission = work[next++]; submission; submission = work[next++]) {
        const answer = await side.appender.submit(submission);
        if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
      }
    }),
  );
  return (performance.now() - started) / 1_000;
}

export interface Measured {
  /** Entries a second through decide, encode, hash and group commit. */
  readonly appender: number;
  /** The same rows (bytes, index columns, command records) in the same commit sizes by better-sqlite3 alone. */
  readonly raw: number;
  /** As raw, but nothing except position, stream, version and the entry's bytes. */
  readonly bytesOnly: number;
  readonly commits: number;
}

/** Short enough that the disk and the processor are the same for both sides of a turn. */
const TURN_COMMANDS = 2_000;

/**
 * `commands` reports through the whole write side, 64 at a time, on SQLite FULL; after every turn of them the rows of
 * that turn once more, raw. The seconds of each side are summed over all turns: what the machine does meanwhile slows
 * both alike.
 */
export async function measureAppender(commands: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-bench-'));
  try {
    const platform = openEmbedded(folder, undefined, () => TODAY);
    await prepareProjects(platform);
    const side = await openWriteSide(platform, PLAN);
    const raw = openSameRows(join(folder, `${PLAN}.ledger.sqlite`), join(folder, 'raw.sqlite'));
    const bytesOnly = openBytesOnly(join(folder, 'bytes.sqlite'), platform.ledger);
    const seconds = { appender: 0, raw: 0, bytesOnly: 0 };
    let [sizes, head]: [number[], number] = [[], side.appender.head().position];
    let commits = 0;
    side.appender.onAppended((position) => {
      sizes.push(position - head);
      head = position;
    });
    const turn = async (name: string): Promise<void> => {
      const first = head + 1;
      sizes = [];
      const ours = await report(side, name, TURN_COMMANDS);
      const same = raw.insert(first, sizes);
      const bytes = await bytesOnly.insert(first, sizes);
      if (name.startsWith('warm-up')) return;
      seconds.appender += ours;
      seconds.raw += same;
      seconds.bytesOnly += bytes;
      commits += sizes.length;
    };
    for (let done = 0; done < WARM_UP_COMMANDS; done += TURN_COMMANDS) await turn(`warm-up-${done}`);
    for (let done = 0; done < commands; done += TURN_COMMANDS) await turn(`bench-${done}`);
    raw.close();
    bytesOnly.close();
    await side.stop();
    await platform.close();
    const perSecond = (taken: number): number => commands / taken;
    return {
      appender: perSecond(seconds.appender),
      raw: perSecond(seconds.raw),
      bytesOnly: perSecond(seconds.bytesOnly),
      commits,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function openRaw(path: string): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return database;
}

/** Inserts rows in transactions of `sizes`; seconds taken. */
function timed(database: Database.Database, sizes: readonly number[], insert: (at: number) => void): number {
  const commit = database.transaction((from: number, to: number) => {
    for (let at = from; at < to; at += 1) insert(at);
  });
  const started = performance.now();
  let at = 0;
  for (const size of sizes) {
    commit(at, at + size);
    at += size;
  }
  return (performance.now() - started) / 1_000;
}

/** Into a file of the ledger's own schema, every row as the ledger stored it, command records included. */
function openSameRows(source: string, path: string) {
  const ledger = new Database(source, { readonly: true });
  const select = (table: string, key: string) =>
    ledger.prepare<[number], unknown[]>(`SELECT * FROM ${table} WHERE ${key} >= ? ORDER BY ${key}`).raw();
  const [entriesFrom, commandsFrom] = [select('entries', 'position'), select('commands', 'first')];
  const schema = ledger.prepare<[], string>('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL').pluck().all();
  const database = openRaw(path);
  for (const sql of schema) database.exec(sql);
  const places = (statement: Database.Statement): string => Array(statement.columns().length).fill('?').join(', ');
  const entry = database.prepare(`INSERT INTO entries VALUES (${places(entriesFrom)})`);
  const command = database.prepare(`INSERT INTO commands VALUES (${places(commandsFrom)})`);
  return {
    insert(first: number, sizes: readonly number[]): number {
      const [entries, commands] = [entriesFrom.all(first), commandsFrom.all(first)];
      return timed(database, sizes, (at) => {
        entry.run(entries[at]);
        command.run(commands[at]);
      });
    },
    close() {
      database.close();
      ledger.close();
    },
  };
}

function openBytesOnly(path: string, ledger: Ledger) {
  const database = openRaw(path);
  database.exec(
    'CREATE TABLE entries (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, bytes BLOB, UNIQUE (stream, version))',
  );
  const entry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?)');
  return {
    async insert(first: number, sizes: readonly number[]): Promise<number> {
      const rows: StoredEntry[] = [];
      for (let from = first; rows.length < TURN_COMMANDS; from += 1_000)
        rows.push(...(await ledger.read(PLAN, { from, limit: 1_000 })));
      if (!decodeEntry(rows[0]!.bytes).eventId) throw new Error('entries missing');
      return timed(database, sizes, (at) => {
        const { position, stream, version, bytes } = rows[at]!;
        entry.run(position, stream, version, bytes);
      });
    },
    close: () => void database.close(),
  };
}

import Database from 'better-sqlite3';
import { openEmbedded, openWriteSide, type WriteSide } from '@planledger/host';
import { decodeEntry } from '@planledger/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAN, prepareProjects, progressBody, projectId, PROJECTS, rowCommand, TODAY } from './fixture.js';

const CONCURRENT = 64;

/** Not counted: a process that has run for a minute is what is measured, not the first seconds of its compiler. */
const WARM_UP_COMMANDS = 20_000;

/** Submits reports, CONCURRENT at a time; entries a second. */
async function report(side: WriteSide, name: string, commands: number): Promise<number> {
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
  return commands / ((performance.now() - started) / 1_000);
}

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly bytes: Uint8Array;
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

/** `commands` reports through the whole write side, 64 at a time, on SQLite FULL; then the same rows raw. */
export async function measureAppender(commands: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-bench-'));
  try {
    const platform = openEmbedded(folder, undefined, () => TODAY);
    await prepareProjects(platform);
    const side = await openWriteSide(platform, PLAN);
    await report(side, 'warm-up', WARM_UP_COMMANDS);
    const before = side.appender.head().position;
    const sizes: number[] = [];
    let head = before;
    side.appender.onAppended((position) => {
      sizes.push(position - head);
      head = position;
    });
    const appender = await report(side, 'bench', commands);
    const rows: Row[] = [];
    for (let from = before + 1; from <= head; from += 1_000) {
      rows.push(...(await platform.ledger.read(PLAN, { from, limit: 1_000 })));
    }
    if (rows.length !== commands || !decodeEntry(rows[0]?.bytes ?? new Uint8Array()).eventId)
      throw new Error('entries missing');
    await side.stop();
    await platform.close();
    const source = join(folder, `${PLAN}.ledger.sqlite`);
    return {
      appender,
      raw: sameRows(source, join(folder, 'raw.sqlite'), before, sizes),
      bytesOnly: bytesOnly(join(folder, 'bytes.sqlite'), rows, sizes),
      commits: sizes.length,
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

/** Inserts `part` of each commit size in a transaction of its own; rows a second. */
function timed(
  database: Database.Database,
  sizes: readonly number[],
  insert: (from: number, to: number) => void,
): number {
  const commit = database.transaction(insert);
  const started = performance.now();
  let at = 0;
  for (const size of sizes) {
    commit(at, at + size);
    at += size;
  }
  const perSecond = at / ((performance.now() - started) / 1_000);
  database.close();
  return perSecond;
}

/** Into a file of the ledger's own schema, every row as the ledger stored it, command records included. */
function sameRows(source: string, path: string, before: number, sizes: readonly number[]): number {
  const ledger = new Database(source, { readonly: true });
  const entries = ledger
    .prepare<[number], unknown[]>('SELECT * FROM entries WHERE position > ? ORDER BY position')
    .raw()
    .all(before);
  const commands = ledger
    .prepare<[number], unknown[]>('SELECT * FROM commands WHERE first > ? ORDER BY first')
    .raw()
    .all(before);
  const schema = ledger.prepare<[], string>('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL').pluck().all();
  ledger.close();
  const database = openRaw(path);
  for (const sql of schema) database.exec(sql);
  const places = (row: unknown[] | undefined): string => (row ?? []).map(() => '?').join(', ');
  const entry = database.prepare(`INSERT INTO entries VALUES (${places(entries[0])})`);
  const command = database.prepare(`INSERT INTO commands VALUES (${places(commands[0])})`);
  return timed(database, sizes, (from, to) => {
    for (let at = from; at < to; at += 1) {
      entry.run(entries[at]);
      command.run(commands[at]);
    }
  });
}

function bytesOnly(path: string, rows: readonly Row[], sizes: readonly number[]): number {
  const database = openRaw(path);
  database.exec(
    'CREATE TABLE entries (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, bytes BLOB, UNIQUE (stream, version))',
  );
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?)');
  return timed(database, sizes, (from, to) => {
    for (const { position, stream, version, bytes } of rows.slice(from, to))
      insert.run(position, stream, version, bytes);
  });
}

import Database from 'better-sqlite3';
import { openEmbedded } from '@planledger/host';
import { openWriteSide } from '@planledger/host';
import { decodeEntry } from '@planledger/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAN, prepareProjects, progressBody, projectId, PROJECTS, rowCommand, TODAY } from './fixture.js';

const CONCURRENT = 64;

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly bytes: Uint8Array;
}

/**
 * `commands` reports through the whole write side, 64 at a time, on SQLite FULL; then the same bytes in the same commit
 * sizes by better-sqlite3 alone, with the same two unique keys. Both in entries a second.
 */
export async function measureAppender(commands: number): Promise<{ appender: number; raw: number; commits: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-bench-'));
  try {
    const platform = openEmbedded(folder, undefined, () => TODAY);
    await prepareProjects(platform);
    const side = await openWriteSide(platform, PLAN);
    const before = side.appender.head().position;
    const sizes: number[] = [];
    let head = before;
    side.appender.onAppended((position) => {
      sizes.push(position - head);
      head = position;
    });
    const work = Array.from({ length: commands }, (_, n) => ({
      commandId: `bench-command-${n}`,
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
    const appender = commands / ((performance.now() - started) / 1_000);
    const rows: Row[] = [];
    for (let from = before + 1; from <= head; from += 1_000) {
      rows.push(...(await platform.ledger.read(PLAN, { from, limit: 1_000 })));
    }
    if (rows.length !== commands || !decodeEntry(rows[0]?.bytes ?? new Uint8Array()).eventId)
      throw new Error('entries missing');
    await side.stop();
    await platform.close();
    return { appender, raw: rawInserts(join(folder, 'raw.sqlite'), rows, sizes), commits: sizes.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rawInserts(path: string, rows: readonly Row[], sizes: readonly number[]): number {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(
    'CREATE TABLE entries (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, bytes BLOB, UNIQUE (stream, version))',
  );
  const insert = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?)');
  const commit = database.transaction((part: readonly Row[]) => {
    for (const { position, stream, version, bytes } of part) insert.run(position, stream, version, bytes);
  });
  const started = performance.now();
  let at = 0;
  for (const size of sizes) {
    commit(rows.slice(at, at + size));
    at += size;
  }
  const perSecond = rows.length / ((performance.now() - started) / 1_000);
  database.close();
  return perSecond;
}

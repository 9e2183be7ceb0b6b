import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeEntry, makeEntry } from '@planledger/contracts';
import Database from 'better-sqlite3';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerConformance } from './conformance.js';
import type { Commit } from './port.js';
import { assertDurable, assertVersion } from './sqlite-file.js';
import { openSqlitePlan } from './sqlite-plan.js';
import { LedgerBroken, openSqliteLedgers } from './sqlite.js';

const makeDirectory = (): string => mkdtempSync(join(tmpdir(), 'planledger-'));

// As it is, from the file alone, and where a page begins before the tail or ends in it.
for (const [name, limits] of Object.entries({
  SQLite: {},
  'SQLite without tail': { tailEntriesMax: 0 },
  'SQLite with a short tail': { tailEntriesMax: 2 },
})) {
  ledgerConformance(name, async () => {
    const directory = makeDirectory();
    let ledger = openSqliteLedgers(directory, limits);
    return {
      ledger,
      reopen: async () => {
        ledger.close();
        return (ledger = openSqliteLedgers(directory, limits));
      },
      dispose: async () => {
        ledger.close();
        rmSync(directory, { recursive: true });
      },
    };
  });
}

describe('a directory of SQLite ledgers', () => {
  let directory: string;
  beforeEach(() => void (directory = makeDirectory()));
  afterEach(() => rmSync(directory, { recursive: true }));

  test('belongs to one opener at a time, and to none that has closed it', async () => {
    const first = openSqliteLedgers(directory);
    expect(() => openSqliteLedgers(directory)).toThrow('in use by another process');
    await first.append('kaifeng-145', 0, oneEntry(1));
    first.close();
    await expect(first.head('kaifeng-145')).rejects.toThrow('closed');
    openSqliteLedgers(directory).close();
  });

  test('names its plans, and makes a file at the first append only', async () => {
    const ledgers = openSqliteLedgers(directory);
    await ledgers.head('luoyang-145');
    expect(await ledgers.append('luoyang-145', 3, oneEntry(4))).toBe('conflict');
    expect(ledgers.plans()).toEqual([]);
    await ledgers.append('luoyang-145', 0, oneEntry(1));
    await ledgers.append('kaifeng-145', 0, oneEntry(1));
    expect(ledgers.plans()).toEqual(['kaifeng-145', 'luoyang-145']);
    expect(existsSync(join(directory, 'kaifeng-145.ledger.sqlite'))).toBe(true);
    ledgers.close();
  });

  test('is copied while it is open, never over another copy', async () => {
    const ledgers = openSqliteLedgers(directory);
    await ledgers.append('kaifeng-145', 0, oneEntry(1));
    const copies = join(directory, 'copies');
    openSqliteLedgers(copies).close();
    const toPath = join(copies, 'kaifeng-145.ledger.sqlite');
    await ledgers.backup('kaifeng-145', toPath);
    await expect(ledgers.backup('kaifeng-145', toPath)).rejects.toThrow('never overwrites');
    await expect(ledgers.backup('luoyang-145', join(copies, 'x'))).rejects.toThrow('no plan luoyang-145');
    const copy = openSqliteLedgers(copies);
    expect(await copy.read('kaifeng-145', { from: 1, limit: 10 })).toEqual(
      await ledgers.read('kaifeng-145', { from: 1, limit: 10 }),
    );
    copy.close();
    ledgers.close();
  });

  test('does not open with a file that is no ledger, or of another schema, and leaves the directory free', () => {
    const path = join(directory, 'kaifeng-145.ledger.sqlite');
    writeFileSync(path, 'not a database, but long enough to look like one at first sight'.repeat(100));
    expect(() => openSqliteLedgers(directory)).toThrow('not a database');
    rmSync(path);
    const other = new Database(path);
    other.pragma('user_version = 7');
    other.close();
    expect(() => openSqliteLedgers(directory)).toThrow('has schema 7');
    rmSync(path);
    openSqliteLedgers(directory).close();
  });

  test('syncs every commit, whatever the file was set to before', async () => {
    const path = join(directory, 'kaifeng-145.ledger.sqlite');
    const ledgers = openSqliteLedgers(directory);
    await ledgers.append('kaifeng-145', 0, oneEntry(1));
    ledgers.close();
    const file = new Database(path);
    file.pragma('journal_mode = DELETE');
    file.close();
    const again = openSqliteLedgers(directory);
    expect(await again.append('kaifeng-145', 1, oneEntry(2))).toBe('ok');
    const second = new Database(path, { readonly: true });
    expect(second.pragma('journal_mode', { simple: true })).toBe('wal');
    second.close();
    again.close();
  });

  test('finds what a filter asks for across several steps of the scan, in order and up to the limit', async () => {
    const file = openSqlitePlan(join(directory, 'kaifeng-145.ledger.sqlite'), { scanPositions: 3 });
    for (let position = 1; position <= 20; position++) file.append(position - 1, oneEntry(position));
    const found = async (from: number, limit: number, period = 'odd'): Promise<number[]> =>
      (await file.read({ from, limit, filter: { period } })).map(({ position }) => position);
    expect(await found(1, 1_000)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    expect(await found(4, 4)).toEqual([5, 7, 9, 11]);
    expect(await found(1, 10, 'neither')).toEqual([]);
    expect((await file.read({ from: 2, to: 9, limit: 10, filter: { period: 'odd' } })).length).toBe(4);
    file.close();
  });

  test('serves nothing more once its disk has failed, and says so once', async () => {
    const before = openSqliteLedgers(directory);
    for (let position = 1; position <= 100; position++)
      await before.append('kaifeng-145', position - 1, oneEntry(position));
    before.close();
    const failures: LedgerBroken[] = [];
    const ledgers = openSqliteLedgers(directory, { onBroken: (error) => failures.push(error) });
    // All pages but the first, which is read already.
    const file = openSync(join(directory, 'kaifeng-145.ledger.sqlite'), 'r+');
    writeSync(file, Buffer.alloc(100_000, 0xff), 0, undefined, 4_096);
    closeSync(file);
    await expect(ledgers.read('kaifeng-145', { from: 1, limit: 10 })).rejects.toThrow(LedgerBroken);
    await expect(ledgers.append('luoyang-145', 0, oneEntry(1))).rejects.toThrow(LedgerBroken);
    expect(failures).toHaveLength(1);
    expect(ledgers.plans()).toEqual(['kaifeng-145']);
    ledgers.close();
  });

  test('refuses settings that could lose a commit, naming them', () => {
    expect(() => assertVersion('3.51.2')).toThrow('SQLite 3.51.2');
    expect(() => assertVersion('3.9.0')).toThrow('3.51.3 or later');
    for (const version of ['3.51.3', '3.52.0', '4.0.0']) expect(() => assertVersion(version)).not.toThrow();
    expect(() => assertDurable({ journalMode: 'delete', synchronous: 2 })).toThrow('journal_mode');
    expect(() => assertDurable({ journalMode: 'wal', synchronous: 1 })).toThrow('synchronous');
    expect(() => assertDurable({ journalMode: 'wal', synchronous: 2 })).not.toThrow();
  });
});

/** A commit of one entry at the position, which is its version in the stream `plan` too. */
function oneEntry(position: number): Commit {
  const period = position % 2 ? 'odd' : 'even';
  const event = { case: 'planLoaded' as const, value: {} };
  const entry = makeEntry({ position, stream: 'plan', version: position, period, event });
  const bytes = encodeEntry(entry);
  return {
    entries: [{ position, stream: 'plan', version: position, bytes, entry }],
    commands: [{ id: `command-${position}`, bodyDigest: 'digest', first: position, count: 1 }],
  };
}

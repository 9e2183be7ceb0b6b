import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertCommit, assertPage, assertPlan, PLAN_SLUG } from './commit.js';
import type { Ledger } from './port.js';
import { lockDirectory, sqliteCode } from './sqlite-file.js';
import { openSqlitePlan, type SqlitePlan, type SqlitePlanLimits } from './sqlite-plan.js';

/**
 * The ledgers of all plans in one directory, one SQLite file each, made at the first append.
 *
 * Durability: an append answers ok after SQLite's fdatasync of the write-ahead log. **After an error of the disk the
 * process MUST exit**: the kernel may have dropped the pages that failed to reach it, so an fsync that succeeds on the
 * second try proves nothing. From then on every call throws LedgerBroken, `onBroken` is told once, and the next process
 * finds out from the file what was written. A full disk is no such error: SQLite rolls the commit back, and appending
 * goes on when there is room.
 */
export interface SqliteLedgers extends Ledger {
  /** Names of the plans that have a file, in order. */
  plans(): string[];
  /** Copies a plan, as of a moment during the call, while appending goes on; `toPath` MUST NOT exist. */
  backup(plan: string, toPath: string): Promise<void>;
  /** Closes all files and gives the directory free. */
  close(): void;
}

export interface SqliteOptions extends SqlitePlanLimits {
  /** Told once of the first disk error; should end the process. */
  readonly onBroken?: (error: LedgerBroken) => void;
}

/** The disk failed: what was being written is unknown, and nothing more is written or read by this process. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken';
}

const FILE_SUFFIX = '.ledger.sqlite';
const LOCK_FILE = 'lock.sqlite';

/** Throws where another process has the directory, or where SQLite would not keep its promises (sqlite-file.ts). */
export function openSqliteLedgers(dataDir: string, { onBroken, ...limits }: SqliteOptions = {}): SqliteLedgers {
  const directory = resolve(dataDir);
  mkdirSync(directory, { recursive: true });
  const lock = lockDirectory(join(directory, LOCK_FILE));
  const opened = new Map<string, SqlitePlan>();
  let broken: LedgerBroken | undefined;
  let closed = false;

  const pathOf = (plan: string): string => join(directory, plan + FILE_SUFFIX);
  const open = (plan: string): SqlitePlan => {
    const file = openSqlitePlan(pathOf(plan), limits);
    opened.set(plan, file);
    return file;
  };
  const find = (plan: string): SqlitePlan | undefined => {
    assertPlan(plan);
    return opened.get(plan) ?? (existsSync(pathOf(plan)) ? open(plan) : undefined);
  };
  const guarded = async <T>(act: () => T | Promise<T>): Promise<T> => {
    if (broken !== undefined) throw broken;
    // A file opened now would be written to without the directory's lock.
    if (closed) throw new Error('the ledgers are closed');
    try {
      return await act();
    } catch (error) {
      if (broken !== undefined || !isDiskError(error)) throw error;
      broken = new LedgerBroken(`the ledger's disk failed, this process must end: ${error.message}`, { cause: error });
      onBroken?.(broken);
      throw broken;
    }
  };
  const plans = (): string[] =>
    readdirSync(directory)
      .filter((name) => name.endsWith(FILE_SUFFIX))
      .map((name) => name.slice(0, -FILE_SUFFIX.length))
      .filter((plan) => PLAN_SLUG.test(plan))
      .sort();
  const close = (): void => {
    closed = true;
    for (const file of opened.values()) file.close();
    opened.clear();
    lock.close();
  };

  try {
    // Now rather than at the first request: a file that cannot be trusted must keep the process from starting.
    for (const plan of plans()) open(plan);
  } catch (error) {
    close();
    throw error;
  }
  return {
    append: (plan, expectedHead, commit) =>
      guarded(() => {
        assertCommit(expectedHead, commit);
        const file = find(plan);
        // Asked before the file is made: a writer that is wrong about the head must not leave an empty plan behind.
        if (file === undefined && expectedHead !== 0) return 'conflict';
        return (file ?? open(plan)).append(expectedHead, commit);
      }),
    readStream: (plan, stream, fromVersion = 1) => guarded(() => find(plan)?.readStream(stream, fromVersion) ?? []),
    read: (plan, query) =>
      guarded(() => {
        assertPage(query);
        return find(plan)?.read(query) ?? [];
      }),
    head: (plan) => guarded(() => find(plan)?.head() ?? { position: 0, recordedAt: '' }),
    findCommand: (plan, commandId) => guarded(() => find(plan)?.findCommand(commandId)),
    backup: (plan, toPath) =>
      guarded(async () => {
        if (existsSync(toPath)) throw new Error(`${toPath} exists already, a backup never overwrites`);
        const file = find(plan);
        if (file === undefined) throw new Error(`there is no plan ${plan} to copy`);
        await file.backup(toPath);
      }),
    plans,
    close,
  };
}

const isDiskError = (error: unknown): error is Error => /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(sqliteCode(error));

import type { Entry, StoredEntry } from '@planledger/contracts';

/**
 * The ledger of plans: an append-only log per plan, gapless from position 1. The only truth; everything else can be
 * rebuilt from it. At most five methods, so that an adapter is small enough to be read whole.
 *
 * Every adapter runs the whole of conformance.ts; one that does not is not an adapter.
 */
export interface Ledger {
  /**
   * Appends one commit if the plan's head is still `expectedHead`; else changes nothing and answers conflict. A command
   * id or a stream's version that the ledger already holds is a conflict too: the appender leaves it to this call to
   * find commands accepted long ago.
   *
   * MUST be atomic: all entries and command records of the commit, or none. MUST NOT answer ok before the commit is on
   * disk (SQLite: fdatasync done; MongoDB: majority, journalled). A thrown error means *unknown*: the caller settles it
   * by findCommand, never by trying again blind. Any method throws LedgerUnavailable while the store is away.
   */
  append(plan: string, expectedHead: number, commit: Commit): Promise<'ok' | 'conflict'>;

  /** The entries of one stream with version ≥ `fromVersion`, by version; at most STREAM_ENTRIES_MAX. */
  readStream(plan: string, stream: string, fromVersion?: number): Promise<StoredEntry[]>;

  /** One page of the plan, by position, from `query.from` on. Empty where nothing (more) matches. */
  read(plan: string, query: ReadQuery): Promise<StoredEntry[]>;

  /** Position and recording time of the last entry; position 0 of an empty or unknown plan. */
  head(plan: string): Promise<Head>;

  /** The record of an accepted command; undefined where no commit holds it. */
  findCommand(plan: string, commandId: string): Promise<CommandRecord | undefined>;
}

/** The store cannot be reached, or cannot say whether it has written: nothing is wrong with what was asked. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

export interface Head {
  readonly position: number;
  /** Entry.recorded_at of the last entry; empty where there is none. */
  readonly recordedAt: string;
}

/** Entries accepted together; at most COMMIT_ENTRIES_MAX, at consecutive positions from expectedHead + 1. */
export interface Commit {
  readonly entries: readonly NewEntry[];
  /** Every command of this commit, in order; together they cover its entries. */
  readonly commands: readonly CommandRecord[];
}

/** An entry with the columns that stand beside its bytes. The bytes are what is stored; never encode `entry` again. */
export interface NewEntry extends StoredEntry {
  readonly entry: Entry;
}

export interface CommandRecord {
  readonly id: string;
  /** Hex SHA-256 of the command's canonical body: the same id with another body is refused. */
  readonly bodyDigest: string;
  /** Position of its first entry, and how many it made (at least 1). */
  readonly first: number;
  readonly count: number;
}

export interface ReadQuery {
  /** First position wanted, from 1. */
  readonly from: number;
  /** Last position wanted, inclusive. */
  readonly to?: number;
  /** Page size, at most READ_ENTRIES_MAX. */
  readonly limit: number;
  readonly filter?: EntryFilter;
}

/** All given fields must match exactly. */
export interface EntryFilter {
  readonly stream?: string;
  /** Event case, e.g. milestoneClaimed. */
  readonly type?: string;
  /** Subject of the actor. */
  readonly actor?: string;
  readonly sector?: string;
  readonly county?: string;
  readonly period?: string;
  readonly backfilled?: boolean;
}

/** A stream scattered over larger commits reads slowly on MongoDB; measured best near this size. */
export const COMMIT_ENTRIES_MAX = 128;
export const READ_ENTRIES_MAX = 10_000;

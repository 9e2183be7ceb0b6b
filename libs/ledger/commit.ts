import type { Entry } from '@planledger/contracts';
import { COMMIT_ENTRIES_MAX, READ_ENTRIES_MAX, type Commit, type EntryFilter, type ReadQuery } from './port.js';

/** What stands beside the bytes of an entry, to be searched by. */
export interface EntryColumns {
  readonly eventId: string;
  readonly type: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly sector: string;
  readonly county: string;
  readonly period: string;
  readonly backfilled: boolean;
}

export const columnsOf = (entry: Entry): EntryColumns => ({
  eventId: entry.eventId,
  type: entry.event.case ?? '',
  occurredOn: entry.occurredOn,
  recordedAt: entry.recordedAt,
  actor: entry.actor?.subject ?? '',
  sector: entry.sector,
  county: entry.county,
  period: entry.period,
  backfilled: entry.backfilled,
});

/** A plan's name in addresses and file names. */
export const PLAN_SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A slug that is none could name a file elsewhere: every adapter MUST ask before it touches storage. */
export function assertPlan(plan: string): void {
  if (!PLAN_SLUG.test(plan)) throw new RangeError(`"${plan}" is no name of a plan`);
}

/**
 * Throws where a commit is not one: empty, too large, positions or commands that do not follow each other from
 * `expectedHead + 1`. That is a bug of the caller, never an input.
 */
export function assertCommit(expectedHead: number, { entries, commands }: Commit): void {
  if (entries.length === 0 || entries.length > COMMIT_ENTRIES_MAX)
    throw new RangeError(`a commit holds 1 to ${COMMIT_ENTRIES_MAX} entries, not ${entries.length}`);
  let next = expectedHead + 1;
  for (const { position } of entries) {
    if (position !== next) throw new RangeError(`position ${position} stands where ${next} must`);
    next++;
  }
  let covered = expectedHead + 1;
  for (const { id, first, count } of commands) {
    if (first !== covered || count < 1) throw new RangeError(`command ${id} does not cover position ${covered}`);
    covered += count;
  }
  if (covered !== next) throw new RangeError(`the commands end at ${covered - 1}, the entries at ${next - 1}`);
}

export function assertPage({ from, limit }: ReadQuery): void {
  if (!Number.isInteger(from) || from < 1) throw new RangeError(`a page starts at position 1 or later, not ${from}`);
  if (!Number.isInteger(limit) || limit < 1 || limit > READ_ENTRIES_MAX)
    throw new RangeError(`a page holds 1 to ${READ_ENTRIES_MAX} entries, not ${limit}`);
}

/** The given fields of a filter. */
export const conditionsOf = (filter: EntryFilter = {}): [keyof EntryFilter, string | boolean][] =>
  (Object.entries(filter) as [keyof EntryFilter, string | boolean | undefined][]).filter(
    (condition): condition is [keyof EntryFilter, string | boolean] => condition[1] !== undefined,
  );

import { STREAM_ENTRIES_MAX, type StoredEntry } from '@planledger/contracts';
import type { Document, Filter, FindOptions, IndexDescription } from 'mongodb';
import { columnsOf, conditionsOf, type EntryColumns } from './commit.js';
import { COMMIT_ENTRIES_MAX, type Commit, type CommandRecord, type EntryFilter, type ReadQuery } from './port.js';

/** The one collection: a document a commit, of every plan. */
export const COMMITS = 'commits';

/**
 * A commit as it is stored: whole or not at all, since MongoDB writes one document atomically. 128 entries of 65,535
 * bytes with their columns are below the 16 MiB that a document may have.
 */
export interface CommitDocument {
  readonly plan: string;
  /** Positions of its first and last entry. */
  readonly first: number;
  readonly last: number;
  /** Of the last entry. */
  readonly recordedAt: string;
  readonly entries: readonly EntryRow[];
  readonly commands: readonly CommandRecord[];
}

interface EntryRow extends EntryColumns, StoredEntry {
  /** `stream@version`, the version in ten digits: the versions of a stream in text order are those in number order. */
  readonly sv: string;
}

const FIRST = 'first';
const LAST = 'last';
const STREAM_VERSION = 'stream_version';
const COMMAND = 'command';
const FILTERED = ['type', 'actor', 'sector', 'county', 'period', 'backfilled'] as const;

/**
 * Three to refuse, one for pages by position (whether a commit is wanted is seen without fetching it), one a filter. An
 * index over entries holds a value once a commit, not once an entry, which makes those of the filters cheap.
 */
export const INDEXES: readonly (IndexDescription & { readonly name: string })[] = [
  { name: FIRST, key: { plan: 1, first: 1 }, unique: true },
  { name: STREAM_VERSION, key: { plan: 1, 'entries.sv': 1 }, unique: true },
  { name: COMMAND, key: { plan: 1, 'commands.id': 1 }, unique: true },
  { name: LAST, key: { plan: 1, last: 1, first: 1 } },
  ...FILTERED.map((field) => ({ name: field, key: { plan: 1, [`entries.${field}`]: 1, last: 1 } })),
];

const VERSION_DIGITS = 10;
const streamVersion = (stream: string, version: number): string =>
  `${stream}@${String(version).padStart(VERSION_DIGITS, '0')}`;

/** The document of a commit that `assertCommit` has passed. */
export function documentOf(plan: string, { entries, commands }: Commit): CommitDocument {
  const rows = entries.map(({ position, stream, version, bytes, entry }): EntryRow => {
    return { position, stream, version, sv: streamVersion(stream, version), ...columnsOf(entry), bytes };
  });
  const last = rows.at(-1)!;
  return {
    plan,
    first: rows[0]!.position,
    last: last.position,
    recordedAt: last.recordedAt,
    entries: rows,
    commands: commands.map(({ id, bodyDigest, first, count }) => ({ id, bodyDigest, first, count })),
  };
}

/** True where two entries or two commands of a document are one: a unique index does not see that within a document. */
export const repeatsItself = ({ entries, commands }: CommitDocument): boolean =>
  new Set(entries.map(({ sv }) => sv)).size < entries.length ||
  new Set(commands.map(({ id }) => id)).size < commands.length;

/** What is asked of the collection, as data, so that a test can have each question explained. */
export interface CommitQuery {
  readonly filter: Filter<CommitDocument>;
  readonly options: FindOptions;
}

/** The last commit: `last` and `recordedAt`. */
export const headQuery = (plan: string): CommitQuery => ({
  filter: { plan: { $eq: plan } },
  options: { projection: { _id: 0, last: 1, recordedAt: 1 }, sort: { last: -1 }, limit: 1, hint: LAST },
});

/** The commit that ends at a position: `last`, out of the index alone. */
export const endQuery = (plan: string, position: number): CommitQuery => ({
  filter: { plan: { $eq: plan }, last: { $eq: position } },
  options: { projection: { _id: 0, last: 1 }, limit: 1, hint: LAST },
});

/** The record of a command, as the only one of `commands`. */
export const commandQuery = (plan: string, id: string): CommitQuery => ({
  filter: { plan: { $eq: plan }, 'commands.id': { $eq: id } },
  options: { projection: { _id: 0, commands: { $elemMatch: { id: { $eq: id } } } }, limit: 1, hint: COMMAND },
});

/** The entries of one stream; commits in no particular order. */
export const streamQuery = (plan: string, stream: string, fromVersion: number): CommitQuery => ({
  filter: { plan: { $eq: plan }, entries: { $elemMatch: { sv: versionsOf(stream, fromVersion) } } },
  options: {
    projection: matchingEntries([
      { $eq: ['$$this.stream', { $literal: stream }] },
      { $gte: ['$$this.version', fromVersion] },
    ]),
    limit: STREAM_ENTRIES_MAX,
    hint: STREAM_VERSION,
  },
});

/** Without $elemMatch the two bounds would be asked of any two entries, and the index would serve one of them only. */
const versionsOf = (stream: string, from: number) => ({
  $gte: streamVersion(stream, from),
  $lte: streamVersion(stream, 10 ** VERSION_DIGITS - 1),
});

/** A page by position, up to `to`: whole commits, the first and the last may reach beyond it. */
export const pageQuery = (plan: string, from: number, to: number): CommitQuery => ({
  filter: {
    plan: { $eq: plan },
    last: { $gte: from, $lt: to + COMMIT_ENTRIES_MAX },
    first: { $lte: to },
  },
  options: {
    projection: {
      _id: 0,
      last: 1,
      'entries.position': 1,
      'entries.stream': 1,
      'entries.version': 1,
      'entries.bytes': 1,
    },
    sort: { last: 1 },
    // Gapless: so many positions are at most so many commits.
    limit: to - from + 1,
    batchSize: to - from + 1,
    hint: LAST,
  },
});

const FILTERED_BATCH_COMMITS = 100;

/**
 * The entries of a page that match a filter. A stream is found by its versions, its commits in no particular order and
 * at most STREAM_ENTRIES_MAX; everything else by position, through the index that MongoDB finds best.
 */
export function filteredQuery(plan: string, { from, to, limit, filter }: ReadQuery): CommitQuery {
  const conditions = conditionsOf(filter);
  const asked = conditions.map(([field, value]): Document => {
    return field === 'stream' ? { sv: versionsOf(String(value), 0) } : { [field]: { $eq: value } };
  });
  const upTo = to === undefined ? [] : [to];
  return {
    filter: {
      plan: { $eq: plan },
      last: { $gte: from },
      ...Object.fromEntries(upTo.map((position) => ['first', { $lte: position }])),
      entries: { $elemMatch: Object.assign({}, ...asked) as Document },
    },
    options: {
      projection: matchingEntries([
        ...conditions.map(([field, value]) => ({ $eq: [`$$this.${field}`, { $literal: value }] })),
        { $gte: ['$$this.position', from] },
        ...upTo.map((position) => ({ $lte: ['$$this.position', position] })),
      ]),
      batchSize: Math.min(limit, FILTERED_BATCH_COMMITS),
      ...(filter?.stream === undefined ? { sort: { last: 1 } } : { limit: STREAM_ENTRIES_MAX, hint: STREAM_VERSION }),
    },
  };
}

/** Only the entries that match, and of those only what is given back: a commit holds up to 128 others. */
const matchingEntries = (conditions: readonly Document[]): Document => ({
  _id: 0,
  entries: {
    $map: {
      input: { $filter: { input: '$entries', cond: { $and: conditions } } },
      in: {
        position: '$$this.position',
        stream: '$$this.stream',
        version: '$$this.version',
        bytes: '$$this.bytes',
      },
    },
  },
});

/** False where every entry matches. */
export const isFiltered = (filter: EntryFilter | undefined): boolean => conditionsOf(filter).length > 0;

import type { StoredEntry } from '@planledger/contracts';
import {
  MongoClient,
  MongoError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoWriteConcernError,
  type Collection,
} from 'mongodb';
import { assertCommit, assertPage, assertPlan } from './commit.js';
import {
  commandQuery,
  COMMITS,
  documentOf,
  endQuery,
  filteredQuery,
  headQuery,
  INDEXES,
  isFiltered,
  pageQuery,
  repeatsItself,
  streamQuery,
  type CommitDocument,
  type CommitQuery,
} from './mongo-commits.js';
import { createTurns, TURNS, type Turns } from './mongo-turns.js';
import { LedgerUnavailable, type Ledger, type ReadQuery } from './port.js';

/**
 * The ledgers of all plans in one MongoDB database, a document a commit (mongo-commits.ts). Any number of processes may
 * append to a plan; docs/adr/0014 says why its positions stay gapless and nothing is written twice.
 *
 * Durability: an append answers ok after a majority of the replica set has the commit in its journal. Every read is of
 * the primary, and of what a majority has: a commit that was read is never rolled back.
 */
export interface MongoLedgers extends Ledger {
  /** Closes the connections; what is under way then fails as unknown. */
  close(): Promise<void>;
}

/** How long a majority may take to confirm a commit, which is unknown then. */
const MAJORITY_MS = 10_000;
const QUERY_MS = 10_000;
/** A server that was reached and does not answer: longer than both above, whose answers say more. */
const SILENCE_MS = 15_000;
const CONNECT_MS = 5_000;
/** How long a call waits for a primary, e.g. through an election, before it fails. */
const PRIMARY_MS = 5_000;

/**
 * Connects to the database of that name and makes its indexes where they are missing. Throws LedgerUnavailable
 * where no primary is reached; an error where the server is no replica set: it knows no majority and no retries.
 */
export async function openMongoLedgers(url: string, database: string): Promise<MongoLedgers> {
  const client = new MongoClient(url, {
    appName: 'planledger-ledger',
    connectTimeoutMS: CONNECT_MS,
    serverSelectionTimeoutMS: PRIMARY_MS,
    socketTimeoutMS: SILENCE_MS,
    retryWrites: true,
    retryReads: true,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
    promoteBuffers: true,
  });
  try {
    return await reaching(async () => {
      assertReplicaSet(await client.db('admin').command({ hello: 1 }));
      const commits = client.db(database).collection<CommitDocument>(COMMITS);
      await commits.createIndexes([...INDEXES]);
      const light = { readConcern: { level: 'local' as const }, writeConcern: { w: 1 } };
      const turns = createTurns(client.db(database).collection(TURNS, light));
      return { ...ledgerIn(commits, turns), close: () => client.close() };
    });
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Throws where the server's answer to `hello` is not one of a member of a replica set. */
export function assertReplicaSet(hello: Readonly<Record<string, unknown>>): void {
  if (hello['setName'] === undefined)
    throw new Error('the ledger needs a MongoDB replica set, one of one member at least; this server is in none');
}

function ledgerIn(commits: Collection<CommitDocument>, turns: Turns): Ledger {
  /** By plan, a position at which a commit is known to end. That cannot cease to be true, so it is never forgotten. */
  const ends = new Map<string, number>();

  const find = ({ filter, options }: CommitQuery) => commits.find(filter, { ...options, maxTimeMS: QUERY_MS });
  const findOne = ({ filter, options }: CommitQuery) => commits.findOne(filter, { ...options, maxTimeMS: QUERY_MS });

  /** The matching entries of commits in order of position, up to the limit; reads no further than that takes. */
  async function matching(plan: string, query: ReadQuery): Promise<StoredEntry[]> {
    const found: StoredEntry[] = [];
    for await (const { entries } of find(filteredQuery(plan, query))) {
      found.push(...entries);
      if (query.filter?.stream === undefined && found.length >= query.limit) break;
    }
    return found.sort(byPosition).slice(0, query.limit);
  }

  async function page(plan: string, { from, to = Infinity, limit }: ReadQuery): Promise<StoredEntry[]> {
    const end = Math.min(to, from + limit - 1);
    if (end < from) return [];
    const found = await find(pageQuery(plan, from, end)).toArray();
    const last = found.at(-1)?.last ?? 0;
    if (last > (ends.get(plan) ?? 0)) ends.set(plan, last);
    return found.flatMap(({ entries }) => entries.filter(({ position }) => position >= from && position <= end));
  }

  return {
    append: (plan, expectedHead, commit) =>
      reaching(async () => {
        assertPlan(plan);
        assertCommit(expectedHead, commit);
        const document = documentOf(plan, commit);
        if (repeatsItself(document)) return 'conflict';
        await turns.giveWay(plan);
        // The unique index refuses a `first` that is taken; that nothing is left out before it is seen here.
        const follows = expectedHead === 0 || ends.get(plan) === expectedHead;
        if (!follows && (await findOne(endQuery(plan, expectedHead))) === null) return 'conflict';
        try {
          turns.look(plan);
          await commits.insertOne(document);
        } catch (error) {
          if (!isTaken(error)) throw error;
          await turns.lost(plan);
          return 'conflict';
        }
        ends.set(plan, document.last);
        await turns.won(plan);
        return 'ok';
      }),

    readStream: (plan, stream, fromVersion = 1) =>
      reaching(async () => {
        assertPlan(plan);
        const found = await find(streamQuery(plan, stream, fromVersion)).toArray();
        return found.flatMap(({ entries }) => entries).sort(byPosition);
      }),

    read: (plan, query) =>
      reaching(async () => {
        assertPlan(plan);
        assertPage(query);
        return isFiltered(query.filter) ? matching(plan, query) : page(plan, query);
      }),

    head: (plan) =>
      reaching(async () => {
        assertPlan(plan);
        const last = await findOne(headQuery(plan));
        return { position: last?.last ?? 0, recordedAt: last?.recordedAt ?? '' };
      }),

    findCommand: (plan, commandId) =>
      reaching(async () => {
        assertPlan(plan);
        return (await findOne(commandQuery(plan, commandId)))?.commands[0];
      }),
  };
}

const byPosition = (left: StoredEntry, right: StoredEntry): number => left.position - right.position;

const DUPLICATE_KEY = 11_000;

/**
 * True where a commit already stands at that position, or a command id or a stream's version is taken. Not of a commit
 * that a majority has not confirmed: the driver throws MongoWriteConcernError then, whatever else the server said.
 */
const isTaken = (error: unknown): boolean => error instanceof MongoError && error.code === DUPLICATE_KEY;

/** Told by the server, in place of an answer, while it stops, steps down, or runs out of time. */
const UNAVAILABLE_CODES: ReadonlySet<unknown> = new Set([
  43, // CursorNotFound: the server that held it has gone
  50, // MaxTimeMSExpired
  91, // ShutdownInProgress
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

const isUnavailable = (error: unknown): error is MongoError =>
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  error instanceof MongoWriteConcernError ||
  (error instanceof MongoError && UNAVAILABLE_CODES.has(error.code));

async function reaching<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new LedgerUnavailable(`the ledger's database does not answer: ${error.message}`, { cause: error });
  }
}

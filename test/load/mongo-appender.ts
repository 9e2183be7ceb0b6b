import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed, openWriteSide } from '@planledger/host';
import { COMMITS, type CommitDocument, INDEXES } from '@planledger/ledger/mongo-commits';
import { type Collection, MongoClient } from 'mongodb';
import { CONCURRENT, report } from './appender.js';
import { emmettMongo } from './emmett.js';
import { PLAN, prepareProjects, TODAY } from './fixture.js';

/** Not counted, as in appender.ts. */
const WARM_UP_COMMANDS = 20_000;
const TURN_COMMANDS = 2_000;
/** It is some ten times as slow; as long as a turn of ours. */
const TURN_EMMETT_APPENDS = 100;
/** Of the other way to insert: what a writer could do that need not know that the commit before is there. */
const MANY = 8;

export interface MongoMeasured {
  /** Entries a second through decide, encode, hash and group commit, 64 commands at a time. */
  readonly appender: number;
  /** The same commit documents, with the same indexes and write concern, by insertOne alone, one at a time. */
  readonly raw: number;
  /** The same, MANY at a time. */
  readonly rawMany: number;
  /** emmett's appends of an event each, 64 at a time; undefined where it is not installed. */
  readonly emmett: number | undefined;
  readonly commits: number;
}

/**
 * `commands` reports through the whole write side on MongoDB, 64 at a time; after every turn of them the commit documents
 * of that turn once more, raw, and as many milliseconds of emmett. An appender has one commit in flight: the next one is
 * decided on it. So has the raw insert that it is held against.
 */
export async function measureMongoAppender(
  mongoUrl: string,
  brokers: readonly string[],
  prefix: string,
  commands: number,
): Promise<MongoMeasured> {
  await ensureTopics(brokers, { sectors: [], partitions: 1, replication: 1, prefix });
  const platform = await openDistributed({ mongoUrl, brokers, prefix }, undefined, () => TODAY);
  const client = new MongoClient(mongoUrl, {
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
    promoteBuffers: true,
  });
  const written = client.db(`${prefix}planledger-ledger`).collection<CommitDocument>(COMMITS);
  const raw = client.db(`${prefix}raw`).collection<CommitDocument>(COMMITS);
  const rawMany = client.db(`${prefix}raw-many`).collection<CommitDocument>(COMMITS);
  for (const collection of [raw, rawMany]) await collection.createIndexes([...INDEXES]);
  await prepareProjects(platform);
  const side = await openWriteSide(platform, PLAN);
  const database = new URL(mongoUrl);
  database.pathname = `/${prefix}emmett`;
  const emmett = await emmettMongo(database.href);
  const seconds = { appender: 0, raw: 0, rawMany: 0, emmett: 0 };
  let [commits, turns] = [0, 0];
  const turn = async (name: string): Promise<void> => {
    const first = side.appender.head().position + 1;
    const ours = await report(side, name, TURN_COMMANDS);
    const documents = await written
      .find({ plan: PLAN, last: { $gte: first } }, { projection: { _id: 0 } })
      .sort({ last: 1 })
      .toArray();
    const alone = await inserted(raw, documents, 1);
    const many = await inserted(rawMany, documents, MANY);
    const isWarmUp = name.startsWith('warm-up');
    const theirs =
      emmett && !isWarmUp ? TURN_EMMETT_APPENDS / (await emmett.append(TURN_EMMETT_APPENDS, CONCURRENT)) : 0;
    if (isWarmUp) return;
    seconds.appender += ours;
    seconds.raw += alone;
    seconds.rawMany += many;
    seconds.emmett += theirs;
    commits += documents.length;
    turns += 1;
  };
  for (let done = 0; done < WARM_UP_COMMANDS; done += TURN_COMMANDS) await turn(`warm-up-${done}`);
  for (let done = 0; done < commands; done += TURN_COMMANDS) await turn(`bench-${done}`);
  await emmett?.close();
  await side.stop();
  await platform.close();
  await client.close();
  const perSecond = (taken: number): number => (turns * TURN_COMMANDS) / taken;
  return {
    appender: perSecond(seconds.appender),
    raw: perSecond(seconds.raw),
    rawMany: perSecond(seconds.rawMany),
    emmett: emmett && (turns * TURN_EMMETT_APPENDS) / seconds.emmett,
    commits,
  };
}

/** Inserts the documents, so many in flight; seconds taken. */
async function inserted(
  collection: Collection<CommitDocument>,
  documents: readonly CommitDocument[],
  inFlight: number,
): Promise<number> {
  // insertOne gives a document its _id: a second insert would find it taken.
  const waiting = documents.map((document) => ({ ...document })).values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const document of waiting) await collection.insertOne(document);
    }),
  );
  return (performance.now() - started) / 1_000;
}

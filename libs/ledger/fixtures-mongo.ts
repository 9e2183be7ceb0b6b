import { MongoClient, type Collection } from 'mongodb';
import { randomBytes } from 'node:crypto';
import type { LedgerUnderTest } from './conformance.js';
import { COMMITS, type CommitDocument } from './mongo-commits.js';
import { openMongoLedgers, type MongoLedgers } from './mongo.js';

/** A database of its own on the server of MONGODB_URL. */
export interface MongoUnderTest {
  readonly client: MongoClient;
  readonly database: string;
  /** As the driver sees it, past the ledger. */
  readonly commits: Collection<CommitDocument>;
  /** The ledger as one more process would open it; closed by `dispose`. */
  open(url?: string): Promise<MongoLedgers>;
  /** Drops the database. */
  dispose(): Promise<void>;
}

export function mongoUnderTest(): MongoUnderTest {
  const server = process.env['MONGODB_URL'];
  if (server === undefined)
    throw new Error(
      'MONGODB_URL is not set: run the tests by `npm test`, which starts MongoDB, or start a replica set and set it, ' +
        'e.g. to mongodb://127.0.0.1:27017/?replicaSet=rs0',
    );
  const database = `planledger-spec-${randomBytes(6).toString('hex')}`;
  const client = new MongoClient(server);
  const opened: MongoLedgers[] = [];
  return {
    client,
    database,
    commits: client.db(database).collection<CommitDocument>(COMMITS),
    async open(url = server) {
      const ledgers = await openMongoLedgers(url, database);
      opened.push(ledgers);
      return ledgers;
    },
    async dispose() {
      for (const ledgers of opened) await ledgers.close();
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
}

export async function makeMongoLedger(): Promise<LedgerUnderTest> {
  const mongo = mongoUnderTest();
  const ledger = await mongo.open();
  return {
    ledger,
    reopen: async () => {
      await ledger.close();
      return mongo.open();
    },
    dispose: () => mongo.dispose(),
  };
}

import { MongoClient, type Collection } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { COMMITS, type CommitDocument } from './mongo-commits.js';

/** A database of a spec's own on the server of MONGODB_URL. */
export interface MongoUnderTest {
  readonly url: string;
  readonly database: string;
  /** As the driver sees it, past the ledger. */
  readonly commits: Collection<CommitDocument>;
  readonly client: MongoClient;
  /** Drops the database. */
  dispose(): Promise<void>;
}

export function mongoUnderTest(): MongoUnderTest {
  const url = process.env['MONGODB_URL'];
  if (url === undefined)
    throw new Error(
      'MONGODB_URL is not set: run `npm test`, which starts MongoDB, or start a replica set and set MONGODB_URL to it, ' +
        'e.g. mongodb://127.0.0.1:27017/?replicaSet=rs0',
    );
  const database = `planledger-spec-${randomBytes(6).toString('hex')}`;
  const client = new MongoClient(url);
  return {
    url,
    database,
    commits: client.db(database).collection<CommitDocument>(COMMITS),
    client,
    async dispose() {
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
}

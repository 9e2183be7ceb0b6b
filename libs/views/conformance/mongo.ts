import { createConnection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { type MongoDatabase, openMongo } from '../mongo-database.js';

/** Where the specs of MongoDB find it: never skipped, for an adapter that was not tested is not one. */
export function mongoUrl(): string {
  const url = process.env['MONGODB_URL'];
  if (url) return url;
  throw new Error(
    'MONGODB_URL is not set: `npm test` starts a MongoDB for the tests, or set it to a replica set of yours',
  );
}

/** A database of the spec's own. */
export interface MongoBench {
  readonly name: string;
  readonly db: MongoDatabase;
  /** The database past the adapter. */
  readonly raw: ReturnType<typeof createConnection>;
  /** Drops the database. */
  close(): Promise<void>;
}

export async function openMongoBench(): Promise<MongoBench> {
  const name = `views-${randomUUID()}`;
  const raw = await createConnection(mongoUrl(), { dbName: name }).asPromise();
  const db = openMongo(mongoUrl(), name);
  return {
    name,
    db,
    raw,
    async close() {
      await db.close();
      await raw.dropDatabase();
      await raw.close();
    },
  };
}

import mongoose, { createConnection, type Model, mongo, type Schema } from 'mongoose';
import { ViewsUnavailable } from './port.js';

/** A database of MongoDB as the stores of this package see it. */
export interface MongoDatabase {
  /** The model of a collection, once the server answers. Rejects within bounded time where it does not. */
  model<Stored>(collection: string, schema: Schema<Stored>): Promise<Model<Stored>>;
  close(): Promise<void>;
}

/**
 * How long each step may take: finding the primary, connecting, an answer, a majority's acknowledgement. A write is sent
 * once more by the driver where its answer was lost, so that a call takes at most MONGO_STEPS_MAX times as long.
 */
export const MONGO_STEP_MS = 3_000;
/** Find, connect and ask, twice over; to wait for an answer is a step and a half, for a majority's comes before it. */
export const MONGO_STEPS_MAX = 7;
/** Connections kept by a process: a follower writes one batch at a time, all others read. */
const POOL_CONNECTIONS_MAX = 10;

/**
 * Connects when first asked, and again after that failed: a server that is not up yet is waited for by whoever asks
 * again. Reads and writes alike go to the primary and see or wait for a majority, so that nothing seen is ever undone.
 */
export function openMongo(url: string, database: string, { stepMs = MONGO_STEP_MS } = {}): MongoDatabase {
  const connection = createConnection();
  let opening: Promise<unknown> | undefined;

  async function opened(): Promise<void> {
    opening ??= connection.openUri(url, {
      dbName: database,
      readPreference: 'primary',
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: stepMs },
      retryWrites: true,
      serverSelectionTimeoutMS: stepMs,
      connectTimeoutMS: stepMs,
      socketTimeoutMS: stepMs + stepMs / 2,
      waitQueueTimeoutMS: stepMs,
      maxPoolSize: POOL_CONNECTIONS_MAX,
      promoteBuffers: true,
      // A call made while nothing answers MUST fail, not wait in memory; collections have no index but their key.
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    });
    try {
      await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  return {
    async model<Stored>(collection: string, schema: Schema<Stored>) {
      await opened();
      const known = connection.models[collection] as Model<Stored> | undefined;
      return known ?? connection.model<Stored>(collection, schema, collection);
    },
    close: () => connection.close(),
  };
}

/** The same store, that says ViewsUnavailable whenever the server, or the way to it, is what failed. */
export function sayingUnavailable<Store extends object>(store: Store): Store {
  const methods = Object.entries(store).map(([name, act]: [string, (...given: unknown[]) => Promise<unknown>]) => [
    name,
    async (...given: unknown[]) => {
      try {
        return await act(...given);
      } catch (error) {
        if (!(error instanceof mongo.MongoError || error instanceof mongoose.Error.MongooseServerSelectionError))
          throw error;
        throw new ViewsUnavailable(`the database of the views: ${error.message}`, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(methods) as Store;
}

/** Of every schema: what is written or asked beyond the schema is a bug and throws, and no field is added to it. */
export const STRICT = { versionKey: false, strict: 'throw', strictQuery: 'throw', minimize: false } as const;

/**
 * Filters are built of these alone: whoever was let in by a wrong type (an object `{$gt: ''}` where a key belongs) is
 * refused here, before mongoose looks at it.
 */
export function text(value: string, what: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${what} must be a text`);
}

export function whole(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`${what} must be a whole number`);
}

import { Schema } from 'mongoose';
import { type Build, CLAIM_MS, type LiveBuild, type ViewBuilds } from './builds.js';
import { mongoVersions, mongoViews } from './mongo.js';
import { type MongoDatabase, STRICT, text, whole } from './mongo-database.js';

/** Which build of a view is live; absent: the one in the collection of the view's own name, as generation 1. */
interface StoredLive {
  /** The view. */
  readonly _id: string;
  readonly generation: number;
  /** Collections. */
  readonly build: string;
  readonly previous: string;
  readonly settled: boolean;
  /** Who republishes it, until when, by the server's clock. */
  readonly claimant?: string;
  readonly claimedUntil?: Date;
}

const liveSchema = new Schema<StoredLive>(
  {
    _id: { type: String, required: true },
    generation: { type: Number, required: true },
    build: { type: String, required: true },
    previous: { type: String, required: true },
    settled: { type: Boolean, required: true },
    claimant: { type: String },
    claimedUntil: { type: Date },
  },
  STRICT,
);

const COLLECTION = 'generations';
const DUPLICATE_KEY = 11_000;

/**
 * Each build in a collection: the view's own name at first, `<view>.<generation>` for those made later. `instance`: this
 * process, by a name that no other has.
 */
export function mongoBuilds<Doc>(db: MongoDatabase, view: string, instance: string): ViewBuilds<Doc> {
  const _id = text(view, 'a view');
  text(instance, 'an instance');
  const generations = () => db.model(COLLECTION, liveSchema);
  const first: LiveBuild = { name: view, generation: 1, previous: undefined, settled: true };

  return {
    view,
    async live() {
      const stored = await (await generations()).findById(_id).lean();
      if (!stored) return first;
      const { build: name, generation, previous, settled } = stored;
      return { name, generation, previous, settled };
    },
    store: ({ name, generation }) => mongoViews<Doc>(db, view, generation, name),
    versions: ({ name }) => mongoVersions(db, text(name, 'a build')),
    async begin(live) {
      const { db: database } = await generations();
      const next: Build = { name: `${view}.${live.generation + 1}`, generation: live.generation + 1 };
      const kept = [live.name, live.previous];
      for (const { name } of await database.listCollections()) {
        if (isBuild(view, name) && !kept.includes(name)) await database.dropCollection(name);
      }
      return next;
    },
    async switchTo(live, { name }) {
      const changed = {
        generation: whole(live.generation, 'a generation') + 1,
        build: text(name, 'a build'),
        previous: text(live.name, 'a build'),
        settled: false,
      };
      try {
        const { modifiedCount, upsertedCount } = await (
          await generations()
        ).updateOne(
          { _id, generation: live.generation, settled: true },
          { $set: changed, $unset: { claimant: 1, claimedUntil: 1 } },
          // Before the first switch there is nothing to change; after it an insert meets the key, and is refused.
          { upsert: live.generation === first.generation },
        );
        return modifiedCount + upsertedCount > 0;
      } catch (error) {
        if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    async claim(generation) {
      const free = {
        $or: [{ $eq: ['$claimant', instance] }, { $lt: [{ $ifNull: ['$claimedUntil', null] }, '$$NOW'] }],
      };
      const claimed = { claimant: { $literal: instance }, claimedUntil: { $add: ['$$NOW', CLAIM_MS] } };
      const { db: database, collection } = await generations();
      // By the driver: mongoose would make dates of expressions.
      const { matchedCount } = await database
        .collection<StoredLive>(collection.name)
        .updateOne({ _id, generation: whole(generation, 'a generation'), settled: false, $expr: free }, [
          { $set: claimed },
        ]);
      return matchedCount > 0;
    },
    async settle(generation) {
      await (
        await generations()
      ).updateOne(
        { _id, generation: whole(generation, 'a generation'), claimant: instance },
        { $set: { settled: true }, $unset: { claimant: 1, claimedUntil: 1 } },
      );
    },
  };
}

const isBuild = (view: string, collection: string): boolean =>
  collection === view || (collection.startsWith(`${view}.`) && /^\d+$/.test(collection.slice(view.length + 1)));

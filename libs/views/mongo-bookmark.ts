import { Schema } from 'mongoose';
import { type MongoDatabase, STRICT, text, whole } from './mongo-database.js';

/** How far the relay of a plan has got: the Bookmark of libs/feed, told here again because an adapter knows no other port. */
export interface FencedBookmark {
  /** Takes the bookmark over and answers its position, 0 where nothing was relayed yet: whoever had it can save no more. */
  load(): Promise<number>;
  /**
   * Rejects with FencedOut, until the next load(), once another relay has taken the bookmark over. A position
   * before the stored one moves nothing back, but is a sign of life all the same.
   */
  save(position: number): Promise<void>;
  /** What anybody sees of it; `sign` is another one after every load and every save of whoever has it. */
  seen(): Promise<{ readonly position: number; readonly sign: string }>;
}

/** Another relay has the bookmark; nothing gets it back but load(). */
export class FencedOut extends Error {
  override readonly name = 'FencedOut';
}

interface StoredBookmark {
  /** The plan. */
  readonly _id: string;
  /** Grows by one with every take-over. */
  readonly fence: number;
  /** Who took it over last: for people who look. */
  readonly owner: string;
  readonly position: number;
  /** Grows by one with every save, so that others see that the owner lives. */
  readonly beat: number;
}

const bookmarkSchema = new Schema<StoredBookmark>(
  {
    _id: { type: String, required: true },
    fence: { type: Number, required: true },
    owner: { type: String, required: true },
    position: { type: Number, required: true },
    beat: { type: Number, required: true },
  },
  STRICT,
);

const COLLECTION = 'bookmarks';

/**
 * One relay of a plan at a time gets on: the one that took the bookmark over last. Two that overlap for a moment send
 * some entries twice, which followers see by their versions, and never move the bookmark back.
 */
export function fencedBookmark(db: MongoDatabase, plan: string, owner: string): FencedBookmark {
  const _id = text(plan, 'a plan');
  text(owner, 'an owner');
  /** Undefined until taken over. */
  let fence: number | undefined;
  const bookmarks = () => db.model(COLLECTION, bookmarkSchema);

  return {
    async load() {
      const taken = await (
        await bookmarks()
      )
        .findOneAndUpdate(
          { _id },
          { $inc: { fence: 1 }, $set: { owner }, $setOnInsert: { position: 0, beat: 0 } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean();
      fence = taken.fence;
      return taken.position;
    },
    async save(position) {
      if (fence === undefined) throw new Error(`the bookmark of ${plan} was not taken over`);
      const moved = await (
        await bookmarks()
      ).updateOne(
        { _id, fence: whole(fence, 'a fence') },
        { $max: { position: whole(position, 'a position') }, $inc: { beat: 1 } },
      );
      if (moved.matchedCount === 0) throw new FencedOut(`${owner} no longer has the bookmark of ${plan}`);
    },
    async seen() {
      const found = await (await bookmarks()).findOne({ _id }).lean();
      return { position: found?.position ?? 0, sign: `${found?.fence ?? 0}.${found?.beat ?? 0}` };
    },
  };
}

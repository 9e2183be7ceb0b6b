import { type Model, type mongo, Schema } from 'mongoose';
import { type MongoDatabase, sayingUnavailable, STRICT, text, whole } from './mongo-database.js';
import { fromBytes, toBytes } from './mongo-form.js';
import { LIST_DOCS_MAX, type ParkedKey, type Versioned, type ViewStore } from './port.js';

/** A document as it is stored. */
interface StoredDoc {
  /** The key, <plan>/<stream>: the only index, and the order of list(). */
  readonly _id: string;
  readonly generation: number;
  readonly version: number;
  /** mongo-form.ts */
  readonly doc: Buffer;
}

interface StoredPointer {
  /** The key. */
  readonly _id: string;
  readonly version: number;
  readonly reason: string;
}

const docSchema = new Schema<StoredDoc>(
  {
    _id: { type: String, required: true },
    generation: { type: Number, required: true },
    version: { type: Number, required: true },
    doc: { type: Buffer, required: true },
  },
  STRICT,
);

const pointerSchema = new Schema<StoredPointer>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    reason: { type: String, required: true },
  },
  STRICT,
);

/**
 * A view in a collection of its own (`build`, where it was rebuilt: mongo-builds.ts), its parked keys in one beside it. A
 * document is replaced only by one that is newer by (generation, version), decided by the server in the one step that
 * writes it: of racing processes the newest stays, and one that was left behind at an older generation changes nothing any
 * more. A rejected save may have saved some of its documents, each whole; saving all of them again ends the same.
 *
 * Keys are ordered as MongoDB orders text, by code point: the order of the port for every key without surrogates.
 */
export function mongoViews<Doc>(db: MongoDatabase, view: string, generation = 1, build = view): ViewStore<Doc> {
  whole(generation, 'generation');
  const docs = (): Promise<Model<StoredDoc>> => db.model(build, docSchema);
  const pointers = (): Promise<Model<StoredPointer>> => db.model(`${view}.parked`, pointerSchema);

  return sayingUnavailable<ViewStore<Doc>>({
    async load(keys) {
      if (keys.length === 0) return new Map();
      const wanted = keys.map((key) => text(key, 'a key'));
      const found = await (
        await docs()
      )
        .find({ _id: { $in: wanted } })
        .batchSize(wanted.length)
        .lean();
      return new Map(found.map((stored) => [stored._id, read<Doc>(stored)]));
    },
    async save(saved) {
      if (saved.length === 0) return;
      const steps = saved.map((doc) => replaceIfNewer(doc, generation));
      await write(await docs(), steps);
    },
    async list(plan, { after = '', limit }) {
      if (!(whole(limit, 'limit') >= 1 && limit <= LIST_DOCS_MAX)) {
        throw new RangeError(`a page holds 1 to ${LIST_DOCS_MAX} documents`);
      }
      const page = await (await docs()).find(keysOf(plan, after)).sort({ _id: 1 }).limit(limit).batchSize(limit).lean();
      return page.map((stored) => read<Doc>(stored));
    },
    async stamps(plan) {
      return stampsOf(await docs(), (after) => keysOf(plan, after));
    },
    async park({ key, version, reason }) {
      const pointer = {
        _id: text(key, 'a key'),
        version: whole(version, 'a version'),
        reason: text(reason, 'a reason'),
      };
      const step = replaceWhere({ $lte: [pointer.version, { $ifNull: ['$version', pointer.version] }] }, pointer);
      await write(await pointers(), [step]);
    },
    async unpark(key) {
      await (await pointers()).deleteOne({ _id: text(key, 'a key') });
    },
    async parked(plan) {
      const filter = plan === undefined ? {} : keysOf(plan, '');
      const found = await (await pointers()).find(filter).sort({ _id: 1 }).lean();
      return found.map(({ _id, version, reason }): ParkedKey => ({ key: _id, version, reason }));
    },
  });
}

function read<Doc>({ _id, version, doc }: StoredDoc): Versioned<Doc> {
  // What was saved under this view is what its fold made.
  return { key: _id, version, doc: fromBytes(doc) as Doc };
}

/** The character after the '/' that ends the plan in a key. */
const AFTER_PLAN = '0';

/** Keys of a plan greater than `after`. */
function keysOf(plan: string, after: string) {
  const first = `${text(plan, 'a plan')}/`;
  const from = text(after, 'after');
  return { _id: { $gt: from > first ? from : first, $lt: `${plan}${AFTER_PLAN}` } };
}

/** Most stamps in one answer, which is one document of at most 16 MB. */
const STAMPS_PAGE = 20_000;
/** More versions than a stream has: those of the next generation are greater than all of this one. */
const VERSIONS_MAX = 2 ** 32;

interface Stamps {
  readonly keys: readonly string[];
  readonly generations: readonly number[];
  readonly versions: readonly number[];
}

/** The versions of all documents of a build, whatever their plan. */
export async function mongoVersions(db: MongoDatabase, build: string): Promise<Map<string, number>> {
  const docs = await db.model(build, docSchema);
  const stamps = await stampsOf(docs, (after) => ({ _id: { $gt: after } }));
  return new Map(Array.from(stamps, ([key, stamp]) => [key, stamp % VERSIONS_MAX]));
}

async function stampsOf(docs: Model<StoredDoc>, keysAfter: (after: string) => object): Promise<Map<string, number>> {
  const stamps = new Map<string, number>();
  for (let after = ''; ;) {
    const page = await stampsAmong(docs, keysAfter(after));
    for (const [index, key] of page.keys.entries())
      stamps.set(key, (page.generations[index] ?? 0) * VERSIONS_MAX + (page.versions[index] ?? 0));
    if (page.keys.length < STAMPS_PAGE) return stamps;
    after = page.keys.at(-1) ?? '';
  }
}

/**
 * As lists in one document: one document a key takes the driver ten times as long to read. And as they are stored: the
 * server takes half as long again where it is to make one number of the two.
 */
async function stampsAmong(docs: Model<StoredDoc>, keys: object): Promise<Stamps> {
  const [page] = await docs.aggregate<Stamps>([
    { $match: keys },
    { $sort: { _id: 1 } },
    { $limit: STAMPS_PAGE },
    {
      $group: {
        _id: null,
        keys: { $push: '$_id' },
        generations: { $push: '$generation' },
        versions: { $push: '$version' },
      },
    },
  ]);
  return page ?? { keys: [], generations: [], versions: [] };
}

function replaceIfNewer<Doc>({ key, version, doc }: Versioned<Doc>, generation: number) {
  const stored = {
    _id: text(key, 'a key'),
    generation,
    version: whole(version, 'a version'),
    doc: toBytes(doc),
  } satisfies StoredDoc;
  const before = { generation: { $ifNull: ['$generation', -1] }, version: { $ifNull: ['$version', -1] } };
  return replaceWhere({ $lt: [before, { generation, version }] }, stored);
}

/**
 * Puts `next` where nothing is stored under its key, or where the condition holds of what is. By the key alone, so that
 * the server itself tries again where two insert it at once; and as a literal, so that no text in it is an expression.
 * Nobody checks what is in it after this: every part of `next` MUST be of a checked type.
 */
function replaceWhere<Stored extends { readonly _id: string }>(holds: object, next: Stored) {
  return {
    updateOne: {
      filter: { _id: next._id },
      update: [{ $replaceWith: { $cond: [holds, { $literal: next }, '$$ROOT'] } }],
      upsert: true,
    },
  };
}

/** By the driver: mongoose checks nothing in such steps, and takes a quarter of the time of a save for it. */
async function write<Stored extends { readonly _id: string }>(
  { db, collection }: Model<Stored>,
  steps: mongo.AnyBulkWriteOperation<Stored>[],
): Promise<void> {
  await db.collection<Stored>(collection.name).bulkWrite(steps, { ordered: false });
}

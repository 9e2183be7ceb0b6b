import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Gate, openGate } from './conformance/gate.js';
import { type MongoBench, mongoUrl, openMongoBench } from './conformance/mongo.js';
import { fencedBookmark } from './mongo-bookmark.js';
import { MONGO_STEPS_MAX, type MongoDatabase, openMongo } from './mongo-database.js';
import { mongoViews } from './mongo.js';
import type { Versioned, ViewStore } from './port.js';

const STEP_MS = 300;
/** What a test may take: two calls that fail within the bound, and as long again for what works. */
const PATIENCE_MS = 4 * MONGO_STEPS_MAX * STEP_MS;

let bench: MongoBench;
let gate: Gate;
let db: MongoDatabase;
let store: ViewStore<string>;

beforeEach(async () => {
  bench = await openMongoBench();
  const primary = (await bench.raw.db?.command({ hello: 1 }))?.['primary'] as string;
  const [host = '', port = ''] = primary.split(':');
  gate = await openGate(host, Number(port));
  db = openMongo(throughGate(mongoUrl()), bench.name, { stepMs: STEP_MS });
  store = mongoViews(db, 'view');
});
afterEach(async () => {
  await gate.close();
  await db.close();
  await bench.close();
});

/** The same server, by way of the gate alone. */
function throughGate(url: string): string {
  const gated = new URL(url.replace(/\/\/(.*@)?[^/]*/, `//$1127.0.0.1:${gate.port}`));
  gated.searchParams.delete('replicaSet');
  gated.searchParams.set('directConnection', 'true');
  return gated.href;
}

const batch = (version: number): Versioned<string>[] =>
  Array.from({ length: 200 }, (_, index) => ({ key: `p/project/${index}`, version, doc: `at ${version}` }));

/** Of what it rejects with. */
const nameOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'nothing',
    (error: unknown) => (error as Error).name,
  );

const calls: [string, () => Promise<unknown>, string?][] = [
  ['load', () => store.load(['p/a'])],
  ['save', () => store.save(batch(2))],
  ['list', () => store.list('p', { limit: 10 })],
  ['park', () => store.park({ key: 'p/a', version: 1, reason: 'poison' })],
  ['unpark', () => store.unpark('p/a')],
  ['parked', () => store.parked()],
  ['taking a bookmark over', () => fencedBookmark(db, 'p', 'intake-1').load(), 'MongooseServerSelectionError'],
];

describe('an unreachable MongoDB', () => {
  test.each(calls)(
    'that never answered: %s rejects, and works as soon as it does',
    async (_, call, failure = 'ViewsUnavailable') => {
      gate.shut();
      for (const attempt of [1, 2]) expect([attempt, await nameOf(call())]).toEqual([attempt, failure]);
      gate.open();
      await call();
    },
    PATIENCE_MS,
  );

  test.each(calls)(
    'that falls silent: %s rejects, and works as soon as it answers again',
    async (_, call) => {
      await store.save(batch(1));
      gate.shut();
      await expect(call()).rejects.toThrow();
      gate.open();
      await call();
    },
    PATIENCE_MS,
  );

  test(
    'whose answer is lost: the save rejects though it was made, and saving it again changes nothing',
    async () => {
      await store.save(batch(1));
      gate.muffle();
      await expect(store.save(batch(2))).rejects.toThrow();
      const beside = mongoViews<string>(bench.db, 'view');
      await beside.save([{ key: 'p/project/7', version: 3, doc: 'at 3, by another' }]);
      gate.open();
      await store.save(batch(2));
      const found = await beside.list('p', { limit: 1_000 });
      const expected = batch(2).map((doc) =>
        doc.key === 'p/project/7' ? { ...doc, version: 3, doc: 'at 3, by another' } : doc,
      );
      expect(found).toEqual(expected.sort((a, b) => (a.key < b.key ? -1 : 1)));
    },
    PATIENCE_MS,
  );

  test(
    'that is not there at all: every call rejects',
    async () => {
      const nobody = openMongo('mongodb://127.0.0.1:1/', 'nothing', { stepMs: STEP_MS });
      const there = mongoViews(nobody, 'view');
      await expect(there.load(['p/a'])).rejects.toThrow();
      await expect(there.save([{ key: 'p/a', version: 1, doc: 1 }])).rejects.toThrow();
      await nobody.close();
    },
    PATIENCE_MS,
  );
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MongoBench, openMongoBench } from './conformance/mongo.js';
import { mongoBuilds } from './mongo-builds.js';
import { mongoVersions, mongoViews } from './mongo.js';
import type { ViewStore } from './port.js';

const PLAN = 'kaifeng-145';
const keyOf = (number: number): string => `${PLAN}/project/${String(number).padStart(4, '0')}`;

let bench: MongoBench;
let store: ViewStore<string>;

/** Among many: two plans of a thousand streams, of each a few parked. */
beforeAll(async () => {
  bench = await openMongoBench();
  store = mongoViews(bench.db, 'view');
  for (const plan of [PLAN, 'sample-city']) {
    const keys = Array.from({ length: 1_000 }, (_, number) => keyOf(number).replace(PLAN, plan));
    await store.save(keys.map((key) => ({ key, version: 1, doc: key })));
    for (const key of keys.slice(0, 3)) await store.park({ key, version: 2, reason: 'poison' });
  }
  await mongoBuilds(bench.db, 'view', 'here').live();
});
afterAll(() => bench.close());

/** What the server says of each command it has carried out, as its profiler writes it down. */
interface Profiled {
  readonly op: string;
  readonly docsExamined?: number;
  readonly keysExamined?: number;
  readonly nreturned?: number;
  readonly nMatched?: number;
  readonly nModified?: number;
  readonly nUpserted?: number;
  readonly hasSortStage?: boolean;
  readonly planSummary?: string;
}

async function profiled(act: () => Promise<unknown>): Promise<Profiled[]> {
  const { db } = bench.raw;
  if (!db) throw new Error('not connected');
  await db.command({ profile: 2 });
  await act();
  await db.command({ profile: 0 });
  const own = {
    ns: { $not: /system/ },
    op: { $in: ['query', 'getmore', 'command', 'update', 'remove'] },
    docsExamined: { $exists: true },
  };
  const found = await db.collection<Profiled>('system.profile').find(own).toArray();
  await db.collection('system.profile').drop();
  return found;
}

const several = [1, 2, 3, 400].map(keyOf);
const questions: [string, () => Promise<unknown>][] = [
  ['loading some documents', () => store.load(several)],
  ['loading one that is not there', () => store.load([keyOf(4_000)])],
  ['a page of a list', () => store.list(PLAN, { limit: 50, after: keyOf(200) })],
  ['the last page', () => store.list(PLAN, { limit: 50, after: keyOf(990) })],
  [
    'saving some, known and new',
    () => store.save([...several, keyOf(5_000)].map((key) => ({ key, version: 2, doc: 'new' }))),
  ],
  ['saving again what is there', () => store.save(several.map((key) => ({ key, version: 1, doc: 'old' })))],
  ['the parked keys of a plan', () => store.parked(PLAN)],
  ['parking', () => store.park({ key: keyOf(7), version: 3, reason: 'poison' })],
  ['unparking', () => store.unpark(keyOf(1))],
  ['which build is live', () => mongoBuilds(bench.db, 'view', 'here').live()],
];

test('what has changed of a plan is told from its own documents alone, each looked at once', async () => {
  for (const ask of [() => store.stamps(PLAN), () => mongoVersions(bench.db, 'view')]) {
    const commands = await profiled(ask);
    const own = ask.toString().includes('stamps') ? 1_000 : 2_000;
    expect(commands.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0)).toBe(own);
  }
});

test.each(questions)('%s looks at no more than two documents a result, and sorts nothing', async (_, ask) => {
  const commands = await profiled(ask);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const { docsExamined = 0, keysExamined = 0, nreturned = 0, nMatched = 0, nUpserted = 0 } = command;
    const results = Math.max(1, nreturned + nMatched + nUpserted);
    expect([command.op, docsExamined <= 2 * results, keysExamined <= 2 * results + 1]).toEqual([
      command.op,
      true,
      true,
    ]);
    expect(command.hasSortStage ?? false).toBe(false);
    expect(command.planSummary ?? '').not.toContain('COLLSCAN');
  }
});

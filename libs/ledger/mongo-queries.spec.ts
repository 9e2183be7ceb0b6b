import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeEntry, makeEntry } from '@planledger/contracts';
import type { Document } from 'mongodb';
import { mongoUnderTest, type MongoUnderTest } from './fixtures-mongo.js';
import {
  commandQuery,
  documentOf,
  endQuery,
  filteredQuery,
  headQuery,
  INDEXES,
  pageQuery,
  streamQuery,
  type CommitQuery,
} from './mongo-commits.js';
import { assertReplicaSet, type MongoLedgers } from './mongo.js';
import { LedgerUnavailable, type Commit, type EntryFilter, type NewEntry } from './port.js';

const PLAN = 'kaifeng-145';
const OTHER = 'luoyang-145';
const COMMITS = 400;
/** Every tenth commit holds so many entries, the others one. */
const LARGE = 11;

let mongo: MongoUnderTest;
let ledger: MongoLedgers;
let head = 0;
beforeAll(async () => {
  mongo = mongoUnderTest();
  ledger = await mongo.open();
  for (let commit = 1; commit <= COMMITS; commit++) {
    const added = commitAfter(head, commit % 10 === 0 ? LARGE : 1);
    for (const plan of [PLAN, OTHER]) expect(await ledger.append(plan, head, added)).toBe('ok');
    head += added.entries.length;
  }
}, 120_000);
afterAll(() => mongo.dispose());

/** How MongoDB answers a question: documents given back and looked at, index keys looked at, and by which means. */
async function explained({ filter, options }: CommitQuery) {
  const plan = await mongo.commits.find(filter, options).explain('executionStats');
  const { nReturned, totalDocsExamined, totalKeysExamined, executionStages } = plan['executionStats'] as Document;
  const means =
    JSON.stringify(executionStages)
      .match(/"stage":"\w+"/g)
      ?.map((stage) => stage.slice(9, -1)) ?? [];
  return { returned: Number(nReturned), documents: Number(totalDocsExamined), keys: Number(totalKeysExamined), means };
}

describe('a question to the collection of commits', () => {
  test('about the head, or whether a commit ends at a position, looks at one commit at most', async () => {
    expect(await explained(headQuery(PLAN))).toMatchObject({ returned: 1, documents: 1, keys: 1 });
    expect(await explained(endQuery(PLAN, head))).toMatchObject({ returned: 1, documents: 0 });
    expect(await explained(endQuery(PLAN, head + 1))).toMatchObject({ returned: 0, documents: 0 });
  });

  test('about a command looks at the commit that holds it', async () => {
    expect(await explained(commandQuery(PLAN, 'command-15'))).toMatchObject({ returned: 1, documents: 1, keys: 1 });
    expect(await explained(commandQuery(PLAN, 'command-0'))).toMatchObject({ returned: 0, documents: 0 });
  });

  test('about a stream looks at the commits that hold it, and at none of its earlier versions', async () => {
    const whole = await explained(streamQuery(PLAN, 'project/3', 1));
    expect(whole.returned).toBeGreaterThan(50);
    expect(whole.documents).toBe(whole.returned);
    const end = (await ledger.readStream(PLAN, 'project/3')).length;
    const last = await explained(streamQuery(PLAN, 'project/3', end));
    expect(last).toMatchObject({ returned: 1, documents: 1 });
    const filtered = await explained(filteredQuery(PLAN, { from: 1, limit: 10, filter: { stream: 'project/3' } }));
    expect(filtered.documents).toBe(filtered.returned);
  });

  test('about a page looks at the commits of the page, wherever it begins or ends, already in order', async () => {
    for (const [from, to] of [
      [1, 10_000],
      [100, 110],
      [head, head + 500],
      [101, 101],
    ] as const) {
      const { returned, documents, means } = await explained(pageQuery(PLAN, from, to));
      expect(documents).toBe(returned);
      expect(means).not.toContain('SORT');
    }
  });

  test('with any one filter looks at the commits that match, in order, and at none of another plan', async () => {
    const filters: EntryFilter[] = [
      { type: 'projectRegistered' },
      { actor: 'clerk-7' },
      { sector: 'health' },
      { county: '410203' },
      { period: '2024-05' },
      { backfilled: true },
    ];
    for (const filter of filters) {
      const { returned, documents, means } = await explained(filteredQuery(PLAN, { from: 1, limit: 10_000, filter }));
      expect([filter, returned > 0 && returned < COMMITS / 2]).toEqual([filter, true]);
      expect([filter, documents]).toEqual([filter, returned]);
      expect(means).not.toContain('SORT');
    }
  });

  test('with a filter fills its page over several batches of commits, from where it is asked', async () => {
    const filter = { sector: 'education' };
    const page = await ledger.read(PLAN, { from: 5, limit: 150, filter });
    expect(page).toHaveLength(150);
    const all = await ledger.read(PLAN, { from: 1, limit: 10_000, filter });
    expect(page).toEqual(all.filter(({ position }) => position >= 5).slice(0, 150));
  });

  test('takes a text that looks like an expression for a text', async () => {
    for (const actor of ['$$this.actor', '$actor', '{"$ne":""}', '.*'])
      expect(await ledger.read(PLAN, { from: 1, limit: 10, filter: { actor } })).toEqual([]);
    const operator = { $ne: '' } as unknown as string;
    expect(await ledger.read(PLAN, { from: 1, limit: 10, filter: { actor: operator } })).toEqual([]);
    expect(await ledger.findCommand(PLAN, operator)).toBeUndefined();
  });
});

describe('the ledgers in a database', () => {
  test('are written to a majority and its journals, and read from what a majority has', async () => {
    const database = mongo.client.db(mongo.database);
    await database.command({ profile: 2 });
    await ledger.append('anyang-145', 0, commitAfter(0, 1));
    await ledger.head('anyang-145');
    await ledger.findCommand('anyang-145', 'command-1');
    await ledger.readStream('anyang-145', 'project/1');
    await ledger.read('anyang-145', { from: 1, limit: 10 });
    await database.command({ profile: 0 });
    const asked = await database
      .collection('system.profile')
      .find({ ns: mongo.commits.namespace, op: { $in: ['insert', 'query'] } })
      .toArray();
    const commands = asked.map(({ command }) => command as Document);
    const [inserts, finds] = ['insert', 'find'].map((name) =>
      commands.filter((command) => command[name] !== undefined),
    );
    expect(inserts).toMatchObject([{ writeConcern: { w: 'majority', j: true, wtimeout: 10_000 } }]);
    // The driver numbers what it may have to send twice; by that number the server knows the second from a new one.
    expect(inserts?.[0]?.['txnNumber']).toBeDefined();
    expect(finds).toHaveLength(4);
    for (const command of finds ?? []) expect(command['readConcern']).toMatchObject({ level: 'majority' });
  });

  test('have their indexes made once, whoever opens first', async () => {
    await Promise.all([mongo.open(), mongo.open()]);
    const names = (await mongo.commits.indexes()).map(({ name }) => name);
    expect(names).toEqual(['_id_', ...INDEXES.map(({ name }) => name)]);
  });

  test('give back bytes as an array of bytes, and positions as numbers beyond 31 bits', async () => {
    const far = 2 ** 32 - 2;
    const { entries, commands } = commitAfter(1, 1);
    await mongo.commits.insertOne({ ...documentOf('xuchang-145', commitAfter(0, 1)), first: far, last: far });
    const at = [{ ...entries[0]!, position: far + 1 }];
    expect(
      await ledger.append('xuchang-145', far, { entries: at, commands: [{ ...commands[0]!, first: far + 1 }] }),
    ).toBe('ok');
    const [stored] = await ledger.read('xuchang-145', { from: far + 1, limit: 10 });
    expect(stored?.position).toBe(far + 1);
    expect(stored?.bytes).toBeInstanceOf(Uint8Array);
  });

  test('do not open where there is no replica set, or no server', async () => {
    expect(() => assertReplicaSet({ isWritablePrimary: true })).toThrow('replica set');
    expect(() => assertReplicaSet({ isWritablePrimary: true, setName: 'rs0' })).not.toThrow();
    await expect(mongo.open('mongodb://127.0.0.1:1/?directConnection=true')).rejects.toThrow(LedgerUnavailable);
  });

  test('answer nothing once closed', async () => {
    const closed = await mongo.open();
    await closed.close();
    await expect(closed.head(PLAN)).rejects.toThrow();
  });
});

/** A commit of entries of ten streams in turn; now and then one that a filter finds. */
function commitAfter(position: number, count: number): Commit {
  const entries = Array.from({ length: count }, (_, index): NewEntry => {
    const at = position + index + 1;
    const stream = `project/${at % 10}`;
    const version = Math.floor((at - 1) / 10) + 1;
    const entry = makeEntry({
      position: at,
      stream,
      version,
      recordedAt: '2024-05-06T07:08:09.000Z',
      actor: { subject: at % 8 === 0 ? 'clerk-7' : 'clerk-1' },
      sector: at % 9 === 0 ? 'health' : 'education',
      county: at % 7 === 0 ? '410203' : '410202',
      period: at % 11 === 0 ? '2024-05' : '2024-04',
      backfilled: at % 13 === 0,
      event: at % 12 === 0 ? { case: 'projectRegistered', value: {} } : { case: 'progressReported', value: {} },
    });
    return { position: at, stream, version, bytes: encodeEntry(entry), entry };
  });
  const commands = entries.map(({ position: first }) => ({ id: `command-${first}`, bodyDigest: '', first, count: 1 }));
  return { entries, commands };
}

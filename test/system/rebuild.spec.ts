import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { decodeStanding, type Standing } from '@planledger/contracts';
import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed, rebuild, STANDINGS_TOPIC, type StreamDoc, switchBack } from '@planledger/host';
import { SECTORS } from '@planledger/sectors';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';
import type { ViewBuilds } from '@planledger/views';
import { MongoClient } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { begins, type Built, claims, delivers, school, SCHOOLS, verifies } from '../scenarios/deeds.js';
import { httpTown } from '../scenarios/http-town.js';
import { completionOf, counted, type Town } from '../scenarios/town.js';
import { removeSystem, servers } from '../servers.js';

const prefix = `rebuild-${randomUUID().slice(0, 8)}-`;
const SECTOR = SECTORS.get('education')!;

let app: TestApp;
let town: Town;
let builds: ViewBuilds<StreamDoc>;
/** All standings in the order of the feed, by stream: what a compacted topic keeps is the last one. */
const standings = new Map<string, Standing[]>();

beforeAll(async () => {
  const { mongoUrl, brokers } = servers();
  await ensureTopics(brokers, { sectors: [...SECTORS.keys()], partitions: 3, replication: 1, prefix });
  app = await startTestApp({
    services: SERVICES,
    clock: () => Date.parse('2025-10-31T09:00:00+08:00'),
    open: (cacheFolder, clock) => openDistributed({ mongoUrl, brokers, prefix, cacheFolder }, undefined, clock),
    prepare: async (platform) => {
      expect(await loadInto(platform, DEMO_PLAN, shipped('kaifeng-145'), true)).toEqual([]);
      platform.plans.push(DEMO_PLAN);
    },
  });
  town = httpTown(app, DEMO_PLAN);
  builds = app.platform.views<StreamDoc>('education') as ViewBuilds<StreamDoc>;
  await app.platform.feed.follow(STANDINGS_TOPIC, 'the-test', (batch) => {
    for (const standing of batch.map(({ value }) => decodeStanding(value))) {
      standings.set(standing.stream, [...(standings.get(standing.stream) ?? []), standing]);
    }
    return Promise.resolve();
  });
});
afterAll(async () => {
  await app.close();
  await removeSystem(prefix);
});

const keyOf = ({ id }: Built): string => `${DEMO_PLAN}/project/${id}`;
const request = (acceptDifferences: boolean) => ({
  ...{ sector: SECTOR, plans: [DEMO_PLAN], builds, history: app.platform.history, acceptDifferences },
  audit: { url: app.url, token: () => app.token('auditor') },
});

/** A school that stands, delivered and verified. */
async function built(unit: string): Promise<Built> {
  const project = await begins(town, SCHOOLS);
  await claims(project, { start: '2024-07-01', acceptance: '2025-07-15', opening: '2025-09-01' });
  await delivers(project, school(unit, '2025-08-25'));
  await verifies(project, school(unit, '2025-09-10'));
  return project;
}

/** Takes all units out of a project's document in this collection, as no entry ever did. */
async function damage(collection: string, project: Built): Promise<void> {
  const client = new MongoClient(servers().mongoUrl);
  const docs = client
    .db(`${prefix}planledger-views`)
    .collection<{ _id: string; doc: { buffer: Uint8Array } }>(collection);
  const stored = await docs.findOne({ _id: keyOf(project) });
  const doc = deserialize(stored!.doc.buffer);
  doc.state.units.clear();
  await docs.updateOne({ _id: keyOf(project) }, { $set: { doc: serialize(doc) as never } });
  await client.close();
}

/** Resolves when the services have gone over to this generation and published all of it. */
async function settled(generation: number): Promise<void> {
  for (;;) {
    const live = await builds.live();
    expect(live.generation).toBe(generation);
    if (live.settled) break;
  }
  await app.caughtUp(DEMO_PLAN);
}

const schools = async (): Promise<number> => (await counted(town, SCHOOLS.measure)).verified;
const shownUnits = async ({ at }: Built): Promise<number> => {
  await town.caughtUp();
  return (await town.read('auditor', `sectors/education/${at}`)).body.units.length;
};

/** What the aggregator says is what the ledger says, and what the topic keeps of each stream is its newest standing. */
async function isTheLedgers(generation: number): Promise<void> {
  const { position } = await app.platform.ledger.head(DEMO_PLAN);
  const [live, replayed] = [await completionOf(town), await completionOf(town, { at: position, on: '2025-10-31' })];
  expect(live.rows).toEqual(replayed.rows);
  expect(live.headline).toEqual(replayed.headline);
  const fresh = await replayedInput(app.platform, DEMO_PLAN, { position, on: '2025-10-31' });
  const kept = [...standings].map(([stream, all]) => [stream, all.at(-1)!] as const);
  expect(kept.length).toBe(fresh.standings.size);
  for (const [stream, standing] of kept) {
    expect({ ...standing, generation: 1 }).toEqual({ ...fresh.standings.get(stream), generation: 1 });
    expect([stream, standing.generation]).toEqual([stream, generation]);
  }
}

describe('a view that is rebuilt', () => {
  let [damaged, other]: (Built | undefined)[] = [];

  test('and found to be the live one is switched to without another word', async () => {
    [damaged, other] = [await built('school-1'), await built('school-2')];
    await town.caughtUp();
    const { outcome, compared } = await rebuild(request(false));
    expect(compared).toEqual({ same: 2, different: [], missing: [], extra: [] });
    expect(outcome).toBe('switched');
    await settled(2);
    await isTheLedgers(2);
  });

  test('names a document that is not what the ledger says, and is not switched to', async () => {
    await damage('education.2', damaged!);
    // What is written now stands on the damage, and so do the figures.
    await delivers(damaged!, school('school-3', '2025-08-25'));
    expect(await schools()).toBe(1);
    const { outcome, compared, generation } = await rebuild(request(false));
    expect(compared).toMatchObject({ same: 1, missing: [], extra: [] });
    expect(compared.different).toEqual([{ key: keyOf(damaged!), version: expect.any(Number) }]);
    expect([outcome, generation]).toEqual(['differs', 2]);
    expect((await builds.live()).name).toBe('education.2');
    expect(await schools()).toBe(1);
  });

  test('is switched to where its differences are accepted; what is written meanwhile is not lost', async () => {
    const rebuilding = rebuild(request(true));
    const third = await built('school-4');
    await delivers(other!, school('school-5', '2025-08-26'));
    await verifies(other!, school('school-5', '2025-09-11'));
    expect(await rebuilding).toMatchObject({ outcome: 'switched', generation: 3 });
    await settled(3);
    expect(await schools()).toBe(4);
    expect([await shownUnits(damaged!), await shownUnits(other!), await shownUnits(third)]).toEqual([2, 2, 1]);
    await isTheLedgers(3);
  });

  test('can be left again for the build before it, which has caught up, and be built anew', async () => {
    await delivers(other!, school('school-6', '2025-08-27'));
    await verifies(other!, school('school-6', '2025-09-12'));
    await town.caughtUp();
    expect(await switchBack(builds)).toBe(4);
    await settled(4);
    expect((await builds.live()).name).toBe('education.2');
    expect(await shownUnits(other!)).toBe(3);
    // Nothing was written to it since: the damage is served again.
    expect(await shownUnits(damaged!)).toBe(1);
    expect(await schools()).toBe(4);

    expect(await rebuild(request(true))).toMatchObject({ outcome: 'switched', generation: 5 });
    await settled(5);
    expect(await shownUnits(damaged!)).toBe(2);
    expect(await schools()).toBe(5);
    await isTheLedgers(5);
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed } from '@planledger/host';
import { COMMANDS } from '@planledger/project';
import { SECTORS } from '@planledger/sectors';
import { SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { DEMO_PLAN, loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';
import { randomUUID } from 'node:crypto';
import { removeSystem, servers } from '../servers.js';
import { metricIn } from './system.js';

const prefix = `lag-${randomUUID().slice(0, 8)}-`;
const PROJECTS = 7;
const START_MS_MAX = 120_000;
/** Each writes one command after the other. */
const WRITERS = 4;

/** Intake and a sector; batches of the sector's own topic wait while `held` is a promise. */
let held: Promise<void> | undefined;
let first: TestApp;

type Prepare = (platform: TestApp['platform']) => Promise<void>;

const open = (names: readonly string[], prepare: Prepare): Promise<TestApp> => {
  const { mongoUrl, brokers } = servers();
  return startTestApp({
    services: names.map((name) => SERVICES_BY_NAME[name]!),
    clock: () => Date.parse('2025-10-31T09:00:00+08:00'),
    open: (cacheFolder, clock) => openDistributed({ mongoUrl, brokers, prefix, cacheFolder }, undefined, clock),
    async prepare(platform) {
      await prepare(platform);
      platform.plans.push(DEMO_PLAN);
    },
  });
};

beforeAll(async () => {
  await ensureTopics(servers().brokers, { sectors: [...SECTORS.keys()], partitions: 3, replication: 1, prefix });
  first = await open(['intake', 'education'], async (platform) => {
    expect(await loadInto(platform, DEMO_PLAN, shipped('kaifeng-145'), true)).toEqual([]);
    const { feed } = platform;
    const follow: typeof feed.follow = (topic, group, handle) =>
      feed.follow(topic, group, async (batch) => {
        if (group === 'education') await held;
        await handle(batch);
      });
    Object.assign(platform, { feed: { ...feed, follow } });
  });
}, START_MS_MAX);
afterAll(async () => {
  await first?.close();
  await removeSystem(prefix);
});

const row = COMMANDS.find(({ name }) => name === 'registerProject')!;
const register = async (app: TestApp): Promise<void> => {
  const path = `/api/plans/${DEMO_PLAN}/${row.path}`;
  const key = `lag-${randomUUID()}`;
  const body = { ...row.example, codes: [], name: `小学${key}` };
  expect((await app.post('clerk-education-410212', path, body, key)).status).toBe(201);
};
const lagOf = async (follower: string): Promise<(number | undefined)[]> => {
  const { body } = await first.get('operator', '/metrics');
  return ['entries', 'seconds'].map((unit) =>
    metricIn(String(body), `planledger_follower_lag_${unit}{follower="${follower}"}`),
  );
};
const turn = (): Promise<void> => new Promise(setImmediate);

test(
  'metrics say how many entries a follower has before it and for how long, and nothing once it has handled them',
  async () => {
    await first.caughtUp(DEMO_PLAN);
    expect(await lagOf('education')).toEqual([0, 0]);
    let release = (): void => {};
    held = new Promise((resolve) => (release = resolve));
    try {
      for (let n = 0; n < PROJECTS; n += 1) await register(first);
      const desk = first.platform.desks.get('education')!;
      while (desk.lag() < PROJECTS || desk.lagSeconds() < 1) await turn();
      const [entries, seconds = 0] = await lagOf('education');
      expect(entries).toBe(PROJECTS);
      expect(seconds).toBeGreaterThanOrEqual(1);
      // Others are not behind because this one is.
      expect(await lagOf('plans')).toEqual([0, 0]);
    } finally {
      held = undefined;
      release();
    }
    await first.caughtUp(DEMO_PLAN);
    expect(await lagOf('education')).toEqual([0, 0]);
  },
  START_MS_MAX,
);

test(
  'an intake that stands by becomes ready while others write without a pause',
  async () => {
    let standsBy = false;
    const standingBy = await open(['intake'], async (platform) => {
      const { bookmark } = platform;
      const watched: typeof bookmark = (plan) => {
        const { save, ...rest } = bookmark(plan);
        return { ...rest, save: (position) => save(position).catch(fencedOut) };
      };
      const fencedOut = (error: unknown): never => {
        standsBy = true;
        throw error;
      };
      Object.assign(platform, { bookmark: watched });
    });
    // The one that started last relays.
    const owner = await open(['intake'], async () => {});
    let over = false;
    const writing = Array.from({ length: WRITERS }, async () => {
      while (!over) await register(owner);
    });
    const head = async (): Promise<number> => (await owner.platform.ledger.head(DEMO_PLAN)).position;
    try {
      while (!standsBy) await turn();
      const before = await head();
      for (let status = 0; status !== 200;) ({ status } = await standingBy.get(undefined, '/health/ready'));
      // Its position is that of its last look: ready means that all there was when it began is with the feed.
      expect(standingBy.platform.relays.get(DEMO_PLAN)?.position()).toBeGreaterThanOrEqual(before);
    } finally {
      over = true;
      await Promise.all(writing);
      await Promise.all([owner.close(), standingBy.close()]);
    }
  },
  START_MS_MAX,
);

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEMO_PLAN, loadInto, shipped } from '@planledger/testing';
import { MongoClient } from 'mongodb';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { begins, type Built, claims, delivers, school, SCHOOLS, verifies } from '../scenarios/deeds.js';
import type { Reply, Town } from '../scenarios/town.js';
import { servers } from '../servers.js';
import { type DistributedSystem, startSystem } from './system.js';

const CLI = fileURLToPath(new URL('../../../services/standalone/dist/rebuild-cli.js', import.meta.url));
const TODAY = '2025-10-31';

let system: DistributedSystem;
let town: Town;
let client: MongoClient;
let schools: Built[] = [];

/** The service that owns a path. */
const ownerOf = (path: string): string => {
  if (path.startsWith('sectors/')) return 'education';
  return path.startsWith('replay/') || path.startsWith('entries') ? 'audit' : 'aggregator';
};

async function ask(service: string, person: string, path: string, body?: object): Promise<Reply> {
  const answer = await fetch(`${system.service(service).url}/api/plans/${DEMO_PLAN}/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${await system.issuer.token(person)}`,
      'idempotency-key': `rebuild-${Math.random()}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

beforeAll(async () => {
  system = await startSystem({
    plans: [DEMO_PLAN],
    clocks: { [DEMO_PLAN]: Date.parse(`${TODAY}T09:00:00+08:00`) },
    services: ['audit', 'intake', 'education', 'aggregator'],
    load: async (platform) => {
      expect(await loadInto(platform, DEMO_PLAN, shipped('kaifeng-145'), true)).toEqual([]);
    },
  });
  await (await system.another('education', 'education-2')).ready();
  client = await new MongoClient(servers().mongoUrl).connect();
  town = {
    plan: DEMO_PLAN,
    send: (person, path, body) => ask('intake', person, path, body),
    read: (person, path) => ask(ownerOf(path), person, path),
    caughtUp: () => Promise.resolve(),
    live: () => {
      throw new Error('nobody watches here');
    },
  };
});
afterAll(async () => {
  await client?.close();
  await system?.close();
});

const rebuild = (args: string[], env: Readonly<Record<string, string>> = system.environment) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env: { ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });

const views = () => client.db(`${system.prefix}planledger-views`);
async function settled(): Promise<void> {
  const generations = views().collection<{ _id: string; settled: boolean }>('generations');
  while (!(await generations.findOne({ _id: 'education' }))?.settled);
}

async function versionOf({ id }: Built): Promise<number> {
  const { body } = await ask('audit', 'auditor', `entries?stream=project/${id}&limit=500`);
  return body.entries.at(-1).version;
}
/** Once the services have seen everything of it. */
async function seen(built: Built, path: string): Promise<Reply['body']> {
  const after = `after=project/${built.id}@${await versionOf(built)}`;
  const { status, body } = await town.read('auditor', `${path}${path.includes('?') ? '&' : '?'}${after}`);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

/**
 * Whoever follows the project has gone over to the live build: he looks for it as a part of handling a batch, so that the
 * first of two entries, one after the other, was handled with a look. What he saved before that would be taken along.
 */
async function goneOver(built: Built): Promise<void> {
  for (const [step, on] of Object.entries({ siting: '2024-04-01', feasibility: '2024-05-01' })) {
    await claims(built, { [step]: on });
    await seen(built, `sectors/education/${built.at}`);
  }
}

describe('npm run rebuild', () => {
  test('builds a view that two processes serve, finds it the same, and they go over', async () => {
    for (const unit of ['school-1', 'school-2']) {
      const built = await begins(town, SCHOOLS);
      await claims(built, { start: '2024-07-01', acceptance: '2025-07-15', opening: '2025-09-01' });
      await delivers(built, school(unit, '2025-08-25'));
      await verifies(built, school(unit, '2025-09-10'));
      await seen(built, `sectors/education/${built.at}`);
      schools = [...schools, built];
    }
    const { code, said } = await rebuild(['--view', 'education']);
    expect(said).toMatch(/the same +2\n.*switched to generation 2/s);
    expect(code).toBe(0);
    await settled();
  });

  test('names what differs and keeps the live view; told to, it switches, even while nobody serves it', async () => {
    const [damaged] = schools as [Built];
    await goneOver(damaged);
    const docs = views().collection<{ _id: string; doc: { buffer: Uint8Array } }>('education.2');
    const key = `${DEMO_PLAN}/project/${damaged.id}`;
    const doc = deserialize((await docs.findOne({ _id: key }))!.doc.buffer);
    doc.state.units.clear();
    await docs.updateOne({ _id: key }, { $set: { doc: serialize(doc) as never } });
    const shown = async () => (await seen(damaged, `sectors/education/${damaged.at}`)).units.length;
    // Both stand on it: the next standing is wrong too.
    await delivers(damaged, school('school-3', '2025-08-26'));
    expect(await shown()).toBe(1);

    const differs = await rebuild(['--view', 'education', '--plan', DEMO_PLAN]);
    expect(differs.said).toContain(`different: 1\n    ${key} at version ${await versionOf(damaged)}`);
    expect(differs.said).toContain('not switched, generation 2 stays live');
    expect(differs.code).toBe(1);

    for (const name of ['education', 'education-2']) await system.service(name).kill('SIGKILL');
    const accepted = await rebuild(['--view', 'education', '--accept-differences']);
    expect([accepted.code, accepted.said]).toEqual([0, expect.stringContaining('switched to generation 3')]);
    const tooEarly = await rebuild(['--view', 'education', '--back']);
    expect([tooEarly.code, tooEarly.said]).toEqual([2, expect.stringContaining('not settled')]);

    await system.service('education').start();
    await settled();
    expect(await shown()).toBe(2);
    const { body: entries } = await ask('audit', 'auditor', 'entries?limit=1');
    const { rows } = await seen(damaged, `completion?by=item&on=${TODAY}`);
    const { body: replayed } = await town.read('auditor', `replay/completion?by=item&at=${entries.head}&on=${TODAY}`);
    expect(rows).toEqual(replayed.rows);
  });

  test('goes back when asked', async () => {
    const { code, said } = await rebuild(['--view', 'education', '--back']);
    expect([code, said]).toEqual([0, expect.stringContaining('live again, as generation 4')]);
    await settled();
  });

  test('says what is wrong with how it was called, and with its environment', async () => {
    for (const args of [[], ['--view', 'roads'], ['--view', 'education', '--all']]) {
      const { code, said } = await rebuild(args);
      expect([code, said]).toEqual([2, expect.stringContaining('usage: npm run rebuild')]);
    }
    const { AUDIT_URL: _audit, PLANS: _plans, ...rest } = system.environment;
    const { code, said } = await rebuild(['--view', 'education'], rest);
    expect(code).toBe(78);
    expect(said).toMatch(/PLANS is missing.*AUDIT_URL is missing/s);
  });
});

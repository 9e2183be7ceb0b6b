import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PLAN_TOPIC } from '@planledger/feed';
import { caseIdFor } from '@planledger/project';
import { MongoClient } from 'mongodb';
import {
  ask,
  ledgerRows,
  members,
  metric,
  poisonOf,
  publishPoison,
  publishTo,
  readTopic,
  relayPosition,
  request,
  until,
} from './distributed-check.js';
import { insist, PLAN, projectOf } from './distributed-load.js';
import { type FaultySystem, startFaultySystem } from './faulty-system.js';
import { example } from './server-load.js';
import { DEATHS, STANDINGS } from './steps.js';

// Each fault happens to the real servers and the services' own processes while clerks go on working; after each of them
// nothing answered is lost, nothing is there twice, and all figures are those of a fresh fold (distributed-check.ts).

/** Longest that one fault may take with all that is checked after it; the machine may be busy with others. */
const TIMEOUT_MS = 600_000 + 3_000 * Number(process.env['FAULT_S'] || 15);
const EDUCATION = 'planledger.education';
/** serve.ts cuts connections after 15 s; what was begun is finished then. */
const DRAINED_MS_MAX = 20_000;

let faulty: FaultySystem;
beforeAll(async () => void (faulty = await startFaultySystem()), TIMEOUT_MS);
afterAll(() => faulty?.close(), TIMEOUT_MS);

test.each(DEATHS)(
  '%s is killed between each two of its steps',
  async (name, places) => {
    await faulty.underLoad(`die-${name}`, async () => {
      for (const place of places) {
        // Whoever reads the whole ledger from audit while it dies sees that the answer broke off, and asks again.
        await faulty.dies(name, place);
      }
    });
  },
  TIMEOUT_MS,
);

test(
  'the broker is killed, and comes back',
  async () => {
    const { kafka, underLoad } = faulty;
    await underLoad('broker', async () => {
      await kafka.kill();
      await kafka.restart();
    });
  },
  TIMEOUT_MS,
);

test(
  'the primary of MongoDB is killed; another is elected',
  async () => {
    const { mongo, underLoad } = faulty;
    await underLoad('primary', async () => {
      const primary = await mongo.primary();
      await mongo.kill(primary);
      expect(await mongo.primary()).not.toBe(primary);
      await mongo.restart(primary);
    });
  },
  TIMEOUT_MS,
);

test(
  'the primary of MongoDB steps down',
  async () => {
    await faulty.underLoad('stepdown', async () => {
      const before = await faulty.mongo.primary();
      await inMongo((client) =>
        client.db('admin').command({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5, force: true }),
      );
      expect(await faulty.mongo.primary()).not.toBe(before);
    });
  },
  TIMEOUT_MS,
);

test(
  'a second instance of a sector joins, and leaves; a third joins, and is killed',
  async () => {
    const { system, underLoad } = faulty;
    await underLoad('rebalance', async (n) => {
      const second = await system.another('education', `education-${n}-leaves`);
      await second.ready();
      await until('two share the sector', async () => (await members(faulty.system)) === 2);
      await second.kill('SIGTERM');
      const third = await system.another('education', `education-${n}-dies`);
      await third.ready();
      await until('two share the sector again', async () => (await members(faulty.system)) === 2);
      await third.kill('SIGKILL');
    });
  },
  TIMEOUT_MS,
);

test(
  'every message is delivered three times, amid those that come meanwhile',
  async () => {
    const { system, load, underLoad } = faulty;
    await underLoad('thrice', async () => {
      const intake = system.service('intake');
      await intake.kill('SIGTERM');
      // The relay itself sends all of the ledger again.
      await inMongo((client) =>
        client
          .db(`${system.prefix}planledger-views`)
          .collection<{ _id: string }>('bookmarks')
          .updateOne({ _id: PLAN }, { $set: { position: 0 } }),
      );
      await intake.start();
      await intake.ready();
      // And once more while the sector stands still, so that it meets what is old and what is new in one batch: of each
      // stream the end alone, as after a relay's death. A stream from its beginning would make good what was folded twice.
      const { pid } = system.service('education');
      process.kill(pid, 'SIGSTOP');
      const before = load.receipts.size;
      const ends = (await readTopic(system, EDUCATION)).filter(({ headers }) => Number(headers?.['ce_version']) > 6);
      await publishTo(system, EDUCATION, ends);
      await publishTo(system, PLAN_TOPIC, await readTopic(system, PLAN_TOPIC));
      await until('clerks went on', () => Promise.resolve(load.receipts.size > before + 50));
      process.kill(pid, 'SIGCONT');
      for (const _ of ['again', 'and again']) await publishTo(system, STANDINGS, await readTopic(system, STANDINGS));
    });
  },
  TIMEOUT_MS,
);

test(
  'a poisoned record in a thousand parks its key and nothing else, and a retry heals it',
  async () => {
    const { system, load, to, underLoad } = faulty;
    await underLoad('poison', async (n) => {
      const who = `poisoned-${n}`;
      const id = { id: projectOf(who) };
      const stream = `project/${id.id}`;
      await insist(load, to, example('registerProject', `fault-${who}-project`, {}, { codes: [], name: `毒${who}` }));
      await insist(load, to, example('linkProject', `fault-${who}-link`, id));
      await publishPoison(system, stream, 3);
      await parkedAre(`education ${stream} 3`);
      // What comes after it waits, all others go on.
      await insist(load, to, example('setMilestonePlan', `fault-${who}-plan`, id));
      await insist(load, to, example('claimMilestone', `fault-${who}-claim`, { ...id, code: 'siting' }));
      const other = { id: projectOf(`${who}-other`) };
      const named = { codes: [], name: `无毒${who}` };
      await insist(load, to, example('registerProject', `fault-${who}-other-project`, {}, named));
      await until('others go on', async () => (await versionIn(other.id)) === 1);
      expect(await ask(system, 'aggregator', 'completion')).toMatchObject({ parked: [{ stream, version: 3 }] });
      await heal(faulty, stream);

      // A record that says no place stops nothing else either.
      await publishTo(system, EDUCATION, [poisonOf(stream)]);
      await parkedAre(`education ${stream} 0`);
      await insist(load, to, example('linkProject', `fault-${who}-other-link`, other));
      await until('others go on', async () => (await versionIn(other.id)) === 2);
      await heal(faulty, stream);

      // On the other two topics likewise; there it is what comes whole that heals.
      const supervision = example('issueSupervision', `fault-${who}-case`, {}, { due: '2099-12-31' });
      const about = `case/${caseIdFor(PLAN, supervision.id)}`;
      await publishTo(system, PLAN_TOPIC, [poisonOf(about)]);
      await publishTo(system, STANDINGS, [poisonOf(`project/${other.id}`)]);
      await parkedAre(`aggregator project/${other.id} 3`, `plans ${about} 1`);
      const inAudit = `planledger_parked_keys{plan="${PLAN}",view="plans"}`;
      await until('audit tells it', async () => (await metric(system, 'audit', inAudit)) === 1);
      await insist(load, to, { ...supervision, by: 'commission' });
      await insist(load, to, example('setMilestonePlan', `fault-${who}-other-plan`, other));
      await parkedAre();
      await until('audit too', async () => (await metric(system, 'audit', inAudit)) === -1);
    });
  },
  TIMEOUT_MS,
);

test(
  'MongoDB is down: who writes or reads is told when to come again, nothing is half-written, and all goes on by itself',
  async () => {
    const { system, mongo, load, underLoad } = faulty;
    const pids = pidsOf();
    await underLoad('mongo-down', async () => {
      load.putOff.clear();
      const [one, two, three] = [0, 1, 2];
      await Promise.all([one, two, three].map((member) => mongo.kill(member)));
      const read = await request(system, 'education', `/api/plans/${PLAN}/sectors/education/projects`);
      expect([read.status, read.headers.has('retry-after')]).toEqual([503, true]);
      await until('clerks are told', () => Promise.resolve(load.putOff.size > 0));
      const known = ['OUTCOME_UNKNOWN', 'STORE_UNAVAILABLE', 'OVERLOADED'];
      expect([...load.putOff.keys()].filter((code) => !known.includes(code))).toEqual([]);
      await Promise.all([one, two, three].map((member) => mongo.restart(member)));
      await mongo.primary();
    });
    expect(pidsOf()).toEqual(pids);
  },
  TIMEOUT_MS,
);

test(
  'Kafka is down: writes go on, the lag shows, and drains',
  async () => {
    const { system, kafka, load, underLoad } = faulty;
    const pids = pidsOf();
    await underLoad('kafka-down', async () => {
      await kafka.kill();
      const before = load.receipts.size;
      await until('writes go on', () => Promise.resolve(load.receipts.size > before + 100));
      const { head } = await ask<{ head: number }>(system, 'audit', 'entries?limit=1');
      expect(await relayPosition(system)).toBeLessThan(head - 50);
      const lag = 'planledger_follower_lag_entries{follower="education"}';
      await until('the lag shows', async () => (await metric(system, 'education', lag)) === Infinity);
      await kafka.restart();
    });
    expect(pidsOf()).toEqual(pids);
  },
  TIMEOUT_MS,
);

test(
  'a follower that makes no progress ends its process, and another takes its work over',
  async () => {
    const { system, hangs, underLoad } = faulty;
    await underLoad('stall', async (n) => {
      const second = await system.another('education', `education-${n}-stalls`, { STALL_LIMIT_S: '5' });
      await second.ready();
      hangs(second.pid, { when: 'before', call: 'write', on: 'education' });
      expect(await second.ended).toBe('code 75');
    });
  },
  TIMEOUT_MS,
);

test(
  'intake is told to stop: what it has read it answers, and then it ends',
  async () => {
    const { system, load, to, underLoad } = faulty;
    const intake = system.service('intake');
    await underLoad('stop', async (n) => {
      const who = `burst-${n}`;
      const id = { id: projectOf(who) };
      await insist(load, to, example('registerProject', `fault-${who}-project`, {}, { codes: [], name: `停${who}` }));
      await insist(load, to, example('linkProject', `fault-${who}-link`, id));
      await insist(load, to, example('setMilestonePlan', `fault-${who}-plan`, id));
      const reports = Array.from({ length: 200 }, (_, each) => example('reportProgress', `fault-${who}-${each}`, id));
      const before = load.receipts.size;
      const burst = Promise.all(reports.map((report) => load.post(to, report)));
      await until('it is in the middle of them', () => Promise.resolve(load.receipts.size > before));
      const told = performance.now();
      await intake.kill('SIGTERM');
      expect(performance.now() - told).toBeLessThan(DRAINED_MS_MAX);
      await burst;
      const unanswered = (await ledgerRows(system)).flatMap(({ entry: { commandId } }) =>
        load.sent.has(commandId) && !load.receipts.has(commandId) ? [commandId] : [],
      );
      expect(unanswered).toEqual([]);
      await intake.start();
      await intake.ready();
      for (const report of reports) await insist(load, to, report);
    });
  },
  TIMEOUT_MS,
);

async function inMongo(act: (client: MongoClient) => Promise<unknown>): Promise<void> {
  const client = new MongoClient(faulty.system.environment['MONGODB_URL'] ?? '');
  await act(client).finally(() => client.close());
}

const pidsOf = (): number[] =>
  ['intake', 'education', 'aggregator', 'audit'].map((name) => faulty.system.service(name).pid);

/** Soon, for pointers are looked up once a second. */
async function parkedAre(...expected: readonly string[]): Promise<void> {
  await until(`parked are ${expected.join(', ') || 'none'}`, async () => {
    const answer = await request(faulty.system, 'aggregator', `/api/plans/${PLAN}/parked`, 'operator');
    const { parked } = (await answer.json()) as { parked: { view: string; stream: string; version: number }[] };
    const shown = parked.map(({ view, stream, version }) => `${view} ${stream} ${version}`);
    return shown.sort().join(', ') === expected.join(', ');
  });
}

/** Of a project, as the sector shows it. */
async function versionIn(project: string): Promise<unknown> {
  const answer = await request(faulty.system, 'education', `/api/plans/${PLAN}/sectors/education/projects/${project}`);
  return ((await answer.json()) as { version?: number }).version;
}

async function heal({ system }: FaultySystem, stream: string): Promise<void> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ stream }) };
  const answer = await request(system, 'education', `/api/plans/${PLAN}/parked/education/retry`, 'operator', init);
  expect([answer.status, await answer.json()]).toMatchObject([200, { healed: true, parked: null }]);
}

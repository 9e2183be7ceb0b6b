import { expect } from '@jest/globals';
import { type Kafka, type Mongo, startKafka, startMongo } from '@planledger/local';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type DistributedSystem, startSystem } from '../distributed/system.js';
import { allIsWell } from './distributed-check.js';
import { PLAN, sendAgain, startClerks } from './distributed-load.js';
import { createLoad, type Load, type Signed } from './server-load.js';
import { arm, type Step } from './steps.js';

const KILL_AT = new URL('./kill-at.js', import.meta.url).href;
const CLERK = 'clerk-education-410212';
/** Of services that run beside each other on two cores, those that the faults are about. */
const SERVICES = ['intake', 'education', 'aggregator'];
/** How long each fault goes on; longer in `npm run test:fault`. */
const FAULT_MS = Number(process.env['FAULT_S'] || 15) * 1_000;
/** The load must have gone on while the fault happened, or nothing is proved. */
const ANSWERS_MIN = 100;
const ENOUGH_MS_MAX = 60_000;
const LOOK_AGAIN_MS = 500;

/** The distributed system with servers of its own, to be broken, and all that was ever sent to it. */
export interface FaultySystem {
  readonly system: DistributedSystem;
  readonly mongo: Mongo;
  readonly kafka: Kafka;
  readonly load: Load;
  /** Intake, and a clerk of education. */
  readonly to: Signed;
  /**
   * Has clerks at work for as long as a fault takes, again and again (`n` from 1) until its time is over; then every
   * command is sent again, and all must be well.
   */
  underLoad(name: string, fault: (n: number) => Promise<void>): Promise<void>;
  /** Kills a service by its own hand where it is at that step, and starts it again. */
  dies(name: string, step: Omit<Step, 'act'>): Promise<void>;
  /** Has the process stop for ever where it is at that step. */
  hangs(pid: number, step: Omit<Step, 'act'>): void;
  close(): Promise<void>;
}

export async function startFaultySystem(): Promise<FaultySystem> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-fault-'));
  const started: { stop(): Promise<void> }[] = [];
  const own = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const ready = await starting;
    started.push(ready);
    return ready;
  };
  async function close(): Promise<void> {
    await system?.close();
    await Promise.all(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  }

  let system: DistributedSystem | undefined;
  try {
    const [mongo, kafka] = await Promise.all([own(startMongo({ folder, members: 3 })), own(startKafka({ folder }))]);
    system = await startSystem({
      plans: [PLAN],
      services: SERVICES,
      servers: { mongoUrl: mongo.url, brokers: [kafka.brokers] },
      environment: { NODE_OPTIONS: `--import ${KILL_AT}`, STEPS_FOLDER: folder },
    });
    const api = `${system.service('intake').url}/api/plans/${PLAN}`;
    const bearer = async (person: string): Promise<string> => `Bearer ${await system!.issuer.token(person)}`;
    const to = { api, authorization: await bearer(CLERK), commission: await bearer('commission') };
    return { ...faultsOf(system, folder, to), system, mongo, kafka, to, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function faultsOf(system: DistributedSystem, folder: string, to: Signed) {
  const load = createLoad(() => {});
  const sentSince = (before: ReadonlySet<string>) => [...load.sent.values()].filter(({ id }) => !before.has(id));
  return {
    load,

    async underLoad(name: string, fault: (n: number) => Promise<void>): Promise<void> {
      // What a test before this one ended with is that one's failure, not this one's.
      load.wrong.splice(0);
      await sendAgain(load, to, load.unanswered());
      const before = new Set(load.receipts.keys());
      const over = performance.now() + FAULT_MS;
      const clerks = startClerks(load, to, name);
      try {
        for (let n = 1, took = 0; n === 1 || performance.now() + took < over; n += 1) {
          const began = performance.now();
          await fault(n);
          took = performance.now() - began;
        }
        await setTimeout(Math.max(0, over - performance.now()));
        // A slow machine is given more time: with less sent than this, little was tried.
        const patience = performance.now() + ENOUGH_MS_MAX;
        while (sentSince(before).length <= ANSWERS_MIN && performance.now() < patience) await setTimeout(LOOK_AGAIN_MS);
        await clerks.stop();
      } catch (error) {
        clerks.giveUp();
        throw error;
      }
      const sent = sentSince(before);
      expect(sent.length).toBeGreaterThan(ANSWERS_MIN);
      await sendAgain(load, to, sent);
      await allIsWell(system, load);
    },

    async dies(name: string, step: Omit<Step, 'act'>): Promise<void> {
      const service = system.service(name);
      arm(folder, service.pid, { ...step, act: 'kill' });
      expect(await service.ended).toBe('SIGKILL');
      await service.start();
      await service.ready();
    },

    hangs: (pid: number, step: Omit<Step, 'act'>): void => arm(folder, pid, { ...step, act: 'hang' }),
  };
}

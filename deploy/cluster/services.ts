import { answersOk, type OwnedProcess, startOwned, underOwner } from '@planledger/local/owned-process';
import { claimPort } from '@planledger/local/ports';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = resolve(import.meta.dirname, '../../../services');

/** Every service that runs as a process of its own, by the name of its folder; standalone is all of them in one. */
export const SERVICES: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name !== 'standalone' && existsSync(join(FOLDER, name, 'main.ts')))
  .sort();

/** As deploy/docker/Dockerfile has it, which also says why there are no source maps. */
const NODE_FLAGS = ['--max-semi-space-size=2'];

/** It follows a history of some thousand entries before it says that it is ready, beside eleven others. */
const READY_MS_MAX = 300_000;
const READY_ANSWER_MS_MAX = 2_000;

/** What all services of one system are told; see libs/host/service-config.ts. */
export type SystemEnvironment = Readonly<Record<string, string>>;

/** The environment of a system on these servers. Writes the secret of the services into a file in `folder`. */
export function systemEnvironment(system: {
  readonly folder: string;
  readonly mongoUrl: string;
  readonly brokers: string;
  readonly issuer: string;
  readonly service: { readonly clientId: string; readonly clientSecret: string };
  readonly plans: readonly string[];
}): SystemEnvironment {
  const secret = join(system.folder, 'service-secret');
  writeFileSync(secret, system.service.clientSecret, { mode: 0o600 });
  return {
    MONGODB_URL: system.mongoUrl,
    KAFKA_BROKERS: system.brokers,
    OIDC_ISSUER: system.issuer,
    SERVICE_CLIENT_ID: system.service.clientId,
    SERVICE_CLIENT_SECRET_FILE: secret,
    PLANS: system.plans.join(','),
  };
}

/** One service, running; its address stays over restarts. */
export interface LocalService {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  isThere(): boolean;
  /** Of its present life: resolves once it is gone, with how it ended: `code 0`, or the signal. */
  readonly ended: Promise<string>;
  /** Resolves once it has caught up for the first time. */
  ready(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** SIGTERM: it finishes what it has begun. */
  stop(): Promise<void>;
  /** Starts it again, at the same address, after it has ended. */
  start(): Promise<void>;
}

export interface ServiceOptions {
  /** Its log is there, under `<label>.log`. */
  readonly folder: string;
  readonly environment: SystemEnvironment;
  /** Tells two instances of one service apart; default the name. */
  readonly label?: string;
  /** A free one when not given. */
  readonly port?: number;
  /** What node runs; default the service's own main. */
  readonly script?: readonly string[];
}

/** Starts a service of this build as a process of its own; it is not ready yet. */
export async function startService(
  name: string,
  { folder, environment, label = name, port, script = [join(FOLDER, name, 'dist/main.js')] }: ServiceOptions,
): Promise<LocalService> {
  const own = await claimPort(port);
  const url = `http://127.0.0.1:${own}`;
  // Nothing of the shell it is started from but where programs are: what is not told here is not known there.
  const env = { PATH: process.env['PATH'], TZ: process.env['TZ'], ...environment, PORT: String(own) };
  const program = { command: process.execPath, args: [...NODE_FLAGS, ...script], env };
  const begin = (): OwnedProcess => startOwned({ ...program, log: join(folder, `${label}.log`) });
  let running = begin();
  return {
    name: label,
    url,
    get pid() {
      return running.pid;
    },
    isThere: () => running.isThere(),
    get ended() {
      return running.ended;
    },
    ready: () => running.until(() => answersOk(`${url}/health/ready`, READY_ANSWER_MS_MAX), READY_MS_MAX),
    kill: (signal) => running.kill(signal),
    stop: () => running.stop(),
    async start() {
      if (running.isThere()) throw new Error(`${label} still runs`);
      running = begin();
    },
  };
}

/**
 * Makes the topics that are missing and loads the plans that are not there yet (services/intake/prepare.ts), on one
 * broker. Resolves with what it said; rejects with what it complained of.
 */
export async function prepare({ environment }: Pick<ServiceOptions, 'environment'>): Promise<string> {
  const env = { KAFKA_PARTITIONS: '3', KAFKA_REPLICATION: '1', PATH: process.env['PATH'], ...environment };
  const [command, args] = underOwner(process.execPath, [join(FOLDER, 'intake/dist/prepare.js')]);
  const { stdout } = await promisify(execFile)(command, args, { env });
  return stdout;
}

import { builtPages } from '@planledger/dashboard-service';
import { startFront } from '@planledger/front';
import { startKafka, startKeycloak, startMongo } from '@planledger/local';
import { DEMO_PASSWORD } from '@planledger/local/realm';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LocalService, prepare, SERVICES, startService, systemEnvironment } from './services.js';

// npm run cluster [-- start | status | stop]: the distributed profile on this machine, without Docker: Kafka, a MongoDB
// replica set of three, Keycloak with the demo people, every service as a process of its own, and the front that joins
// them. Data and logs stay in CLUSTER_DIR (default data/cluster); ports are fixed, from CLUSTER_PORT on (default 18080).

const folder = resolve(process.env['CLUSTER_DIR'] || 'data/cluster');
const FIRST_PORT = Number(process.env['CLUSTER_PORT'] || 18_080);
const PLANS = ['kaifeng-145', 'kaifeng-145-demo'];
/** By what is to be there. */
const STATE = join(folder, 'cluster.json');
const STOP_MS_MAX = 60_000;
const LOOK_AGAIN_MS = 200;

/** What a running cluster leaves for whoever asks about it. */
interface State {
  readonly pid: number;
  readonly issuer: string;
  /** Where everybody but an operator goes. */
  readonly front: string;
  readonly services: readonly { readonly name: string; readonly url: string; readonly pid: number }[];
}

interface Stoppable {
  stop(): Promise<void>;
}

async function start(): Promise<number> {
  const running = stateOf();
  if (running) throw new Error(`a cluster runs in ${folder} already (process ${running.pid}): npm run cluster -- stop`);
  mkdirSync(folder, { recursive: true });
  const ended = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end());
  });
  // What was started last is stopped first: services leave their groups while the broker is there.
  const started: Stoppable[] = [];
  const own = async <T extends Stoppable>(starting: Promise<T>): Promise<T> => {
    const ready = await starting;
    started.unshift(ready);
    return ready;
  };
  try {
    const services = await Promise.race([startAll(own), ended.then(() => [])]);
    if (services.length > 0) await ended;
    return 0;
  } finally {
    say('stopping');
    await Promise.all(started.slice(0, -SERVERS).map((each) => each.stop()));
    await Promise.all(started.slice(-SERVERS).map((each) => each.stop()));
    rmSync(STATE, { force: true });
    say('stopped; nothing of it runs any more');
  }
}
const SERVERS = 3;

type Own = <T extends Stoppable>(starting: Promise<T>) => Promise<T>;

async function startAll(own: Own): Promise<LocalService[]> {
  say('starting Kafka, MongoDB (three members) and Keycloak');
  // Keycloak makes its people and keys anew at every start.
  rmSync(join(folder, 'keycloak'), { recursive: true, force: true });
  const [mongo, kafka, keycloak] = await Promise.all([
    own(startMongo({ folder, members: 3, port: FIRST_PORT + 20 })),
    own(startKafka({ folder, port: FIRST_PORT + 30 })),
    own(startKeycloak({ folder, port: FIRST_PORT + 40 })),
  ]);
  const environment = systemEnvironment({
    ...{ folder, mongoUrl: mongo.url, brokers: kafka.brokers, issuer: keycloak.issuer, service: keycloak.service },
    plans: PLANS,
  });
  say('making topics, loading plans');
  process.stdout.write(await prepare({ environment }));

  const address = (name: string): string => `http://127.0.0.1:${FIRST_PORT + 1 + SERVICES.indexOf(name)}`;
  const told = { ...environment, AUDIT_URL: address('audit') };
  say(`starting ${SERVICES.join(', ')}`);
  const services: LocalService[] = [];
  for (const [index, name] of SERVICES.entries())
    services.push(await own(startService(name, { folder, environment: told, port: FIRST_PORT + 1 + index })));
  const front = await own(
    startFront({
      folder: join(folder, 'front'),
      listen: `127.0.0.1:${FIRST_PORT}`,
      issuer: keycloak.issuer,
      pages: builtPages(),
      upstreams: Object.fromEntries(services.map(({ name, url }) => [name, [new URL(url).host]])),
    }),
  );
  await Promise.all(services.map((service) => service.ready()));
  const state: State = {
    pid: process.pid,
    issuer: keycloak.issuer,
    front: front.url,
    services: services.map(({ name, url, pid }) => ({ name, url, pid })),
  };
  writeFileSync(STATE, JSON.stringify(state, null, 2));
  say('ready');
  await status();
  say(`demo people sign in at ${keycloak.issuer} with the password ${DEMO_PASSWORD}; logs are in ${folder}`);
  say('Ctrl-C, or npm run cluster -- stop, ends all of it');
  return services;
}

async function status(): Promise<number> {
  const state = stateOf();
  if (!state) {
    say(`no cluster runs in ${folder}`);
    return 1;
  }
  const answers = await Promise.all(state.services.map(({ url }) => readiness(url)));
  say(`${'front'.padEnd(18)} ${state.front}  documentation at ${state.front}/docs`);
  for (const [index, { name, url, pid }] of state.services.entries())
    say(`${name.padEnd(18)} ${url}  process ${pid}  ${answers[index]}`);
  return answers.every((answer) => answer === 'ready') ? 0 : 1;
}

async function stop(): Promise<number> {
  const state = stateOf();
  if (!state) {
    say(`no cluster runs in ${folder}`);
    return 0;
  }
  process.kill(state.pid, 'SIGTERM');
  for (const until = Date.now() + STOP_MS_MAX; isThere(state.pid); await pause(LOOK_AGAIN_MS))
    if (Date.now() > until) throw new Error(`process ${state.pid} does not end`);
  return 0;
}

/** Of the cluster that runs; what one that was killed left behind says nothing. */
function stateOf(): State | undefined {
  if (!existsSync(STATE)) return undefined;
  const state = JSON.parse(readFileSync(STATE, 'utf8')) as State;
  return isThere(state.pid) ? state : undefined;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function readiness(url: string): Promise<string> {
  try {
    const { status } = (await (await fetch(`${url}/health/ready`)).json()) as { status: string };
    return status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const ACTS = new Map([
  ['start', start],
  ['status', status],
  ['stop', stop],
]);
const [act = 'start'] = process.argv.slice(2);
try {
  const run = ACTS.get(act);
  if (!run) throw new Error('usage: npm run cluster [-- start | status | stop]');
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

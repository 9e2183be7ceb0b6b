import { type Document, MongoClient, MongoError, MongoServerError } from 'mongodb';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './installed.js';
import { type OwnedProcess, startOwned } from './owned-process.js';
import { claimPort } from './ports.js';

const SET = 'rs0';
const CACHE_GB = 0.5;
/** An answer on this machine takes milliseconds; one that takes longer is asked for again. */
const ANSWER_MS_MAX = 1_000;
/** A fifth of MongoDB's own: on one machine a silent primary is a dead one, and whoever kills it waits for the next. */
const ELECTION_MS = 2_000;
const HEARTBEAT_MS = 500;
/** A primary that is asked to stop waits so long for a follower that can take over; when all stop, for nothing. */
const HANDOVER_MS = 1_000;
/** Of replSetInitiate: the folder holds the set of an earlier start. */
const ALREADY_INITIALIZED = 23;

export interface MongoOptions {
  /** Data and logs. What an earlier start left here is served again; the ports MUST then be the same. */
  readonly folder: string;
  readonly members: 1 | 3;
  /** Of the first member, the others follow; free ones when not given. */
  readonly port?: number;
}

/** A replica set; members are numbered from 0. */
export interface Mongo {
  /** For the driver: every member and the name of the set. */
  readonly url: string;
  pid(member: number): number;
  /** The member that takes writes; waits for an election. */
  primary(): Promise<number>;
  /** SIGKILL unless told otherwise; resolves once the member is gone (SIGSTOP, SIGCONT: at once). */
  kill(member: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a member that was killed, with its data; resolves once it answers, which may be before it has caught up. */
  restart(member: number): Promise<void>;
  /** Ends every member. */
  stop(): Promise<void>;
}

/** Starts the set and resolves once it has a primary and every other member follows it. */
export async function startMongo({ folder, members, port }: MongoOptions): Promise<Mongo> {
  const ports: number[] = [];
  for (let number = 0; number < members; number++) {
    ports.push(await claimPort(port === undefined ? undefined : port + number));
  }
  const processes = ports.map((own, number) => startMember(folder, number, own));
  const member = (number: number): OwnedProcess => {
    const found = processes[number];
    if (!found) throw new Error(`no member ${number} in a set of ${members}`);
    return found;
  };
  async function stop(): Promise<void> {
    await Promise.all(processes.map((each) => each.stop()));
  }
  try {
    await Promise.all(processes.map((each, number) => each.until(() => answers(ports[number]))));
    await initiate(ports);
    await member(0).until(() => isComplete(ports));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `mongodb://${ports.map(address).join(',')}/?replicaSet=${SET}`,
    pid: (number) => member(number).pid,
    async primary() {
      let found = -1;
      // Whoever is still there waits: its log says why there is no election.
      const witness = processes.find((each) => each.isThere()) ?? member(0);
      await witness.until(async () => (found = await primaryOf(ports)) >= 0);
      return found;
    },
    kill: (number, signal = 'SIGKILL') => member(number).kill(signal),
    async restart(number) {
      await member(number).stop();
      const own = await claimPort(ports[number]);
      processes[number] = startMember(folder, number, own);
      await member(number).until(() => answers(own));
    },
    stop,
  };
}

const address = (port: number): string => `127.0.0.1:${port}`;

function startMember(folder: string, number: number, port: number): OwnedProcess {
  const data = join(folder, `mongo-${number}`);
  mkdirSync(data, { recursive: true });
  return startOwned({
    command: installed('mongodb/bin/mongod'),
    args: [
      ...['--replSet', SET, '--dbpath', data, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'],
      ...['--wiredTigerCacheSizeGB', String(CACHE_GB)],
      ...['--setParameter', `shutdownTimeoutMillisForSignaledShutdown=${HANDOVER_MS}`],
    ],
    log: join(folder, `mongo-${number}.log`),
  });
}

async function initiate(ports: readonly number[]): Promise<void> {
  const config = {
    _id: SET,
    members: ports.map((port, number) => ({ _id: number, host: address(port) })),
    settings: { electionTimeoutMillis: ELECTION_MS, heartbeatIntervalMillis: HEARTBEAT_MS },
  };
  try {
    await ask(ports[0], { replSetInitiate: config });
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === ALREADY_INITIALIZED)) throw error;
  }
}

const answers = async (port: number | undefined): Promise<boolean> => (await tryToAsk(port, { ping: 1 })) !== undefined;

/** One primary, and the others follow it: whichever is killed now, the rest can go on. */
async function isComplete(ports: readonly number[]): Promise<boolean> {
  const status = await tryToAsk(ports[0], { replSetGetStatus: 1 });
  const states = ((status?.['members'] ?? []) as { stateStr: string }[]).map(({ stateStr }) => stateStr);
  const followers = states.filter((state) => state === 'SECONDARY').length;
  return states.includes('PRIMARY') && followers === ports.length - 1;
}

/** Its number, or -1. A primary that was cut off calls itself one until it notices: the latest election counts. */
async function primaryOf(ports: readonly number[]): Promise<number> {
  const hellos = await Promise.all(ports.map((port) => tryToAsk(port, { hello: 1 })));
  const elections = hellos.map((hello) => (hello?.['isWritablePrimary'] ? String(hello['electionId']) : ''));
  const latest = elections.toSorted().at(-1);
  return latest ? elections.indexOf(latest) : -1;
}

/** Undefined when it does not answer, or not yet. */
async function tryToAsk(port: number | undefined, command: Document): Promise<Document | undefined> {
  try {
    return await ask(port, command);
  } catch (error) {
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

/** Asks this one member, whatever its part in the set. */
async function ask(port: number | undefined, command: Document): Promise<Document> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: ANSWER_MS_MAX,
    socketTimeoutMS: ANSWER_MS_MAX,
  });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

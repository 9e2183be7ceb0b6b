import { type Document, MongoClient, MongoServerError } from 'mongodb';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

// node deploy/docker/dist/initiate.js: makes one replica set of MONGODB_MEMBERS (host:port, by comma) and gives it the
// account of an administrator and that of the services, as the addresses in MONGODB_ADMIN_URL_FILE and MONGODB_URL_FILE
// name them. Runs beside the first member, in its network namespace: a set that knows nobody yet obeys its own machine and
// nobody else. May be ended at any moment and run again; the services' password is then set to what their file says.

/** Of replSetInitiate and createUser: an earlier run did it; from then on the local machine is no longer obeyed. */
const DONE_BEFORE = new Set([23, 51_003, 13]);
const WAIT_MS_MAX = 120_000;
const LOOK_AGAIN_MS = 500;
const ANSWER_MS_MAX = 3_000;

/** They read, write and make collections and indexes in their own databases, and nothing else. */
const SERVICES_ROLES = ['planledger-ledger', 'planledger-views'].map((db) => ({ role: 'readWrite', db }));

async function main(): Promise<void> {
  const members = required('MONGODB_MEMBERS').split(',');
  const port = members[0]?.split(':')[1] ?? '';
  const [adminUrl, url] = [secret('MONGODB_ADMIN_URL_FILE'), secret('MONGODB_URL_FILE')];
  const [admin, services] = [accountIn(adminUrl), accountIn(url)];

  await asked(`mongodb://127.0.0.1:${port}/?directConnection=true`, async (ask) => {
    await until('the first member answers', async () => Boolean(await ask({ ping: 1 })));
    await until('every member answers', async () => {
      await unlessDone(ask({ replSetInitiate: { _id: services.set, members: members.map(memberOf) } }));
      return true;
    });
    // Another may be elected first; the first member takes over soon, and only it obeys without an account.
    await until('the first member is the primary', async () => Boolean((await ask({ hello: 1 }))['isWritablePrimary']));
    await unlessDone(ask({ createUser: admin.name, pwd: admin.password, roles: ['root'] }));
  });
  await asked(adminUrl, async (ask) => {
    const known = (await ask({ usersInfo: services.name }))['users'] as unknown[];
    const verb = known.length > 0 ? 'updateUser' : 'createUser';
    await ask({ [verb]: services.name, pwd: services.password, roles: SERVICES_ROLES });
  });
  process.stdout.write(`${services.set}: ${members.join(',')}\n`);
}

/** The first is the primary whenever it can: it is the one that can be asked before anybody has an account. */
const memberOf = (host: string, number: number): Document => ({ _id: number, host, priority: number === 0 ? 2 : 1 });

type Ask = (command: Document) => Promise<Document>;

async function asked(url: string, use: (ask: Ask) => Promise<void>): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: ANSWER_MS_MAX });
  try {
    await use((command) => client.db('admin').command(command));
  } finally {
    await client.close();
  }
}

async function unlessDone(asking: Promise<unknown>): Promise<void> {
  try {
    await asking;
  } catch (error) {
    if (!(error instanceof MongoServerError && DONE_BEFORE.has(Number(error.code)))) throw error;
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS_MAX;
  let last: unknown;
  while (performance.now() < end) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error;
    }
    await pause(LOOK_AGAIN_MS);
  }
  throw new Error(`waited in vain: ${what}`, { cause: last });
}

/** The driver reads addresses of several members; URL does not. */
function accountIn(url: string): { readonly name: string; readonly password: string; readonly set: string } {
  const { credentials, replicaSet } = new MongoClient(url).options;
  if (!credentials || !replicaSet) throw new Error('an address of the set must name user, password and replicaSet');
  return { name: credentials.username, password: credentials.password, set: replicaSet };
}

const secret = (name: string): string => readFileSync(required(name), 'utf8').trim();

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}

await main();

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { leafHash } from '@planledger/contracts';
import { projectIdFor } from '@planledger/project';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, type Standby, standBy } from './killed-server.js';
import { createLoad, example, type Load, type Sent, type Signed } from './server-load.js';

const PLAN = 'kaifeng-145';
const CLERK = 'clerk-education-410212';
const KILLS = 20;
/** Clerks who send one command after the other, and machines that send many at once. */
const CLERKS = 20;
const MACHINES = 3;
const LINES = 40;
/** The kill comes with one of the first so many answers: in the middle of the load, between some commit and some answer. */
const ANSWERS_MAX = 250;
/** About a minute on two idle cores; the machine may be busy with others. */
const TIMEOUT_MS = 900_000;

/** Loading the program takes longer than a run under load: the next two do it meanwhile. */
const STANDBYS = 2;

let directory: string;
let standbys: Standby[] = [];
let server: Server | undefined;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'planledger-server-kill-'))));
afterEach(async () => {
  for (const process of [server, ...standbys]) await process?.kill();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<Server> {
  while (standbys.length <= STANDBYS) standbys.push(standBy(directory));
  const [starting] = standbys;
  if (!starting) throw new Error('nobody stands by');
  server = await starting.start();
  standbys = standbys.slice(1);
  return server;
}

/** Asks for JSON, which must come. */
async function ask<Answer>(address: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(address, init);
  expect([address, response.status]).toEqual([address, 200]);
  return response.json() as Promise<Answer>;
}

/** Demo people sign in anew at every start: the key of their tokens is made by the process. */
async function signIn({ url }: Server, person: string): Promise<Signed> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) };
  const { token } = await ask<{ token: string }>(`${url}/api/demo/token`, init);
  return { api: `${url}/api/plans/${PLAN}`, authorization: `Bearer ${token}` };
}

const projectOf = (clerk: number): string => projectIdFor(PLAN, `kill-project-${clerk}`);

/** A project of each clerk's, with its milestone plan, so that progress can be reported. */
async function prepare(to: Signed, load: Load): Promise<void> {
  for (let clerk = 0; clerk < CLERKS; clerk += 1) {
    const id = { id: projectOf(clerk) };
    const named = { codes: [], name: `断电演练小学${clerk}` };
    await load.post(to, example('registerProject', `kill-project-${clerk}`, {}, named));
    await load.post(to, example('linkProject', `kill-link-${clerk}`, id));
    await load.post(to, example('setMilestonePlan', `kill-plan-${clerk}`, id));
  }
}

const report = (clerk: number, id: string): Sent => example('reportProgress', id, { id: projectOf(clerk) });
const registration = (id: string): Sent => example('registerProject', id, {}, { codes: [], name: `批量登记${id}` });

/** Sends without end until the server is killed; nobody waits for anybody. */
async function putUnderLoad(to: Signed, load: Load, run: number): Promise<void> {
  const clerk = async (which: number): Promise<void> => {
    for (let n = 0; await load.post(to, report(which, `kill-${run}-${which}-${n}`)); n += 1);
  };
  const machine = async (which: number): Promise<void> => {
    const lines = (n: number): Sent[] =>
      Array.from({ length: LINES }, (_, line) => {
        const id = `kill-${run}-m${which}-${n}-${line}`;
        return line % 4 === 0 ? registration(id) : report((which + line) % CLERKS, id);
      });
    for (let n = 0; await load.postLines(to, lines(n)); n += 1);
  };
  const count = (of: number): number[] => Array.from({ length: of }, (_, index) => index);
  await Promise.all([...count(CLERKS).map(clerk), ...count(MACHINES).map(machine)]);
}

/** What the plan has reached is what its ledger says: answered live, and from the ledger alone. */
async function liveIsReplayed(running: Server): Promise<void> {
  const { api, authorization } = await signIn(running, 'commission');
  const init = { headers: { authorization } };
  const live = await ask<{ through: object }>(`${api}/completion?by=item`, init);
  const { at, ...replayed } = await ask<{ at: number }>(`${api}/replay/completion?by=item`, init);
  expect(live).toEqual(replayed);
  expect(Object.values(live.through)).toContain(at);
}

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly leafHash: string;
  readonly bytes: string;
  readonly entry: { readonly commandId: string };
}

interface Receipt {
  readonly entries: object[];
}

test(
  `after ${KILLS} kills of the whole server under load nothing answered is lost and nothing is applied twice`,
  async () => {
    let running = await start();
    let answersLeft = Infinity;
    let killed: Promise<void> | undefined;
    const load = createLoad(() => {
      answersLeft -= 1;
      if (answersLeft === 0) killed = running.kill();
    });
    await prepare(await signIn(running, CLERK), load);

    for (let run = 1; run <= KILLS; run += 1) {
      const before = new Set(load.receipts.keys());
      answersLeft = Math.ceil(Math.random() * ANSWERS_MAX);
      await putUnderLoad(await signIn(running, CLERK), load, run);
      await killed;
      server = undefined;
      answersLeft = Infinity;

      running = await start();
      await liveIsReplayed(running);
      // Answered before the kill: the same receipt again. Not answered: there or not, and settled by being sent again.
      const clerk = await signIn(running, CLERK);
      const again = [...load.sent.values()].filter(({ id }) => !before.has(id));
      expect(await load.postLines(clerk, again)).toBe(true);
      expect(load.wrong).toEqual([]);
    }

    expect(load.unanswered()).toEqual([]);
    // The kills must have met a load, or this proves nothing.
    expect(load.receipts.size).toBeGreaterThan(KILLS * CLERKS);
    await liveIsReplayed(running);
    const { api, authorization } = await signIn(running, 'commission');
    const headers = { authorization, accept: 'application/x-ndjson' };
    const lines = (await (await fetch(`${api}/entries`, { headers })).text()).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as Row);
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
    const ofLoad = rows.filter(({ entry }) => entry.commandId.startsWith('kill-'));
    expect(ofLoad.map(({ entry }) => entry.commandId).sort()).toEqual([...load.receipts.keys()].sort());
    // All at once: asking the test runner some thousand times takes it some seconds.
    const told = ofLoad.map(({ entry }) => (JSON.parse(load.receipts.get(entry.commandId) ?? '') as Receipt).entries);
    expect(told).toEqual(
      ofLoad.map(({ position, stream, version, bytes }) => [
        { stream, version, position, leafHash: leafHash(Buffer.from(bytes, 'base64')) },
      ]),
    );
  },
  TIMEOUT_MS,
);

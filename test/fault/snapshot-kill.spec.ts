import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { Replays } from '@planledger/audit-service/replays';
import { demoClock, openEmbedded } from '@planledger/host';
import { completion } from '@planledger/progress';
import { DEMO_PLAN, shipped, writeDemoHistory } from '@planledger/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { arm, SNAPSHOT_DEATHS, type Step } from './steps.js';

const WRITER = fileURLToPath(new URL('./snapshot-writer.js', import.meta.url));
const KILL_AT = new URL('./kill-at.js', import.meta.url).href;
const SPACING = 100;
const TIMEOUT_MS = 240_000;

const folder = mkdtempSync(join(tmpdir(), 'planledger-snapshots-'));
let head = 0;
beforeAll(async () => {
  const clock = demoClock(() => 0);
  const platform = openEmbedded(folder, undefined, () => clock.now());
  const size = { projects: 5 };
  expect(await writeDemoHistory(platform, DEMO_PLAN, shipped('kaifeng-145'), clock, size)).toEqual([]);
  head = (await platform.ledger.head(DEMO_PLAN)).position;
  await platform.close();
}, TIMEOUT_MS);
afterAll(() => rmSync(folder, { recursive: true }));

/** How the process that makes the snapshots ended; where a step is given, at that one. */
async function makeSnapshots(step?: Omit<Step, 'act'>): Promise<unknown> {
  const child = spawn(process.execPath, ['--import', KILL_AT, WRITER, folder, DEMO_PLAN, String(SPACING)], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, STEPS_FOLDER: folder },
  });
  const ended = once(child, 'exit');
  if (step) arm(folder, child.pid!, { ...step, act: 'kill' });
  child.stdin.write('go\n');
  const [code, signal] = (await ended) as [number | null, string | null];
  return signal ?? code;
}

/** Positions of the snapshots on disk, every one of which must be whole. */
function kept(): number[] {
  const plan = join(folder, 'cache', 'snapshots', DEMO_PLAN);
  const [rules = ''] = readdirSync(plan);
  const numbers = readdirSync(join(plan, rules)).filter((name) => /^\d+$/.test(name));
  for (const name of numbers) gunzipSync(readFileSync(join(plan, rules, name)));
  return numbers.map(Number).sort((one, other) => one - other);
}

/** What audit answers, from the snapshots that there are, is what a fold of the whole ledger up to there says. */
async function answersAreFresh(position: number): Promise<void> {
  const platform = openEmbedded(folder, undefined, Date.now);
  const replays = new Replays(platform);
  const moment = { position, on: '2025-06-30' };
  const fresh = await replayedInput(platform, DEMO_PLAN, moment);
  const answer = await replays.answer(DEMO_PLAN, moment, (input) => JSON.stringify(completion(input, 'item')));
  expect(answer === JSON.stringify(completion(fresh, 'item'))).toBe(true);
  await replays.close();
  await platform.close();
}

test(
  'audit is killed between each two of its steps, and in the middle of one, while it keeps a snapshot: no half of one is read',
  async () => {
    // A few whole ones first: streams are named in the later ones too, each of which the next death leaves undone.
    expect(await makeSnapshots({ when: 'before', call: 'writeFile', on: '1300.part' })).toBe('SIGKILL');
    for (const step of SNAPSHOT_DEATHS) {
      const before = kept();
      expect([step, await makeSnapshots(step)]).toEqual([step, 'SIGKILL']);
      const named = step.when === 'after' && step.call === 'rename';
      expect(kept()).toEqual(named ? [...before, before.at(-1)! + SPACING] : before);
      if (step.when === 'during') await answersAreFresh(kept().at(-1)! + 7);
    }
    expect(await makeSnapshots()).toBe(0);
    expect(kept()).toEqual(Array.from({ length: Math.floor(head / SPACING) }, (_, at) => (at + 1) * SPACING));
    await answersAreFresh(head);
  },
  TIMEOUT_MS,
);

import Database from 'better-sqlite3';
import { replayedInput } from '@planledger/audit-service/replay';
import { Replays } from '@planledger/audit-service/replays';
import { standingOfEntries } from '@planledger/audit-service/summed';
import { decodeEntry, type Standing } from '@planledger/contracts';
import { type OpenPlatform, openEmbedded } from '@planledger/host';
import { applyStanding, completion, type CompletionInput, createCells, explain } from '@planledger/progress';
import { SERVICES } from '@planledger/standalone-service/services';
import { startTestApp } from '@planledger/testing';
import { join } from 'node:path';
import { PLAN, quantiles, TODAY } from './fixture.js';

/** Child of the benchmark: one measurement on a ledger of many entries, in a process of its own, told to the parent. */

const ON = '2025-10-31';
const PAGE_ENTRIES = 1_000;
const MOMENTS = 60;
/** Past the entries that load the plan: there is nothing to complete before. */
const LOADED_BY = 1_000;
const CHANGES = 400;

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** Reads every row in pages as the ledger does, by better-sqlite3 alone; bytes read. */
function rawScan(folder: string): number {
  const database = new Database(join(folder, `${PLAN}.ledger.sqlite`), { readonly: true });
  const page = database.prepare<[number, number], { position: number; bytes: Uint8Array }>(
    'SELECT position, stream, version, bytes FROM entries WHERE position >= ? ORDER BY position LIMIT ?',
  );
  let bytes = 0;
  for (let from = 1; ; from += PAGE_ENTRIES) {
    const rows = page.all(from, PAGE_ENTRIES);
    for (const row of rows) bytes += row.bytes.length;
    if (rows.length < PAGE_ENTRIES) break;
  }
  database.close();
  return bytes;
}

/** Raw scan, replay, raw scan again: seconds of each side, and the most memory the process ever had. */
async function replay(folder: string, platform: OpenPlatform, head: number) {
  rawScan(folder);
  let started = performance.now();
  rawScan(folder);
  let raw = seconds(started);
  started = performance.now();
  const { standings } = await replayedInput(platform, PLAN, { position: head, on: ON });
  const replayed = seconds(started);
  started = performance.now();
  rawScan(folder);
  raw = (raw + seconds(started)) / 2;
  return { raw, replayed, projects: standings.size, peakMiB: process.resourceUsage().maxRSS / 1_024 };
}

/** Completion at moments spread over the ledger, once its snapshots are made; milliseconds each. */
async function moments(platform: OpenPlatform, head: number) {
  const replays = new Replays(platform);
  const started = performance.now();
  await replays.extend();
  const making = seconds(started);
  const taken: number[] = [];
  for (let index = 0; index < MOMENTS; index += 1) {
    // By a step that shares no factor with the spacing of snapshots: no moment is nearer to one than chance has it.
    const position = LOADED_BY + ((index * 618_033 + 17) % (head - LOADED_BY));
    const [stored] = await platform.ledger.read(PLAN, { from: position, to: position, limit: 1 });
    const on = decodeEntry(stored!.bytes).recordedAt.slice(0, 10);
    const asked = performance.now();
    await replays.answer(PLAN, { position, on }, (input) => completion(input, 'sector'));
    taken.push(performance.now() - asked);
  }
  await replays.close();
  return { making, ...quantiles(taken) };
}

/** What one more standing costs, and completion and explain after it, with so many projects. */
async function cells(platform: OpenPlatform, head: number) {
  const input = await replayedInput(platform, PLAN, { position: head, on: ON });
  const pairs: { readonly before: Standing; readonly after: Standing }[] = [];
  const known: Standing[] = [];
  for (const after of input.standings.values()) {
    if (!after.stream.startsWith('project/')) continue;
    known.push(after);
    if (pairs.length === CHANGES) continue;
    const stored = await platform.ledger.readStream(PLAN, after.stream);
    const before = standingOfEntries(
      PLAN,
      after.stream,
      stored.slice(0, -1).map(({ bytes }) => decodeEntry(bytes)),
    );
    if (before) pairs.push({ before, after });
  }
  const results = [];
  for (const projects of [1_000, 10_000, 100_000]) results.push(measureCells(input, known, pairs, projects));
  return results;
}

function measureCells(
  { plan, through }: CompletionInput,
  known: readonly Standing[],
  pairs: readonly { readonly before: Standing; readonly after: Standing }[],
  projects: number,
) {
  const sums = createCells();
  const standings = new Map<string, Standing>();
  for (let index = 0; index < projects; index += 1) {
    const one = known[index % known.length]!;
    const standing = index < known.length ? one : { ...one, stream: `${one.stream}-${index}` };
    applyStanding(sums, standings, standing);
  }
  const input: CompletionInput = { plan, cells: sums, standings, on: ON, through, parked: [] };
  const nodes = [...JSON.stringify(completion(input, 'item')).matchAll(/"node":"([^"]+)"/g)].map(([, node]) => node!);
  const [applied, completed, explained]: [number[], number[], number[]] = [[], [], []];
  const timed = (taken: number[], act: () => unknown): void => {
    const started = performance.now();
    act();
    taken.push(performance.now() - started);
  };
  for (const warm of [true, false]) {
    const [apply, complete, answer] = warm ? [[], [], []] : [applied, completed, explained];
    for (const [index, { before, after }] of pairs.entries()) {
      timed(apply, () => applyStanding(sums, standings, before));
      timed(complete, () => completion(input, 'sector'));
      timed(apply, () => applyStanding(sums, standings, after));
      timed(answer, () => explain(input, nodes[(index * 7_919) % nodes.length]!, 'verified', { baseline: 'b0' }));
    }
  }
  return { projects, applied: quantiles(applied), completed: quantiles(completed), explained: quantiles(explained) };
}

/** Seconds from the start of the process to the moment when every follower has caught up. */
async function start(folder: string) {
  const prepare = (platform: OpenPlatform): Promise<void> => {
    platform.plans.push(PLAN);
    return Promise.resolve();
  };
  const app = await startTestApp({ services: SERVICES, prepare, clock: () => TODAY, dataDir: folder });
  await app.caughtUp(PLAN);
  const taken = process.uptime();
  await app.close();
  return { taken };
}

async function measure(task: string, folder: string): Promise<unknown> {
  if (task === 'start') return start(folder);
  const platform = openEmbedded(folder, undefined, () => TODAY);
  platform.plans.push(PLAN);
  const head = (await platform.ledger.head(PLAN)).position;
  const result =
    task === 'replay'
      ? await replay(folder, platform, head)
      : task === 'moments'
        ? await moments(platform, head)
        : await cells(platform, head);
  await platform.close();
  return result;
}

const [, , task = '', folder = ''] = process.argv;
const result = await measure(task, folder);
process.send?.(result, () => process.exit(0));

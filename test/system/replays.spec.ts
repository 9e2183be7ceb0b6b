import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pack, unpack } from '@planledger/audit-service/packing';
import { replayedInput } from '@planledger/audit-service/replay';
import { Replays } from '@planledger/audit-service/replays';
import { openSnapshots } from '@planledger/audit-service/snapshots';
import { carry, emptySummed, RecentlyFolded } from '@planledger/audit-service/summed';
import { decodeEntry } from '@planledger/contracts';
import { demoClock, type OpenPlatform, openEmbedded, type Platform } from '@planledger/host';
import { completion, type CompletionInput, evaluation, explain, gaps, indicators } from '@planledger/progress';
import { emptyPlan } from '@planledger/plan';
import { DEMO_PLAN, shipped, writeDemoHistory } from '@planledger/testing';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { plainCells } from '../scenarios/plain-cells.js';

const LIMITS = { spacing: 100, snapshotsFrom: 600 };
const folder = mkdtempSync(join(tmpdir(), 'planledger-replays-'));
const snapshotsFolder = join(folder, 'cache', 'snapshots');
let platform: OpenPlatform;
let head = 0;

beforeAll(async () => {
  const clock = demoClock(() => 0);
  platform = openEmbedded(folder, undefined, () => clock.now());
  platform.plans.push(DEMO_PLAN);
  const size = { projects: 60 };
  expect(await writeDemoHistory(platform, DEMO_PLAN, shipped('kaifeng-145'), clock, size)).toEqual([]);
  head = (await platform.ledger.head(DEMO_PLAN)).position;
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

/** Positions of snapshots on disk. */
function kept(): number[] {
  const [rules = ''] = readdirSync(join(snapshotsFolder, DEMO_PLAN));
  return readdirSync(join(snapshotsFolder, DEMO_PLAN, rules))
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

const fileOf = (name: string): string => {
  const [rules = ''] = readdirSync(join(snapshotsFolder, DEMO_PLAN));
  return join(snapshotsFolder, DEMO_PLAN, rules, name);
};

/** The first address of every kind that completion shows. */
function nodesOf(input: CompletionInput): string[] {
  const shown = JSON.stringify(completion(input, 'sector')).matchAll(/"node":"(([^/"]+)[^"]*)"/g);
  const byKind = new Map<string, string>();
  for (const [, node = '', kind = ''] of shown) if (!byKind.has(kind)) byKind.set(kind, node);
  return [...byKind.values()];
}

/** Asks as the routes do, and holds the answers against those of a fold from the beginning. */
async function answersAreTrue(replays: Replays, positions: readonly number[]): Promise<void> {
  for (const position of positions) {
    const [stored] = await platform.ledger.read(DEMO_PLAN, { from: position, to: position, limit: 1 });
    const moment = { position, on: decodeEntry(stored!.bytes).recordedAt.slice(0, 10) };
    const fresh = await replayedInput(platform, DEMO_PLAN, moment);
    const questions: readonly ((input: CompletionInput) => unknown)[] = [
      (input) => completion(input, 'item'),
      indicators,
      (input) => evaluation(input, 'final', { confidence: 'verified', baseline: 'b0' }),
      ...nodesOf(fresh).map((node) => (input: CompletionInput) => {
        const explanation = explain(input, node, 'verified', { baseline: 'current' });
        if (!explanation) throw new Error(`${node} is not explained`);
        return explanation;
      }),
    ];
    for (const question of questions) {
      const answer = await replays.answer(DEMO_PLAN, moment, question);
      expect(digest(JSON.stringify(answer))).toBe(digest(JSON.stringify(question(fresh))));
    }
  }
}

/** Of texts too long to be shown. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const cellsDigest = (cells: CompletionInput['cells']): string =>
  digest(plainCells({ cells, plan: emptyPlan, standings: new Map(), on: '', through: {}, parked: [] }));

const spread = (count: number): number[] =>
  Array.from({ length: count }, (_, at) => 600 + Math.floor(((head - 600) * (at + 1)) / count));

describe('a past moment', () => {
  test('is answered from the snapshot before it as by a fold from the beginning', async () => {
    const replays = new Replays(platform, LIMITS);
    await replays.extend();
    expect(kept()).toEqual(Array.from({ length: Math.floor(head / 100) }, (_, at) => (at + 1) * 100));
    await answersAreTrue(replays, spread(9));
    await replays.close();
  });

  test('is answered whatever became of the snapshots', async () => {
    truncateSync(fileOf('900'), 100);
    rmSync(fileOf('1000'));
    const replays = new Replays(platform, LIMITS);
    await answersAreTrue(replays, [905, 1005]);
    expect(kept()).not.toContain(900);
    await replays.close();
  });

  test('whose question walks over every project is answered by a fold from the beginning', async () => {
    const replays = new Replays(platform, LIMITS);
    const moment = { position: head - 3, on: '2025-06-30' };
    const fresh = await replayedInput(platform, DEMO_PLAN, moment);
    expect(await replays.answer(DEMO_PLAN, moment, gaps)).toEqual(gaps(fresh));
    await replays.close();
  });

  test('is answered where no snapshot was ever made', async () => {
    const replays = new Replays({ ...platform, cacheFolder: undefined }, LIMITS);
    await answersAreTrue(replays, [head]);
    await replays.close();
  });
});

describe('a ledger too long to be in memory at once', () => {
  test('is read several times, and gives the same standings and cells', async () => {
    const moment = { position: head, on: '2025-06-30' };
    const whole = await replayedInput(platform, DEMO_PLAN, moment);
    const inParts = await replayedInput(platform, DEMO_PLAN, moment, Math.ceil(head / 5));
    expect(cellsDigest(inParts.cells)).toBe(cellsDigest(whole.cells));
    expect(new Map(inParts.standings)).toEqual(new Map([...whole.standings].sort(([a], [b]) => (a < b ? -1 : 1))));
    expect(inParts.through).toEqual(whole.through);
  });
});

describe('snapshots', () => {
  const at = async (position: number) => {
    const summed = emptySummed();
    await carry(platform, DEMO_PLAN, summed, position, () => Promise.resolve());
    return summed;
  };

  test('hold every sum, and sums go on from them', async () => {
    const [whole, early] = [await at(head), await at(700)];
    const names: string[] = [];
    const numberOf = (name: string): number => {
      if (!names.includes(name)) names.push(name);
      return names.indexOf(name);
    };
    const later = { ...early, cells: unpack(pack(early.cells, numberOf), names) };
    // However few of the streams that were folded are remembered.
    await carry(platform, DEMO_PLAN, later, head, () => Promise.resolve(), new RecentlyFolded(2));
    expect(cellsDigest(later.cells)).toBe(cellsDigest(whole.cells));
    expect(later.plan).toEqual(whole.plan);
    expect(later.through).toEqual(whole.through);
  });

  test('go on where another process ended, even in the middle of a name', async () => {
    appendFileSync(fileOf('streams'), 'project/cut-of');
    const snapshots = openSnapshots(snapshotsFolder, platform);
    const summed = await at(head);
    await snapshots.save(DEMO_PLAN, { ...summed, position: head });
    const again = await openSnapshots(snapshotsFolder, platform).load(DEMO_PLAN, head);
    expect(again?.plan).toEqual(summed.plan);
    expect(cellsDigest(again!.cells)).toBe(cellsDigest(summed.cells));
  });

  test('of another ledger are none', async () => {
    const other: Platform = {
      ...platform,
      ledger: { ...platform.ledger, read: () => Promise.resolve([]) },
    };
    expect(await openSnapshots(snapshotsFolder, other).load(DEMO_PLAN, 800)).toBeUndefined();
    expect(kept()).not.toContain(800);
  });

  test('that other rules made are not read, and are removed when new ones are made', async () => {
    const snapshots = openSnapshots(snapshotsFolder, platform, 'other-rules');
    expect(snapshots.nearest(DEMO_PLAN, head)).toBeUndefined();
    await snapshots.save(DEMO_PLAN, await at(700));
    expect(readdirSync(join(snapshotsFolder, DEMO_PLAN))).toEqual(['other-rules']);
    expect(snapshots.nearest(DEMO_PLAN, head)).toBe(700);
  });
});

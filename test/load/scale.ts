import { demoClock, openEmbedded } from '@planledger/host';
import { shipped } from '@planledger/testing';
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLAN, type quantiles } from './fixture.js';
import { writeHistory } from './history.js';

type Quantiles = ReturnType<typeof quantiles>;

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/**
 * A ledger of so many entries, and everything that the issue asks of a large one; a line for each figure. `kept`: a
 * folder in which the ledger is looked for, and left, because a million entries take minutes to write.
 */
export async function measureScale(entries: number, kept: string | undefined): Promise<string[]> {
  const root = kept ?? mkdtempSync(join(tmpdir(), 'planledger-bench-'));
  const folder = join(root, `history-${entries}`);
  try {
    const written = await ensureHistory(folder, entries);
    const lines = [`a ledger of ${written.toLocaleString('en')} entries:`];
    const start = await inChild<{ taken: number }>('start', folder);
    lines.push(`start-up until every follower has caught up: ${start.taken.toFixed(1)} s (asked: 5 s at 100,000)`);
    const replay = await inChild<{ raw: number; replayed: number; projects: number; peakMiB: number }>(
      'replay',
      folder,
    );
    lines.push(
      `full replay / raw scan of the same rows: ${(replay.raw / replay.replayed).toFixed(2)} (asked: 0.35), ${replay.replayed.toFixed(1)} s of ${replay.raw.toFixed(1)} s, ${replay.projects.toLocaleString('en')} standings, peak ${Math.round(replay.peakMiB)} MiB (asked: 700 at 1,000,000)`,
    );
    const moments = await inChild<Quantiles & { making: number }>('moments', folder);
    lines.push(
      `replay/completion at any position, snapshots made in ${Math.round(moments.making)} s: p50 ${ms(moments.p50)}, worst ${ms(moments.worst)} (asked: 1 s)`,
    );
    const sizes = await inChild<
      readonly { projects: number; applied: Quantiles; completed: Quantiles; explained: Quantiles }[]
    >('cells', folder);
    for (const { projects, applied, completed, explained } of sizes) {
      lines.push(
        `${projects.toLocaleString('en')} projects: a standing into the cells p50 ${ms(applied.p50)}, completion p50 ${ms(completed.p50)} p99 ${ms(completed.p99)} (asked: 5 at 100,000), explain p50 ${ms(explained.p50)} p99 ${ms(explained.p99)} (asked: 20)`,
      );
    }
    return lines;
  } finally {
    if (kept === undefined) rmSync(root, { recursive: true, force: true });
  }
}

/** Writes the ledger into the folder unless it is there; how many entries it has. */
export async function ensureHistory(folder: string, entries: number): Promise<number> {
  const finished = existsSync(folder);
  const clock = demoClock(() => 0);
  mkdirSync(folder, { recursive: true });
  const platform = openEmbedded(folder, undefined, () => clock.now());
  try {
    if (finished) return (await platform.ledger.head(PLAN)).position;
    return await writeHistory(platform, clock, shipped('kaifeng-145'), entries);
  } finally {
    await platform.close();
  }
}

function inChild<Result>(task: 'start' | 'replay' | 'moments' | 'cells', folder: string): Promise<Result> {
  const child = fork(fileURLToPath(new URL('./scale-child.js', import.meta.url)), [task, folder], {
    stdio: 'inherit',
    serialization: 'advanced',
  });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`the measurement of ${task} ended with ${String(code)}`)));
  });
}

import { type DemoClock, demoClock, openedAt, type OpenPlatform, openEmbedded, openWriteSide } from '@planledger/host';
import type { LoadedPlan } from '@planledger/plan';
import {
  DEMO_FIRST_DAY,
  demoHistory,
  type DemoStep,
  ENTRIES_PER_PROJECT,
  loadInto,
  shipped,
  writeSteps,
} from '@planledger/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLAN } from './fixture.js';

const REPORT_EVERY_ENTRIES = 100_000;

/**
 * Writes a history of so many entries, the plan's own included, into an empty ledger of PLAN through the real deciders:
 * the demo's history of a larger town, to the last day or until that many stand. The platform MUST run on the clock.
 * Throws where a step is refused; says how many entries stand.
 */
export async function writeHistory(
  platform: OpenPlatform,
  clock: DemoClock,
  plan: LoadedPlan,
  entries: number,
): Promise<number> {
  clock.set(openedAt(DEMO_FIRST_DAY));
  const problems = await loadInto(platform, PLAN, plan, true);
  const side = await openWriteSide(platform, PLAN);
  try {
    const { position } = side.appender.head();
    const steps = firstOf(
      demoHistory(plan, { projects: Math.ceil(entries / ENTRIES_PER_PROJECT) }),
      entries - position,
    );
    if (problems.length === 0) problems.push(...(await writeSteps(side, PLAN, steps, clock)));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return side.appender.head().position;
  } finally {
    await side.stop();
  }
}

function* firstOf(steps: Iterable<DemoStep>, count: number): Generator<DemoStep> {
  const started = performance.now();
  let taken = 0;
  for (const step of steps) {
    if (taken === count) return;
    yield step;
    taken += 1;
    if (taken % REPORT_EVERY_ENTRIES > 0) continue;
    const perSecond = Math.round(taken / ((performance.now() - started) / 1_000));
    console.log(`${taken.toLocaleString('en')} steps, ${perSecond.toLocaleString('en')}/s, ${step.day}`);
  }
}

/** node test/dist/load/history.js [entries]: writes a history into a folder that is removed, and says how fast. */
async function main(entries: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-history-'));
  const clock = demoClock(() => 0);
  const platform = openEmbedded(folder, undefined, () => clock.now());
  try {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const written = await writeHistory(platform, clock, shipped('kaifeng-145'), entries);
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const perSecond = Math.round(written / seconds).toLocaleString('en');
    const busy = ((user + system) / 1e6).toFixed(1);
    const memory = Math.round(process.resourceUsage().maxRSS / 1_024);
    console.log(
      `${written.toLocaleString('en')} entries in ${seconds.toFixed(1)} s: ${perSecond}/s (${busy} s of processor, ${memory} MB)`,
    );
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(Number(process.argv[2] ?? 100_000));

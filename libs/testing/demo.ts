import { openWriteSide, type Platform } from '@planledger/host';
import type { LoadedPlan } from '@planledger/plan';
import { DEMO_FIRST_DAY, DEMO_LAST_DAY, demoHistory, type HistorySize } from './demo-history.js';
import { writeSteps } from './demo-writer.js';

/** The demo plan's clock: stands at the last day of its history, and moves on with real time inside that day only. */
export interface DemoClock {
  now(): number;
  /** Sets the simulated instant, in milliseconds since 1970 UTC. */
  set(epochMs: number): void;
}

const shanghai = (date: string, time: string): number => Date.parse(`${date}T${time}+08:00`);

export function demoClock(realNow: () => number = () => Date.now()): DemoClock {
  const endOfDay = shanghai(DEMO_LAST_DAY, '23:59:59.999');
  let [simulated, since] = [shanghai(DEMO_LAST_DAY, '09:00:00.000'), realNow()];
  return {
    now: () => Math.min(endOfDay, simulated + (realNow() - since)),
    set: (epochMs) => {
      [simulated, since] = [epochMs, realNow()];
    },
  };
}

type EnsurePlan = (platform: Platform, id: string, plan: LoadedPlan, demo: boolean) => Promise<string[]>;

/**
 * Loads the demo plan and writes its simulated history through the real deciders, unless it stands already; a history
 * that broke off is continued, because its command ids are the same every time. Says what went wrong.
 */
export async function writeDemoHistory(
  platform: Platform,
  id: string,
  plan: LoadedPlan,
  clock: DemoClock,
  ensurePlan: EnsurePlan,
  size: HistorySize = {},
): Promise<string[]> {
  clock.set(shanghai(DEMO_FIRST_DAY, '09:00:00.000'));
  const problems = await ensurePlan(platform, id, plan, true);
  let last = '';
  for (const { commandId } of demoHistory(plan, size)) last = commandId;
  const written = last === '' || (await platform.ledger.findCommand(id, last)) !== undefined;
  if (problems.length === 0 && !written) {
    const side = await openWriteSide(platform, id);
    try {
      const turnTo = (day: string): void => clock.set(shanghai(day, '10:00:00.000'));
      problems.push(...(await writeSteps(side, id, demoHistory(plan, size), turnTo, () => clock.now())));
    } finally {
      await side.stop();
    }
  }
  clock.set(shanghai(DEMO_LAST_DAY, '09:00:00.000'));
  return problems;
}

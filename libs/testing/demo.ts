import type { Platform } from '@planledger/host';
import type { LoadedPlan } from '@planledger/plan';

/** The demo plan's clock: stands at the last day of its history, and moves on with real time inside that day only. */
export interface DemoClock {
  now(): number;
  /** Sets the simulated instant, in milliseconds since 1970 UTC. */
  set(epochMs: number): void;
}

/** The day the demo plan was loaded, its goLive, and the last day of its history: its today. */
export const DEMO_FIRST_DAY = '2022-04-06';
export const DEMO_LAST_DAY = '2025-10-31';

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

/** Loads the demo plan and writes its simulated history, unless it stands already; says what went wrong. */
export async function writeDemoHistory(
  platform: Platform,
  id: string,
  plan: LoadedPlan,
  clock: DemoClock,
  ensurePlan: EnsurePlan,
): Promise<string[]> {
  clock.set(shanghai(DEMO_FIRST_DAY, '09:00:00.000'));
  const problems = await ensurePlan(platform, id, plan, true);
  clock.set(shanghai(DEMO_LAST_DAY, '09:00:00.000'));
  return problems;
}

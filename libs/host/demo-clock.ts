/** The last day of the demo plan's history: its today. */
export const DEMO_LAST_DAY = '2025-10-31';

/** The demo plan's clock: stands at the last day of its history, and moves on with real time inside that day only. */
export interface DemoClock {
  now(): number;
  /** Sets the simulated instant, in milliseconds since 1970 UTC. */
  set(epochMs: number): void;
}

const shanghai = (date: string, time: string): number => Date.parse(`${date}T${time}+08:00`);

/** The hour at which offices open, and the later one at which the day's steps are sent. */
export const openedAt = (day: string): number => shanghai(day, '09:00:00.000');
export const sentAt = (day: string): number => shanghai(day, '10:00:00.000');

export function demoClock(realNow: () => number = () => Date.now()): DemoClock {
  const endOfDay = shanghai(DEMO_LAST_DAY, '23:59:59.999');
  let [simulated, since] = [openedAt(DEMO_LAST_DAY), realNow()];
  return {
    now: () => Math.min(endOfDay, simulated + (realNow() - since)),
    set: (epochMs) => {
      [simulated, since] = [epochMs, realNow()];
    },
  };
}

/** The clocks of a process: a demo plan lives on the day its history ends with, every other plan today. */
export const clockOf =
  (demo: DemoClock) =>
  (plan: string): number =>
    isDemo(plan) ? demo.now() : Date.now();
export const isDemo = (plan: string): boolean => plan.endsWith('-demo');

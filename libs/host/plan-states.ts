import { decodeEntry } from '@planledger/contracts';
import { type Feed, type Following, PLAN_TOPIC } from '@planledger/feed';
import { shanghaiDate } from '@planledger/kernel';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { createWaiting } from '@planledger/views';
import { ProblemError } from './problem.js';

/**
 * The plans as this process knows them: `planledger.plan` followed into PlanState, kept in memory and folded from the
 * feed's beginning. Views join it when asked; no order between topics is needed.
 */
export interface PlanStates {
  follow(feed: Feed, group: string): Promise<void>;
  /** The loaded plan; a 404 problem where there is none (yet). */
  get(plan: string): PlanState;
  position(plan: string): number;
  /** Plan entries published and not yet folded. */
  lag(): number;
  /** Seconds that the oldest of them has been on the feed. */
  lagSeconds(): number;
  /** True once this version of a plan, period or case stream is folded in; false where it is not within `timeoutMs`. */
  waitFor(plan: string, stream: string, version: number, timeoutMs: number): Promise<boolean>;
  /** Told of every change of a plan; returns how to stop being told. */
  onChange(listener: (plan: string) => void): () => void;
  stop(): Promise<void>;
}

export function createPlanStates(): PlanStates {
  const plans = new Map<string, PlanState>();
  const listeners = new Set<(plan: string) => void>();
  /** By plan and stream. */
  const versions = new Map<string, number>();
  const waiting = createWaiting();
  let following: Following | undefined;
  return {
    async follow(feed, group) {
      following = await feed.follow(PLAN_TOPIC, group, (batch) => {
        const changed = new Set<string>();
        for (const { value } of batch) {
          const entry = decodeEntry(value);
          plans.set(entry.plan, foldPlan(plans.get(entry.plan) ?? emptyPlan, entry));
          changed.add(entry.plan);
          const key = `${entry.plan}/${entry.stream}`;
          versions.set(key, entry.version);
          waiting.reached(key, entry.version);
        }
        for (const plan of changed) for (const listener of listeners) listener(plan);
        return Promise.resolve();
      });
    },
    get(plan) {
      const state = plans.get(plan);
      if (!state?.loaded) throw new ProblemError('NOT_FOUND');
      return state;
    },
    lag: () => following?.lag() ?? 0,
    lagSeconds: () => following?.lagSeconds() ?? 0,
    position: (plan) => plans.get(plan)?.position ?? 0,
    waitFor(plan, stream, version, timeoutMs) {
      const key = `${plan}/${stream}`;
      const waiter = waiting.until(key, version, timeoutMs);
      if ((versions.get(key) ?? 0) >= version) waiter.settle(true);
      return waiter.answer;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      waiting.end();
      await following?.stop();
    },
  };
}

/** Today in the plan's clock. */
export const todayOf = (clock: (plan: string) => number, plan: string): string => shanghaiDate(clock(plan));

import { type Feed, type Following, PLAN_TOPIC } from '@planledger/feed';
import { shanghaiDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { createWaiting, namesStream, type ParkedKey, planOf, streamOf } from '@planledger/views';
import { createPlanFold, type PlanFold } from './plan-fold.js';
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
  /** Streams of the plan that stopped at an entry which could not be read or folded: it is as it was before that. */
  parked(plan: string): readonly ParkedKey[];
  /** True once this version of a plan, period or case stream is folded in; false where it is not within `timeoutMs`. */
  waitFor(plan: string, stream: string, version: number, timeoutMs: number): Promise<boolean>;
  /** Told of every change of a plan; returns how to stop being told. */
  onChange(listener: (plan: string) => void): () => void;
  stop(): Promise<void>;
}

export function createPlanStates(): PlanStates {
  const plans = new Map<string, PlanFold>();
  const listeners = new Set<(plan: string) => void>();
  const waiting = createWaiting();
  let following: Following | undefined;

  function foldOf(plan: string): PlanFold {
    const known = plans.get(plan) ?? createPlanFold();
    plans.set(plan, known);
    return known;
  }

  return {
    async follow(feed, group) {
      following = await feed.follow(PLAN_TOPIC, group, (batch) => {
        const changed = new Set<string>();
        for (const record of batch) {
          if (!namesStream(record)) continue;
          const { key } = record;
          const plan = planOf(key);
          const fold = foldOf(plan);
          const before = fold.parked();
          if (!fold.take(record)) continue;
          changed.add(plan);
          const parked = fold.parked();
          // What waited for a healed stream came with it.
          for (const each of [key, ...before.map((pointer) => pointer.key)])
            waiting.reached(each, fold.version(streamOf(each)));
          for (const each of parked) waiting.unreachable(each.key);
        }
        for (const plan of changed) for (const listener of listeners) listener(plan);
        return Promise.resolve();
      });
    },
    get(plan) {
      const state = plans.get(plan)?.state();
      if (!state?.loaded) throw new ProblemError('NOT_FOUND');
      return state;
    },
    lag: () => following?.lag() ?? 0,
    lagSeconds: () => following?.lagSeconds() ?? 0,
    position: (plan) => plans.get(plan)?.state().position ?? 0,
    parked: (plan) => plans.get(plan)?.parked() ?? [],
    waitFor(plan, stream, version, timeoutMs) {
      const key = `${plan}/${stream}`;
      const waiter = waiting.until(key, version, timeoutMs);
      const fold = plans.get(plan);
      if ((fold?.version(stream) ?? 0) >= version) waiter.settle(true);
      else if (fold?.parked().some((pointer) => pointer.key === key)) waiter.settle(false);
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

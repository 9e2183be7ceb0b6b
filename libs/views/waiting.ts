import { type Timer, wallTimer } from '@planledger/feed';

/** Those who wait until a number (a stream's version, a plan's position) is reached; told, never asking again. */
export interface Waiting {
  /** Call `settle` when it turns out that there is nothing to wait for. */
  until(name: string, number: number, timeoutMs?: number): Waiter;
  /** Tells all who wait for this number of `name`, or a smaller one. */
  reached(name: string, number: number): void;
  /** Sends away all who still wait for `name`: what they wait for will not be reached. */
  unreachable(name: string): void;
  /** Sends everybody away. */
  end(): void;
}

export interface Waiter {
  /** False: not reached in time, not reachable, or no room to wait. */
  readonly answer: Promise<boolean>;
  settle(reached: boolean): void;
}

/** Most who wait at once; one more is sent away. */
export const WAITERS_MAX = 10_000;

export function createWaiting(timer: Timer = wallTimer): Waiting {
  const waiters = new Map<string, Set<Held>>();
  let count = 0;

  function settleAll(name: string, reached: boolean, concerns: (number: number) => boolean): void {
    for (const waiter of [...(waiters.get(name) ?? [])]) if (concerns(waiter.number)) waiter.settle(reached);
  }

  return {
    until(name, number, timeoutMs) {
      if (count >= WAITERS_MAX) return { answer: Promise.resolve(false), settle: () => {} };
      count += 1;
      const named = waiters.get(name) ?? new Set();
      waiters.set(name, named);
      let resolve: (reached: boolean) => void = () => {};
      const answer = new Promise<boolean>((resolved) => {
        resolve = resolved;
      });
      let cancel: (() => void) | undefined;
      const waiter: Held = {
        number,
        settle(reached) {
          if (!named.delete(waiter)) return;
          count -= 1;
          if (named.size === 0) waiters.delete(name);
          cancel?.();
          resolve(reached);
        },
      };
      named.add(waiter);
      if (timeoutMs !== undefined) cancel = timer(() => waiter.settle(false), timeoutMs);
      return { answer, settle: waiter.settle };
    },
    reached: (name, reached) => settleAll(name, true, (number) => number <= reached),
    unreachable: (name) => settleAll(name, false, () => true),
    end() {
      for (const name of [...waiters.keys()]) settleAll(name, false, () => true);
    },
  };
}

interface Held {
  readonly number: number;
  settle(reached: boolean): void;
}

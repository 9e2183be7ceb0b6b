/**
 * Calls `callback` once, `ms` milliseconds later and never before it returned; calling what it returned prevents that.
 * Tests inject their own.
 */
export type Timer = (callback: () => void, ms: number) => () => void;

export const wallTimer: Timer = (callback, ms) => {
  const handle = setTimeout(callback, ms);
  return () => clearTimeout(handle);
};

export const RETRY_PAUSE_FIRST_MS = 20;
export const RETRY_PAUSE_MAX_MS = 5_000;

/** How long to wait after the n-th failure in a row (n from 1): doubling, up to a bound, for ever. */
export const retryPauseMs = (failures: number): number =>
  Math.min(RETRY_PAUSE_FIRST_MS * 2 ** (failures - 1), RETRY_PAUSE_MAX_MS);

/** What failed and will be tried again. Nothing is lost by it, but somebody must see it. */
export interface Trouble {
  /** Who is in trouble, e.g. `relay kaifeng-145`. */
  readonly who: string;
  readonly error: unknown;
  /** Failures in a row, this one included. */
  readonly failures: number;
}
export type OnTrouble = (trouble: Trouble) => void;

/** Where nobody listens, the process warns: an error that is retried for ever in silence would never be found. */
export const warnOfTrouble: OnTrouble = ({ who, error, failures }) =>
  process.emitWarning(`${who}: failure ${failures}: ${error instanceof Error ? error.message : String(error)}`);

/** A pause that ends after its time or when woken, whichever is first. At most one at a time. */
export interface Pause {
  for(ms: number): Promise<void>;
  wake(): void;
}

export function createPause(timer: Timer): Pause {
  let end: (() => void) | undefined;
  return {
    for: (ms) =>
      new Promise((resolve) => {
        const cancel = timer(() => end?.(), ms);
        end = () => {
          end = undefined;
          cancel();
          resolve();
        };
      }),
    wake: () => end?.(),
  };
}

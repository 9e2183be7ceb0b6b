import type { Feed, FeedRecord, Following } from '../port.js';
import type { Timer } from '../retry.js';

/** What the specs of feeds and followers are written with. First, records of plain text. */
export const textRecord = (key: string, text: string): FeedRecord => ({
  key,
  value: new TextEncoder().encode(text),
  headers: { ce_id: `id of ${text}` },
});

export const textRecords = (key: string, from: number, to: number): FeedRecord[] =>
  Array.from({ length: to - from + 1 }, (_, index) => textRecord(key, `${key}:${from + index}`));

export const textOf = (record: FeedRecord): string => new TextDecoder().decode(record.value);

export interface Listener {
  readonly following: Following;
  /** Every call of the handler, whether it rejected or not. */
  readonly batches: (readonly FeedRecord[])[];
  /** Texts of the batches that were handled, in order. */
  readonly handled: string[];
  /** Texts of one key among them. */
  handledOf(key: string): string[];
  /** Resolves when as many records were handled. */
  until(count: number): Promise<void>;
}

/** Follows with a handler that first does `meanwhile`, whose rejection is the handler's. */
export async function listen(
  feed: Feed,
  topic: string,
  group: string,
  meanwhile: (batch: readonly FeedRecord[]) => Promise<void> = async () => {},
): Promise<Listener> {
  const batches: (readonly FeedRecord[])[] = [];
  const keys: string[] = [];
  const handled: string[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const following = await feed.follow(topic, group, async (batch) => {
    batches.push(batch);
    await meanwhile(batch);
    for (const record of batch) {
      keys.push(record.key);
      handled.push(textOf(record));
    }
    for (const { count, resolve } of waiting) if (handled.length >= count) resolve();
    waiting = waiting.filter(({ count }) => handled.length < count);
  });
  return {
    following,
    batches,
    handled,
    handledOf: (key) => handled.filter((_, index) => keys[index] === key),
    until: (count) =>
      new Promise((resolve) => {
        if (handled.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/** Closed at first: `pass` resolves once it was opened. */
export function createGate(): { readonly pass: () => Promise<void>; readonly open: () => void } {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { pass: () => opened, open };
}

/** A timer that takes no time, noting what it was asked for. */
export const noTime =
  (asked: number[] = []): Timer =>
  (callback, ms) => {
    asked.push(ms);
    const handle = setImmediate(callback);
    return () => clearImmediate(handle);
  };

/** A timer that fires when told to; `asked` holds what is waiting, in milliseconds. */
export function createHandTimer(): { readonly timer: Timer; asked(): number[]; fire(): void } {
  const waiting = new Map<object, { callback: () => void; ms: number }>();
  return {
    timer(callback, ms) {
      const id = {};
      waiting.set(id, { callback, ms });
      return () => waiting.delete(id);
    },
    asked: () => [...waiting.values()].map(({ ms }) => ms),
    fire() {
      for (const [id, { callback }] of [...waiting]) {
        waiting.delete(id);
        callback();
      }
    },
  };
}

/** For what a feed settles soon after a handler resolved, such as its lag; the test's own time limit ends it. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

import { createHandTimer } from '@planledger/feed/conformance/listener';
import { createFollower, type FollowerOptions } from '../follower.js';
import { createMemoryViews } from '../memory.js';
import type { ViewStore } from '../port.js';
import { createDrivenFeed, createToyLedger, decodeToy, toyFold, toyHistory } from './toy.js';
import type { ToyDoc, ToyEntry, ToyOp } from './toy.js';

export const add = (n: number): ToyOp => ({ kind: 'add', n });
export const correct = (version: number, n: number): ToyOp => ({ kind: 'correct', version, n });
export const poison: ToyOp = { kind: 'poison' };

/** A follower of a driven feed on memory views, with everything it did noted in order. */
export async function follow(
  steps: readonly (readonly [string, ToyOp])[],
  more: Partial<FollowerOptions<ToyDoc, ToyEntry>> = {},
) {
  const entries = toyHistory(steps);
  const ledger = createToyLedger(entries);
  const feed = createDrivenFeed();
  const clock = createHandTimer();
  const log: string[] = [];
  const down = { publish: false, save: false };
  const memory = createMemoryViews<ToyDoc>();
  const noting: ViewStore<ToyDoc> = {
    ...memory,
    async save(docs) {
      if (down.save) throw new Error('the store is down');
      log.push(`save ${docs.map(({ key, version }) => `${key}@${version}`).join(' ')}`);
      await memory.save(docs);
    },
    async park(pointer) {
      log.push(`park ${pointer.key}@${pointer.version}`);
      await memory.park(pointer);
    },
  };
  const options: FollowerOptions<ToyDoc, ToyEntry> = {
    feed,
    topic: 't',
    group: 'g',
    decode: decodeToy,
    locate: (entry) => entry,
    fold: toyFold(),
    store: noting,
    history: ledger.history,
    async publish(docs) {
      if (down.publish) throw new Error('the feed is down');
      log.push(`publish ${docs.map(({ key, version }) => `${key}@${version}`).join(' ')}`);
    },
    timer: clock.timer,
    ...more,
  };
  const { store } = options;
  const follower = createFollower(options);
  await follower.start();
  const counted = async (stream: string): Promise<readonly string[] | undefined> => {
    const key = `p/${stream}`;
    return (await store.load([key])).get(key)?.doc.counted;
  };
  /** Delivers the entries at these positions as one batch. */
  const deliver = (...positions: number[]): Promise<void> =>
    feed.deliver(positions.map((position) => entries[position - 1]).filter((entry) => entry !== undefined));
  return { entries, ledger, feed, clock, log, down, store, options, follower, counted, deliver };
}

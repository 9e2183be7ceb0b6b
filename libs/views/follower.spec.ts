import { describe, expect, test } from '@jest/globals';
import { createInProcessFeed } from '@planledger/feed/in-process';
import { eventually, noTime } from '@planledger/feed/conformance/listener';
import { createFollower } from './follower.js';
import { createMemoryViews } from './memory.js';
import { FOLD_ATTEMPTS_MAX } from './stream-fold.js';
import { createDrivenFeed, createToyLedger, decodeToy, toyFold, toyHistory, toyRecord } from './conformance/toy.js';
import type { ToyDoc, ToyEntry } from './conformance/toy.js';
import { add, correct, follow } from './conformance/toy-bench.js';

describe('a follower', () => {
  test('keeps a document per stream with the version it has seen', async () => {
    const { deliver, store } = await follow([
      ['project/a', add(1)],
      ['project/b', add(2)],
      ['project/a', add(3)],
    ]);
    await deliver(1, 2, 3);
    expect(await store.list('p', { limit: 10 })).toEqual([
      { key: 'p/project/a', version: 2, doc: { counted: ['1: 1', '2: 3'] } },
      { key: 'p/project/b', version: 1, doc: { counted: ['1: 2'] } },
    ]);
  });

  test('publishes the newest version of each key of a batch first, and saves it second', async () => {
    const { deliver, log } = await follow([
      ['project/a', add(1)],
      ['project/b', add(2)],
      ['project/a', add(3)],
    ]);
    await deliver(1, 2, 3);
    expect(log).toEqual(['publish p/project/a@2 p/project/b@1', 'save p/project/a@2 p/project/b@1']);
  });

  test('neither publishes nor saves what it has seen before', async () => {
    const { deliver, log } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
    ]);
    await deliver(1, 2);
    log.length = 0;
    await deliver(1);
    await deliver(1, 2);
    expect(log).toEqual([]);
  });

  test('that could not publish has saved nothing, and does both when the batch comes again', async () => {
    const { deliver, log, down, follower } = await follow([['project/a', add(1)]]);
    down.publish = true;
    await expect(deliver(1)).rejects.toThrow('the feed is down');
    expect(log).toEqual([]);
    expect(follower.trouble()).toBe('the feed is down');
    expect(follower.through('p')).toBe(0);
    down.publish = false;
    await deliver(1);
    expect(log).toEqual(['publish p/project/a@1', 'save p/project/a@1']);
    expect(follower.trouble()).toBeUndefined();
    expect(follower.handled()).toBe(1);
  });

  test('that could not save publishes again: a saved version means a published one', async () => {
    const { deliver, log, down } = await follow([['project/a', add(1)]]);
    down.save = true;
    await expect(deliver(1)).rejects.toThrow('the store is down');
    down.save = false;
    await deliver(1);
    expect(log).toEqual(['publish p/project/a@1', 'publish p/project/a@1', 'save p/project/a@1']);
  });

  test('works without anything to publish to', async () => {
    const memory = createMemoryViews<ToyDoc>();
    const { deliver, entries, ledger } = await follow([['project/a', add(1)]]);
    const feed = createDrivenFeed();
    const fold = toyFold();
    const locate = (entry: ToyEntry): ToyEntry => entry;
    const silent = createFollower<ToyDoc, ToyEntry>({
      ...{ feed, topic: 't', group: 'silent', decode: decodeToy, locate, fold, store: memory, history: ledger.history },
    });
    await silent.start();
    await Promise.all([deliver(1), feed.deliver(entries)]);
    expect(await memory.list('p', { limit: 10 })).toHaveLength(1);
  });

  test('heals a gap from the history, beginning at the first version it misses', async () => {
    const { deliver, ledger, counted } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
      ['project/a', add(3)],
      ['project/a', add(4)],
    ]);
    await deliver(1);
    await deliver(4);
    expect(ledger.asked).toEqual(['project/a from 2']);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2', '3: 3', '4: 4']);
  });

  test('folds a stream anew when an entry corrects an earlier one, and goes on after it', async () => {
    const { deliver, ledger, counted, log } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
      ['project/a', correct(1, 7)],
      ['project/a', add(4)],
    ]);
    await deliver(1, 2);
    await deliver(3, 4);
    expect(ledger.asked).toEqual(['project/a from 1']);
    expect(await counted('project/a')).toEqual(['1: 7 corrected', '2: 2', '4: 4']);
    expect(log.at(-1)).toBe('save p/project/a@4');
  });

  test('closes a gap that hides a correction', async () => {
    const { deliver, ledger, counted } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
      ['project/a', correct(1, 7)],
      ['project/a', add(4)],
    ]);
    await deliver(1);
    await deliver(4);
    expect(ledger.asked).toEqual(['project/a from 2', 'project/a from 1']);
    expect(await counted('project/a')).toEqual(['1: 7 corrected', '2: 2', '4: 4']);
  });

  test('takes an unreachable history for no fault of the stream: the batch fails and nothing is parked', async () => {
    const { deliver, ledger, follower, counted, log } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
      ['project/b', add(3)],
    ]);
    ledger.down = true;
    for (let n = 0; n < FOLD_ATTEMPTS_MAX + 1; n++) await expect(deliver(2, 3)).rejects.toThrow('unreachable');
    expect(await follower.parked()).toEqual([]);
    expect(log).toEqual([]);
    ledger.down = false;
    await deliver(2, 3);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2']);
    expect(await counted('project/b')).toEqual(['1: 3']);
  });

  test('does not go by a history that ends before the batch', async () => {
    const { deliver, ledger, counted } = await follow([
      ['project/a', add(1)],
      ['project/a', add(2)],
      ['project/a', add(3)],
    ]);
    ledger.head = 2;
    await expect(deliver(3)).rejects.toThrow('ends at version 2');
    await expect(deliver(2, 3)).rejects.toThrow('ends at version 2');
    expect(await counted('project/a')).toBeUndefined();
    ledger.head = 3;
    await deliver(3);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2', '3: 3']);
  });

  test('does not go by a history of something else', async () => {
    const other = toyHistory([['project/b', add(9)]]);
    const { deliver, follower } = await follow(
      [
        ['project/a', add(1)],
        ['project/a', add(2)],
      ],
      { history: (_plan, _stream, from) => createToyLedger([...other, ...other]).history('p', 'project/b', from - 1) },
    );
    await expect(deliver(2)).rejects.toThrow('belongs');
    expect(await follower.parked()).toEqual([]);
  });

  test('follows only what its view is about, and counts the rest as handled', async () => {
    const { deliver, store, follower } = await follow(
      [
        ['project/a', add(1)],
        ['indicator/i', add(2)],
      ],
      { concerns: (key) => key.startsWith('p/project/') },
    );
    await deliver(1, 2);
    expect((await store.list('p', { limit: 10 })).map(({ key }) => key)).toEqual(['p/project/a']);
    expect(await follower.parked()).toEqual([]);
    expect(follower.through('p')).toBe(2);
  });

  test('on the in-process feed gets a failed batch again and catches up', async () => {
    const feed = createInProcessFeed({ timer: noTime(), onTrouble: () => {} });
    const steps = Array.from({ length: 50 }, (_, n) => [`project/${n % 7}`, add(n)] as const);
    const { entries, down, follower, store } = await follow(steps, { feed });
    down.save = true;
    await feed.publish('t', entries.slice(0, 20).map(toyRecord));
    expect(follower.lag()).toBe(20);
    await eventually(() => follower.trouble() === 'the store is down');
    down.save = false;
    await feed.publish('t', entries.slice(20).map(toyRecord));
    expect(await follower.caughtUp('p', 50)).toBe(true);
    await eventually(() => follower.lag() === 0);
    expect(follower.handled()).toBe(50);
    expect((await store.list('p', { limit: 10 })).map(({ version }) => version)).toEqual([8, 7, 7, 7, 7, 7, 7]);
    await follower.stop();
    await feed.close();
  });
});

import { describe, expect, jest, test } from '@jest/globals';
import type { FeedRecord } from '@planledger/feed';
import { createGate, eventually } from '@planledger/feed/conformance/listener';
import { createFollower } from './follower.js';
import { createMemoryViews } from './memory.js';
import { FOLD_ATTEMPTS_MAX } from './stream-fold.js';
import { toyFold, toyHistory, toyRecord, type ToyDoc, type ToyEntry } from './conformance/toy.js';
import { add, correct, follow, poison } from './conformance/toy-bench.js';

describe('a stream that cannot be folded', () => {
  const steps = [
    ['project/a', add(1)],
    ['project/a', poison],
    ['project/b', add(3)],
    ['project/a', add(4)],
    ['project/b', add(5)],
  ] as const;

  test('is parked at the entry that failed, after trying it again, with its document at the version before', async () => {
    const tried: string[] = [];
    const { deliver, counted, follower, log } = await follow(steps, { fold: toyFold(() => false, tried) });
    await deliver(1, 2, 3, 4, 5);
    expect(tried.filter((version) => version === 'project/a@2')).toHaveLength(FOLD_ATTEMPTS_MAX);
    expect(await counted('project/a')).toEqual(['1: 1']);
    expect(await follower.parked('p')).toEqual([
      { key: 'p/project/a', version: 2, reason: 'project/a is poisoned at version 2' },
    ]);
    expect(log).toEqual([
      'publish p/project/a@1 p/project/b@2',
      'save p/project/a@1 p/project/b@2',
      'park p/project/a@2',
    ]);
  });

  test('holds up no other, in its batch or after it, and its later entries are not folded', async () => {
    const tried: string[] = [];
    const { deliver, counted, follower } = await follow(steps, { fold: toyFold(() => false, tried) });
    await deliver(1, 2, 3);
    tried.length = 0;
    await deliver(4, 5);
    expect(tried).toEqual(['project/b@2']);
    expect(await counted('project/a')).toEqual(['1: 1']);
    expect(await counted('project/b')).toEqual(['1: 3', '2: 5']);
    expect(follower.through('p')).toBe(5);
    expect(follower.trouble()).toBeUndefined();
  });

  test('that fails once and then works is not parked', async () => {
    let failures = 0;
    const { evolve, ...rest } = toyFold();
    const flaky = (doc: ToyDoc, entry: ToyEntry): ToyDoc | 'refold' => {
      if (entry.version === 2 && ++failures < FOLD_ATTEMPTS_MAX) throw new Error('not quite');
      return evolve(doc, entry);
    };
    const { deliver, counted, follower } = await follow(
      [
        ['project/a', add(1)],
        ['project/a', add(2)],
      ],
      { fold: { ...rest, evolve: flaky } },
    );
    await deliver(1, 2);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2']);
    expect(await follower.parked()).toEqual([]);
  });

  test('because its bytes cannot be decoded is parked at the version in its headers', async () => {
    const { feed, entries, deliver, follower, counted } = await follow(steps.slice(0, 1));
    await deliver(1);
    const torn: FeedRecord = {
      key: 'p/project/a',
      value: Uint8Array.of(1, 2, 3),
      headers: { ce_version: '2', ce_position: '2' },
    };
    await feed.deliverRecords([torn, toyRecord({ ...entries[0], stream: 'project/c', position: 3 } as ToyEntry)]);
    expect(await follower.parked()).toMatchObject([{ key: 'p/project/a', version: 2 }]);
    expect((await follower.parked())[0]?.reason).toContain('JSON');
    expect(await counted('project/c')).toEqual(['1: 1']);
    expect(follower.through('p')).toBe(3);
  });

  const placeless: readonly (readonly [string, Partial<FeedRecord>])[] = [
    ['no headers', { headers: {} }],
    ['headers that are no numbers', { headers: { ce_version: 'two', ce_position: '' } }],
    ['a version alone', { headers: { ce_version: '2' } }],
    [
      "another entry's value",
      { value: toyRecord({ ...toyHistory(steps.slice(0, 1))[0], stream: 'x' } as ToyEntry).value },
    ],
  ];
  test.each(placeless)('that has %s is parked all the same, and the follower goes on', async (_what, parts) => {
    const { feed, entries, deliver, follower, counted } = await follow(steps.slice(0, 3));
    await deliver(1);
    const torn: FeedRecord = { key: 'p/project/a', value: Uint8Array.of(1, 2, 3), headers: {}, ...parts };
    const whole = toyRecord(entries[2] as ToyEntry);
    await feed.deliverRecords([torn, whole, toyRecord(entries[1] as ToyEntry)]);
    expect(await follower.parked()).toEqual([{ key: 'p/project/a', version: 0, reason: expect.any(String) }]);
    expect(await counted('project/a')).toEqual(['1: 1']);
    expect(await counted('project/b')).toEqual(['1: 3']);
    expect([follower.through('p'), follower.trouble()]).toEqual([3, undefined]);
  });

  test('for a record without a place flows again after a retry, whether or not it was an entry', async () => {
    const { feed, deliver, follower, counted, store } = await follow([steps[0], ['project/a', add(2)]]);
    await deliver(1);
    const torn: FeedRecord = { key: 'p/project/a', value: Uint8Array.of(1, 2, 3), headers: {} };
    await feed.deliverRecords([torn, { ...torn, key: 'p/project/of-nobody' }]);
    expect(await follower.parked()).toHaveLength(2);
    expect(await follower.retryParked('p/project/a')).toBe(true);
    expect(await follower.retryParked('p/project/of-nobody')).toBe(true);
    expect(await follower.parked()).toEqual([]);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2']);
    expect((await store.list('p', { limit: 10 })).map(({ key }) => key)).toEqual(['p/project/a']);
  });

  test.each(['', 'project'])("whose key is '%s', of no plan, is left out with a warning", async (key) => {
    const { feed, entries, counted, follower } = await follow(steps.slice(0, 1));
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const torn: FeedRecord = { key, value: Uint8Array.of(1, 2, 3), headers: {} };
    await feed.deliverRecords([torn, toyRecord(entries[0] as ToyEntry)]);
    expect(warned.mock.calls.map(([said]) => said)).toEqual([expect.stringContaining(`its key, '${key}', names no`)]);
    warned.mockRestore();
    expect(await counted('project/a')).toEqual(['1: 1']);
    expect(await follower.parked()).toEqual([]);
  });

  test('found in the history while closing a gap is parked there', async () => {
    const { deliver, counted, follower } = await follow(steps);
    await deliver(1);
    await deliver(4);
    expect(await follower.parked()).toMatchObject([{ key: 'p/project/a', version: 2 }]);
    expect(await counted('project/a')).toEqual(['1: 1']);
  });

  test('stays parked over a restart with a fold that could bear it, and flows again once unparked elsewhere', async () => {
    const { deliver, feed, entries, options, store, counted } = await follow(steps);
    await deliver(1, 2);
    const next = createFollower({ ...options, fold: toyFold(() => true) });
    await next.start();
    await feed.deliver(entries.slice(3));
    expect(await counted('project/a')).toEqual(['1: 1']);
    await store.unpark('p/project/a');
    await feed.deliver(entries.slice(3));
    expect(await counted('project/a')).toEqual(['1: 1', '2: borne', '3: 4']);
  });

  test('is folded from its whole history by a retry, published, and flows again', async () => {
    let released = false;
    const { deliver, counted, follower, ledger, log } = await follow([...steps, ['project/a', add(6)]], {
      fold: toyFold(() => released),
    });
    ledger.head = 5;
    await deliver(1, 2, 3, 4, 5);
    log.length = 0;
    expect(await follower.retryParked('p/project/a')).toBe(false);
    expect(log).toEqual(['park p/project/a@2']);
    expect(await follower.parked()).toHaveLength(1);
    released = true;
    log.length = 0;
    expect(await follower.retryParked('p/project/a')).toBe(true);
    expect(await follower.parked()).toEqual([]);
    expect(log).toEqual(['publish p/project/a@3', 'save p/project/a@3']);
    const waiting = follower.waitFor('p', 'project/a', 4, 2_000);
    await new Promise(setImmediate);
    await deliver(6);
    expect(await waiting).toBe(true);
    expect(await counted('project/a')).toEqual(['1: 1', '2: borne', '3: 4', '4: 6']);
  });

  test('can be healed by a later correction', async () => {
    const { deliver, counted, follower } = await follow([
      ['project/a', add(1)],
      ['project/a', poison],
      ['project/a', correct(2, 8)],
    ]);
    await deliver(1, 2);
    await deliver(3);
    expect(await follower.parked()).toHaveLength(1);
    expect(await follower.retryParked('p/project/a')).toBe(true);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 8 corrected']);
  });

  test('misses nothing that came during its retry, and never publishes an older version after a newer one', async () => {
    let released = false;
    const gate = createGate();
    const published: number[] = [];
    const begun: number[] = [];
    const entries = [add(1), poison, add(3), add(4), add(5)].map((op) => ['project/a', op] as const);
    const memory = createMemoryViews<ToyDoc>();
    const { deliver, follower, ledger, counted } = await follow(entries, {
      fold: toyFold(() => released),
      store: {
        ...memory,
        // What another process set aside while the history was read here.
        async unpark(key) {
          ledger.head = 4;
          await memory.unpark(key);
        },
      },
      async publish([doc]) {
        begun.push(doc?.version ?? 0);
        if (doc?.version === 4) await gate.pass();
        published.push(doc?.version ?? 0);
      },
    });
    await deliver(1, 2, 3);
    released = true;
    ledger.head = 3;
    const retried = follower.retryParked('p/project/a');
    await eventually(() => begun.includes(4));
    ledger.head = 5;
    const delivered = deliver(5);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    gate.open();
    await Promise.all([retried, delivered]);
    expect(published).toEqual([1, 3, 4, 5]);
    expect(await counted('project/a')).toEqual(['1: 1', '2: borne', '3: 3', '4: 4', '5: 5']);
  });

  test('is parked anew where what came during its retry is poisoned too', async () => {
    let bearable = 1;
    const bearing = toyFold(() => true);
    const memory = createMemoryViews<ToyDoc>();
    const { deliver, follower, ledger, counted } = await follow(
      [1, 2, 3, 4].map((n) => ['project/a', add(n)] as const),
      {
        fold: {
          ...bearing,
          evolve(doc, entry) {
            if (entry.version > bearable) throw new Error(`only ${bearable} can be borne`);
            return bearing.evolve(doc, entry);
          },
        },
        store: {
          ...memory,
          async unpark(key) {
            ledger.head = 4;
            await memory.unpark(key);
          },
        },
      },
    );
    await deliver(1, 2);
    bearable = 3;
    ledger.head = 3;
    expect(await follower.retryParked('p/project/a')).toBe(false);
    expect(await follower.parked()).toEqual([{ key: 'p/project/a', version: 4, reason: 'only 3 can be borne' }]);
    expect(await counted('project/a')).toEqual(['1: 1', '2: 2', '3: 3']);
  });

  test('stays parked where a retry cannot have the history, or one that ends before what waits', async () => {
    let released = false;
    const { deliver, follower, ledger } = await follow(steps, { fold: toyFold(() => released) });
    await deliver(1, 2, 3);
    await deliver(4);
    released = true;
    ledger.down = true;
    await expect(follower.retryParked('p/project/a')).rejects.toThrow('unreachable');
    ledger.down = false;
    ledger.head = 3;
    await expect(follower.retryParked('p/project/a')).rejects.toThrow('ends at version 2');
    expect(await follower.parked()).toHaveLength(1);
    ledger.head = 4;
    expect(await follower.retryParked('p/project/a')).toBe(true);
  });

  test('whose retry cannot be saved stays parked', async () => {
    let released = false;
    const { deliver, follower, down } = await follow(steps, { fold: toyFold(() => released) });
    await deliver(1, 2);
    released = true;
    down.save = true;
    await expect(follower.retryParked('p/project/a')).rejects.toThrow('the store is down');
    expect(await follower.parked()).toMatchObject([{ version: 2, reason: 'project/a is poisoned at version 2' }]);
    down.save = false;
    expect(await follower.retryParked('p/project/a')).toBe(true);
  });

  test('a retry of a key that is not parked publishes it once more, and changes nothing', async () => {
    const { deliver, follower, counted, log } = await follow(steps);
    await deliver(1);
    const before = await counted('project/a');
    log.length = 0;
    expect(await follower.retryParked('p/project/a')).toBe(true);
    expect(log.filter((line) => line.startsWith('publish'))).toHaveLength(1);
    expect(await counted('project/a')).toEqual(before);
  });
});

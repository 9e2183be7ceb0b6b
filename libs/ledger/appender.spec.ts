import { describe, expect, test } from '@jest/globals';
import { decodeEntry, leafHash, type Entry } from '@planledger/contracts';
import { createAppender } from './appender.js';
import { openMemoryLedger } from './memory.js';
import { add, altered, count, entriesOf, NOW_MS, PLAN, receiptIn, register, startToy } from './toy-appender.js';
import { submission, toyModel, toyTotal } from './toy-model.js';
import { createUuidV7 } from './uuid-v7.js';

describe('an accepted command', () => {
  test('is in the ledger with everything that the appender adds, and its receipt says where', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    await appender.submit(submission('c1', register('project/a')));
    const receipt = receiptIn(await appender.submit(submission('c2', add('project/a', 3, 4))));

    const stored = await ledger.readStream(PLAN, 'project/a');
    const [, second, third] = stored.map(({ bytes }) => decodeEntry(bytes)) as [Entry, Entry, Entry];
    expect(second).toMatchObject({ plan: PLAN, position: 2, stream: 'project/a', version: 2, commandId: 'c2' });
    expect(third).toMatchObject({ position: 3, version: 3, recordedAt: '2024-05-06T07:08:09.000Z', county: '410202' });
    expect(third.eventId > second.eventId).toBe(true);
    expect(receipt).toEqual({
      plan: PLAN,
      commandId: 'c2',
      recordedAt: '2024-05-06T07:08:09.000Z',
      entries: [
        { stream: 'project/a', version: 2, position: 2, leafHash: leafHash(stored[1]!.bytes) },
        { stream: 'project/a', version: 3, position: 3, leafHash: leafHash(stored[2]!.bytes) },
      ],
    });
    expect(appender.head()).toEqual({ position: 3, recordedAt: '2024-05-06T07:08:09.000Z' });
    expect(appender.wide().entries).toBe(3);
  });

  test('is never recorded before its predecessor, even if the clock steps back', async () => {
    let now = NOW_MS;
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger, { clock: () => now });
    await appender.submit(submission('c1', register('project/a')));
    now -= 60_000;
    await appender.submit(submission('c2', add('project/a', 1)));
    const restarted = await startToy(ledger, { clock: () => now });
    await restarted.submit(submission('c3', add('project/a', 1)));
    const times = (await entriesOf(ledger, 'project/a')).map((entry) => entry.recordedAt);
    expect(times).toEqual(Array(3).fill('2024-05-06T07:08:09.000Z'));
  });

  test('tells the listeners the new head, until they stop listening', async () => {
    const appender = await startToy(openMemoryLedger());
    const heard: number[] = [];
    const stop = appender.onAppended((position) => heard.push(position));
    await appender.submit(submission('c1', register('project/a')));
    await appender.submit(submission('c2', add('project/a', 1, 1)));
    await appender.submit(submission('c3', add('project/a', 0)));
    stop();
    await appender.submit(submission('c4', add('project/a', 1)));
    expect(heard).toEqual([1, 3]);
  });
});

describe('the same command id', () => {
  test('three times at once makes one event and three equal receipts', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    const same = submission('c1', register('project/a'));
    const answers = await Promise.all([appender.submit(same), appender.submit(same), appender.submit(same)]);
    expect(new Set(answers.map((answer) => JSON.stringify(receiptIn(answer)))).size).toBe(1);
    expect(answers.map((answer) => answer.kind === 'accepted' && answer.replayed)).toEqual([false, true, true]);
    expect(await entriesOf(ledger, 'project/a')).toHaveLength(1);
  });

  test('later, and after a restart, gives the same receipt, whether it would be refused now or write again', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    const refusedNow = submission('c1', register('project/a'));
    const writesAgain = submission('c2', add('project/a', 5, 6));
    const first = [await appender.submit(refusedNow), await appender.submit(writesAgain)].map(receiptIn);
    for (const again of [appender, await startToy(ledger), await startToy(ledger)]) {
      const answers = await Promise.all([again.submit(writesAgain), again.submit(refusedNow)]);
      expect(answers.map(receiptIn)).toEqual([first[1], first[0]]);
      expect(answers.every((answer) => answer.kind === 'accepted' && answer.replayed)).toBe(true);
    }
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(11);
  });

  test('with another body is refused: in the same commit, later, and after a restart', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    const other = submission('c1', register('project/b'));
    const [, atOnce] = await Promise.all([
      appender.submit(submission('c1', register('project/a'))),
      appender.submit(other),
    ]);
    expect(atOnce).toEqual({ kind: 'id-reused' });
    expect(await appender.submit(other)).toEqual({ kind: 'id-reused' });
    expect(await (await startToy(ledger)).submit(other)).toEqual({ kind: 'id-reused' });
    expect(await entriesOf(ledger, 'project/b')).toEqual([]);
  });

  test('may be used again after a refusal: refusals are not stored', async () => {
    const appender = await startToy(openMemoryLedger());
    expect((await appender.submit(submission('c1', add('project/a', 1)))).kind).toBe('rejected');
    await appender.submit(submission('c2', register('project/a')));
    expect((await appender.submit(submission('c1', add('project/a', 1)))).kind).toBe('accepted');
  });

  test('does not hold up its neighbours when it was accepted by an earlier process', async () => {
    const ledger = openMemoryLedger();
    const before = await startToy(ledger);
    await before.submit(submission('c1', register('project/a')));
    await before.submit(submission('c2', add('project/a', 1)));
    const appender = await startToy(ledger);
    const answers = await Promise.all([
      appender.submit(submission('c3', add('project/a', 10))),
      appender.submit(submission('c2', add('project/a', 1))),
      appender.submit(submission('c4', add('project/a', 100))),
    ]);
    expect(answers.map((answer) => receiptIn(answer).entries[0]!.position)).toEqual([3, 2, 4]);
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(111);
  });
});

describe('many commands at once', () => {
  test('from 200 writers on one stream leave no gap and lose no update', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    await appender.submit(submission('r', register('project/a')));
    const writers = Array.from({ length: 200 }, (_, writer) => writer);
    const answers = await Promise.all(writers.map((w) => appender.submit(submission(`c${w}`, add('project/a', 1, 2)))));
    expect(count(answers, ({ kind }) => kind === 'accepted')).toBe(200);
    const entries = await entriesOf(ledger, 'project/a');
    expect(entries.map(({ version }) => version)).toEqual(Array.from({ length: 401 }, (_, i) => i + 1));
    expect(toyTotal(entries)).toBe(600);
    // Each entry recorded the total before its command: two commands that saw the same one would be a lost update.
    const seen = entries.flatMap(({ event }) =>
      event.case === 'progressReported' ? event.value.quantities[0]!.done : [],
    );
    expect(new Set(seen)).toEqual(new Set(writers.map((w) => w * 3)));
  });

  test('let one of 50 registrations under the same approval code win', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    const rivals = Array.from({ length: 50 }, (_, i) => submission(`c${i}`, register(`project/${i}`, '2024-0817')));
    const answers = await Promise.all(rivals.map((rival) => appender.submit(rival)));
    expect(count(answers, ({ kind }) => kind === 'accepted')).toBe(1);
    expect(count(answers, (a) => a.kind === 'rejected' && a.rejection.rejected === 'CODE_TAKEN')).toBe(49);
    expect((await ledger.head(PLAN)).position).toBe(1);
  });

  test('share commits, which never grow beyond their limit nor tear a command apart', async () => {
    const ledger = openMemoryLedger();
    const sizes: number[] = [];
    const watched = altered(ledger, {
      append: (plan, head, commit) => {
        sizes.push(commit.entries.length);
        return ledger.append(plan, head, commit);
      },
    });
    const appender = await startToy(watched);
    await appender.submit(submission('r', register('project/a')));
    const amounts = Array<number>(50).fill(1);
    const commands = Array.from({ length: 5 }, (_, i) => submission(`c${i}`, add('project/a', ...amounts)));
    await Promise.all(commands.map((command) => appender.submit(command)));
    expect(sizes).toEqual([1, 100, 100, 50]);
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(250);
  });

  test('beyond the queue are overloaded and leave no trace', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger, { limits: { queueCommandsMax: 10 } });
    const commands = Array.from({ length: 15 }, (_, i) => submission(`c${i}`, register(`project/${i}`)));
    const answers = await Promise.all(commands.map((command) => appender.submit(command)));
    expect(answers.slice(0, 10).every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(answers.slice(10)).toEqual(Array(5).fill({ kind: 'overloaded', retryAfterSeconds: 1 }));
    expect((await ledger.head(PLAN)).position).toBe(10);
    expect((await appender.submit(submission('late', register('project/late')))).kind).toBe('accepted');
  });

  test('keep their states right when the cache holds next to none of them', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger, { limits: { streamCacheMax: 1 } });
    const streams = Array.from({ length: 20 }, (_, i) => `project/${i}`);
    await Promise.all(streams.map((stream) => appender.submit(submission(`r-${stream}`, register(stream)))));
    for (let round = 1; round <= 3; round++)
      await Promise.all(streams.map((stream) => appender.submit(submission(`${round}-${stream}`, add(stream, round)))));
    for (const stream of streams) expect(toyTotal(await entriesOf(ledger, stream))).toBe(6);
  });
});

describe('an appender', () => {
  test('folds what is there when it starts, over several pages', async () => {
    const ledger = openMemoryLedger();
    const before = await startToy(ledger);
    for (let i = 0; i < 24; i++)
      await Promise.all(
        Array.from({ length: 100 }, (_, j) => before.submit(submission(`${i}-${j}`, register(`project/${i}-${j}`)))),
      );
    const appender = await startToy(ledger);
    expect(appender.wide().entries).toBe(2_400);
    expect(appender.head()).toEqual(before.head());
    expect(await appender.submit(submission('c', register('project/x', 'project/0-0')))).toMatchObject({
      rejection: { rejected: 'CODE_TAKEN' },
    });
  });

  test('takes no commands before it has started and after it was closed, and answers those it has', async () => {
    const options = { ledger: openMemoryLedger(), plan: PLAN, model: toyModel, clock: () => NOW_MS };
    const appender = createAppender({ ...options, ids: createUuidV7(() => NOW_MS) });
    await expect(appender.submit(submission('c0', register('project/a')))).rejects.toThrow('takes no commands');
    await appender.start();
    const queued = appender.submit(submission('c1', register('project/a')));
    await appender.close();
    expect((await queued).kind).toBe('accepted');
    await expect(appender.submit(submission('c2', register('project/b')))).rejects.toThrow('closed');
  });

  test('refuses a ledger in which entries are missing', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    for (const name of ['a', 'b', 'c']) await appender.submit(submission(name, register(`project/${name}`)));
    const gappy = altered(ledger, {
      read: async (plan, query) => (await ledger.read(plan, query)).filter(({ position }) => position !== 2),
    });
    await expect(startToy(gappy)).rejects.toThrow('entries are missing');
  });
});

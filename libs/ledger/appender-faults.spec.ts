import { describe, expect, test } from '@jest/globals';
import { reject } from '@planledger/kernel';
import { createAppender, UnknownOutcome } from './appender.js';
import { openMemoryLedger } from './memory.js';
import { add, altered, count, entriesOf, NOW_MS, PLAN, receiptIn, register, startToy } from './toy-appender.js';
import { submission, toyModel, toyTotal } from './toy-model.js';
import { createUuidV7 } from './uuid-v7.js';

describe('two appenders on one ledger', () => {
  test('decide again what they decided on an old head', async () => {
    const ledger = openMemoryLedger();
    const [here, there] = [await startToy(ledger), await startToy(ledger)];
    await here.submit(submission('c1', register('project/a', '2024-0817')));
    expect(await there.submit(submission('c2', register('project/b', '2024-0817')))).toMatchObject({
      rejection: { rejected: 'CODE_TAKEN' },
    });
    // Refused on its own old head, where nothing is registered; accepted on the true one.
    await here.submit(submission('c3', register('project/c')));
    expect((await there.submit(submission('c4', add('project/c', 1)))).kind).toBe('accepted');
    expect(there.head().position).toBe(3);
    expect(there.wide().codes.get('project/c')).toBe('project/c');
    await there.submit(submission('c5', add('project/a', 1)));
    await here.submit(submission('c6', add('project/a', 1)));
    expect(await there.submit(submission('c7', add('project/a', 1), 3))).toMatchObject({ kind: 'accepted' });
  });

  test('both tell their listeners what the other wrote, once they come to know it', async () => {
    const ledger = openMemoryLedger();
    const [here, there] = [await startToy(ledger), await startToy(ledger)];
    const heard: number[] = [];
    there.onAppended((position) => heard.push(position));
    await here.submit(submission('c1', register('project/a')));
    await here.submit(submission('c2', add('project/a', 1)));
    await there.submit(submission('c3', add('project/b', 1)));
    expect(heard).toEqual([2]);
  });

  test('racing lose nothing and leave no gap', async () => {
    const ledger = openMemoryLedger();
    const appenders = [await startToy(ledger), await startToy(ledger), await startToy(ledger)];
    await appenders[0]!.submit(submission('r', register('project/a')));
    const commands = Array.from({ length: 300 }, (_, i) => submission(`c${i}`, add('project/a', 1)));
    const answers = await Promise.all(commands.map((command, i) => appenders[i % 3]!.submit(command)));
    expect(count(answers, ({ kind }) => kind === 'accepted')).toBe(300);
    const entries = await entriesOf(ledger, 'project/a');
    expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 301 }, (_, i) => i + 1));
    expect(toyTotal(entries)).toBe(300);
  });

  test('given the same command at once accept it once', async () => {
    const ledger = openMemoryLedger();
    const [here, there] = [await startToy(ledger), await startToy(ledger)];
    await here.submit(submission('r', register('project/a')));
    const same = submission('c1', add('project/a', 1));
    const [one, two] = await Promise.all([here.submit(same), there.submit(same)]);
    expect(receiptIn(one)).toEqual(receiptIn(two));
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(1);
  });

  test('give way after 32 lost races, and nothing is written', async () => {
    const ledger = openMemoryLedger();
    let appends = 0;
    const losing = altered(ledger, {
      append: async () => {
        appends++;
        return 'conflict';
      },
    });
    const appender = await startToy(losing);
    expect(await appender.submit(submission('c1', register('project/a')))).toEqual({
      kind: 'overloaded',
      retryAfterSeconds: 1,
    });
    expect(appends).toBe(32);
    expect((await ledger.head(PLAN)).position).toBe(0);
  });
});

describe('a ledger that throws in the middle of an append', () => {
  const limits = { settlePauseMs: 1 };

  test('after writing: the commands get their receipts', async () => {
    const ledger = openMemoryLedger();
    let throws = 1;
    const failing = altered(ledger, {
      append: async (plan, head, commit) => {
        const answer = await ledger.append(plan, head, commit);
        if (throws-- > 0) throw new Error('connection lost');
        return answer;
      },
    });
    const appender = await startToy(failing, { limits });
    const answers = await Promise.all([
      appender.submit(submission('c1', register('project/a'))),
      appender.submit(submission('c2', add('project/a', 1))),
    ]);
    expect(answers.map((answer) => receiptIn(answer).entries[0]!.position)).toEqual([1, 2]);
    expect((await appender.submit(submission('c3', add('project/a', 1)))).kind).toBe('accepted');
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(2);
  });

  test('before writing: the commands are decided again, once the ledger answers', async () => {
    const ledger = openMemoryLedger();
    let down = 0;
    const failing = altered(ledger, {
      append: async (plan, head, commit) => {
        if (down++ === 0) throw new Error('connection lost');
        return ledger.append(plan, head, commit);
      },
      read: async (plan, query) => {
        if (down > 0 && down++ < 3) throw new Error('still down');
        return ledger.read(plan, query);
      },
    });
    const appender = await startToy(failing, { limits });
    expect((await appender.submit(submission('c1', register('project/a')))).kind).toBe('accepted');
    expect((await ledger.head(PLAN)).position).toBe(1);
  });

  test('and stays away: the outcome is unknown, said so, and the next process settles it', async () => {
    const ledger = openMemoryLedger();
    let up = true;
    const failing = altered(ledger, {
      append: async (plan, head, commit) => {
        await ledger.append(plan, head, commit);
        up = false;
        throw new Error('disk failed');
      },
      read: (plan, query) => (up ? ledger.read(plan, query) : Promise.reject(new Error('disk failed'))),
    });
    const appender = await startToy(failing, { limits });
    const command = submission('c1', register('project/a'));
    const failure: unknown = await appender.submit(command).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnknownOutcome);
    expect(failure).toMatchObject({ commandId: 'c1', cause: { message: 'disk failed' } });
    const next = await startToy(ledger);
    expect(await next.submit(command)).toMatchObject({ kind: 'accepted', replayed: true });
  });

  test('before the commit arrives: no refusal is answered that it may belie', async () => {
    const ledger = openMemoryLedger();
    let arrive: () => Promise<unknown> = async () => undefined;
    const late = altered(ledger, {
      append: (...commit) => {
        arrive = () => ledger.append(...commit);
        return Promise.reject(new Error('no answer in time'));
      },
    });
    // A rule that the clock decides: allowed when it is asked first, too late when it is asked again.
    let asked = 0;
    const decide: typeof toyModel.decide = (command, context) =>
      ++asked === 1 ? toyModel.decide(command, context) : { entries: [], rejection: reject('TOO_LATE') };
    const model = { ...toyModel, decide };
    const options = { ledger: late, plan: PLAN, clock: () => NOW_MS, ids: createUuidV7(() => NOW_MS), limits };
    const appender = createAppender({ ...options, model });
    await appender.start();
    const command = submission('c1', register('project/a'));
    await expect(appender.submit(command)).rejects.toThrow(UnknownOutcome);
    await arrive();
    expect(await appender.submit(command)).toMatchObject({ kind: 'accepted', replayed: true });
    expect(asked).toBeGreaterThan(1);
  });

  test('again and again: the outcome is unknown rather than tried for ever', async () => {
    const ledger = openMemoryLedger();
    let appends = 0;
    const failing = altered(ledger, {
      append: async () => {
        appends++;
        throw new Error('disk full');
      },
    });
    const appender = await startToy(failing, { limits });
    await expect(appender.submit(submission('c1', register('project/a')))).rejects.toThrow(UnknownOutcome);
    expect(appends).toBe(2);
  });
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeEntry } from '@planledger/contracts';
import { UnknownOutcome } from './appender.js';
import { cutBefore, type Cut } from './fixtures-cut.js';
import { mongoUnderTest, type MongoUnderTest } from './fixtures-mongo.js';
import type { MongoLedgers } from './mongo.js';
import { LedgerUnavailable, READ_ENTRIES_MAX, type Ledger } from './port.js';
import { add, altered, count, entriesOf, PLAN, receiptIn, register, startToy } from './toy-appender.js';
import { submission, toyTotal } from './toy-model.js';

let mongo: MongoUnderTest;
beforeEach(() => void (mongo = mongoUnderTest()));
afterEach(() => mongo.dispose());

/** Every position of the plan, as stored. */
const positions = async (ledger: Ledger): Promise<number[]> =>
  (await ledger.read(PLAN, { from: 1, limit: READ_ENTRIES_MAX })).map(({ position }) => position);
const gapless = (entries: number): number[] => Array.from({ length: entries }, (_, index) => index + 1);

describe('two processes appending to one plan', () => {
  test('lose races, decide again, and leave neither a gap nor a rule broken', async () => {
    /** After each lost race, how far the head was ahead when it was asked for next. */
    const lost: number[] = [];
    const process = async () => {
      const ledger = await mongo.open();
      const append: Ledger['append'] = async (plan, expectedHead, commit) => {
        const answer = await ledger.append(plan, expectedHead, commit);
        if (answer === 'conflict') lost.push((await ledger.head(plan)).position - expectedHead);
        return answer;
      };
      return startToy(altered(ledger, { append }));
    };
    const [here, there] = [await process(), await process()];
    await here.submit(submission('r', register('project/a')));
    // In small steps, so that the two meet often; every code is claimed by both.
    const run = async (name: string, appender: typeof here): Promise<string[]> => {
      const kinds: string[] = [];
      for (let n = 0; n < 40; n++) {
        const answers = await Promise.all([
          appender.submit(submission(`${name}-add-${n}`, add('project/a', 1))),
          appender.submit(submission(`${name}-code-${n}`, register(`project/${name}-${n}`, `code-${n}`))),
        ]);
        kinds.push(...answers.map((answer) => (answer.kind === 'rejected' ? answer.rejection.rejected : answer.kind)));
      }
      return kinds;
    };
    const kinds = (await Promise.all([run('here', here), run('there', there)])).flat();
    expect(count(kinds, (kind) => kind === 'accepted')).toBe(120);
    expect(count(kinds, (kind) => kind === 'CODE_TAKEN')).toBe(40);
    expect(lost.length).toBeGreaterThan(0);
    // A loser sees at once what it has lost to, or it would burn its tries on the same head.
    expect(Math.min(...lost)).toBeGreaterThan(0);
    const ledger = await mongo.open();
    expect(await positions(ledger)).toEqual(gapless(121));
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(80);
  });

  test('take turns where both have more to append than goes in: none is turned away', async () => {
    const appenders = [await startToy(await mongo.open()), await startToy(await mongo.open())];
    await appenders[0]!.submit(submission('r', register('project/a')));
    const left = [200, 200];
    /** How much the other has left when the first is done: about as much as itself, or nothing, where turns are taken. */
    let behind: number | undefined;
    const client = async (side: number): Promise<string[]> => {
      const kinds: string[] = [];
      for (let n = left[side]!--; n > 0; n = left[side]!--)
        kinds.push((await appenders[side]!.submit(submission(`${side}-${n}`, add('project/a', 1)))).kind);
      behind ??= left[1 - side];
      return kinds;
    };
    const kinds = (await Promise.all([0, 0, 1, 1].map(client))).flat();
    expect(count(kinds, (kind) => kind === 'accepted')).toBe(400);
    expect(behind).toBeLessThan(150);
    expect(await positions(await mongo.open())).toEqual(gapless(401));
  });

  test('given the same command at once accept it once', async () => {
    const [here, there] = [await startToy(await mongo.open()), await startToy(await mongo.open())];
    await here.submit(submission('r', register('project/a')));
    for (let n = 0; n < 10; n++) {
      const same = submission(`c${n}`, add('project/a', 1));
      const [one, two] = await Promise.all([here.submit(same), there.submit(same)]);
      expect(receiptIn(one)).toEqual(receiptIn(two));
    }
    expect(await positions(await mongo.open())).toEqual(gapless(11));
  });
});

describe('a line cut in the middle of an append', () => {
  let cut: Cut;
  let far: MongoLedgers;
  beforeEach(async () => {
    const { primary } = await mongo.client.db('admin').command({ hello: 1 });
    cut = await cutBefore(String(primary));
    far = await mongo.open(cut.url);
  });
  afterEach(() => cut.close());

  test('once: the driver asks again, and the server knows that it has written', async () => {
    const appender = await startToy(far);
    for (const when of ['before', 'after'] as const) {
      cut.lose(1, when);
      expect(await appender.submit(submission(when, register(`project/${when}`)))).toMatchObject({ replayed: false });
    }
    expect(cut.lost()).toBe(2);
    expect(await positions(far)).toEqual([1, 2]);
    expect(await mongo.commits.countDocuments()).toBe(2);
  });

  test('twice, after the server has written: unknown, and the command id tells that it is there', async () => {
    let unknown: unknown;
    const append: Ledger['append'] = (...commit) =>
      far.append(...commit).catch((error: unknown) => {
        unknown = error;
        throw error;
      });
    const appender = await startToy(altered(far, { append }));
    cut.lose(2, 'after');
    const command = submission('c1', register('project/a'));
    const answer = await appender.submit(command);
    expect(cut.lost()).toBe(2);
    expect(unknown).toBeInstanceOf(LedgerUnavailable);
    expect(answer).toMatchObject({ kind: 'accepted', replayed: true });
    expect(receiptIn(await appender.submit(command))).toEqual(receiptIn(answer));
    const elsewhere = await startToy(await mongo.open());
    expect(receiptIn(await elsewhere.submit(command))).toEqual(receiptIn(answer));
    expect((await appender.submit(submission('c2', add('project/a', 1)))).kind).toBe('accepted');
    expect(await positions(far)).toEqual([1, 2]);
  });

  test('twice, before the server has heard of it: decided again, and written once', async () => {
    const appender = await startToy(far);
    cut.lose(2, 'before');
    expect(await appender.submit(submission('c1', register('project/a')))).toMatchObject({ replayed: false });
    expect(cut.lost()).toBe(2);
    expect(await positions(far)).toEqual([1]);
  });

  test('again and again: said to be unknown, and whoever asks later gets the receipt', async () => {
    const appender = await startToy(far);
    await appender.submit(submission('r', register('project/a')));
    cut.lose(4, 'before');
    const command = submission('c1', add('project/a', 1));
    await expect(appender.submit(command)).rejects.toThrow(UnknownOutcome);
    expect(cut.lost()).toBe(4);
    expect((await appender.submit(command)).kind).toBe('accepted');
    expect(toyTotal(await entriesOf(far, 'project/a'))).toBe(1);
  });
});

describe('a primary that steps down', () => {
  test('while appends run: every command is accepted once, and the positions stay gapless', async () => {
    const appender = await startToy(await mongo.open());
    await appender.submit(submission('r', register('project/a')));
    let accepted = 0;
    let next = 0;
    const receipts: string[] = [];
    const client = async (): Promise<void> => {
      for (let n = next++; n < 400; n = next++) {
        const answer = await appender.submit(submission(`c${n}`, add('project/a', 1)));
        receipts.push(...receiptIn(answer).entries.map(({ leafHash }) => leafHash));
        if (++accepted === 100) await stepDown();
      }
    };
    const stepDown = () =>
      mongo.client.db('admin').command({ replSetStepDown: 1, secondaryCatchUpPeriodSecs: 0, force: true });
    await Promise.all(Array.from({ length: 8 }, client));
    const ledger = await mongo.open();
    expect(await positions(ledger)).toEqual(gapless(401));
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(400);
    expect(new Set(receipts).size).toBe(400);
    const commands = (await ledger.readStream(PLAN, 'project/a')).map(({ bytes }) => decodeEntry(bytes).commandId);
    expect(new Set(commands).size).toBe(401);
  });
});

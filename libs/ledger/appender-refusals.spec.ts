import { describe, expect, test } from '@jest/globals';
import { STREAM_ENTRIES_MAX } from '@planledger/contracts';
import { openMemoryLedger } from './memory.js';
import { COMMIT_ENTRIES_MAX } from './port.js';
import { add, entriesOf, PLAN, register, startToy } from './toy-appender.js';
import { submission, toyTotal, type ToyCommand } from './toy-model.js';

describe('a command that is not accepted', () => {
  test('is refused by the rules of its stream, or has nothing to do, without an entry', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    expect(await appender.submit(submission('c1', add('project/a', 1)))).toEqual({
      kind: 'rejected',
      rejection: { rejected: 'NOT_REGISTERED', details: {} },
    });
    await appender.submit(submission('c2', register('project/a')));
    expect(await appender.submit(submission('c3', add('project/a', 0)))).toEqual({ kind: 'nothing-to-do' });
    expect((await ledger.head(PLAN)).position).toBe(1);
    expect(await ledger.findCommand(PLAN, 'c3')).toBeUndefined();
  });

  test('is stale where the client saw another version, and told which one stands', async () => {
    const appender = await startToy(openMemoryLedger());
    await appender.submit(submission('c1', register('project/a')));
    const [first, second] = await Promise.all([
      appender.submit(submission('c2', add('project/a', 1), 1)),
      appender.submit(submission('c3', add('project/a', 1), 1)),
    ]);
    expect(first.kind).toBe('accepted');
    expect(second).toEqual({ kind: 'stale', version: 2 });
    expect((await appender.submit(submission('c4', add('project/a', 1), 2))).kind).toBe('accepted');
  });

  test('is refused where an entry would be too large, or too many for a commit; its neighbours are not', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    await appender.submit(submission('c1', register('project/a')));
    const large: ToyCommand = { kind: 'add', stream: 'project/a', amounts: [7], note: '长'.repeat(30_000) };
    const answers = await Promise.all([
      appender.submit(submission('c2', add('project/a', 1))),
      appender.submit(submission('c3', large)),
      appender.submit(submission('c4', add('project/a', ...Array<number>(COMMIT_ENTRIES_MAX + 1).fill(7)))),
      appender.submit(submission('c5', add('project/a', 1))),
    ]);
    expect(answers.map((a) => (a.kind === 'rejected' ? a.rejection.rejected : a.kind))).toEqual([
      'accepted',
      'ENTRY_TOO_LARGE',
      'COMMAND_TOO_LARGE',
      'accepted',
    ]);
    expect(toyTotal(await entriesOf(ledger, 'project/a'))).toBe(2);
  });

  test('is refused where its stream is full', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    await appender.submit(submission('c0', register('project/a')));
    for (let version = 2; version < STREAM_ENTRIES_MAX; version += 100) {
      const amounts = Array<number>(Math.min(100, STREAM_ENTRIES_MAX - version)).fill(1);
      await appender.submit(submission(`c${version}`, add('project/a', ...amounts)));
    }
    expect(await appender.submit(submission('two', add('project/a', 1, 1)))).toMatchObject({
      rejection: { rejected: 'STREAM_FULL' },
    });
    expect((await appender.submit(submission('last', add('project/a', 1)))).kind).toBe('accepted');
    expect(await appender.submit(submission('more', add('project/a', 1)))).toMatchObject({
      rejection: { rejected: 'STREAM_FULL', details: { max: STREAM_ENTRIES_MAX } },
    });
    expect(await entriesOf(ledger, 'project/a')).toHaveLength(STREAM_ENTRIES_MAX);
  });

  test('fails alone where a rule throws', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    const answers = await Promise.allSettled([
      appender.submit(submission('c1', register('project/a'))),
      appender.submit(submission('c2', { kind: 'explode', stream: 'project/a' })),
      appender.submit(submission('c3', add('project/a', 1))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { message: 'a rule is broken' } });
    expect((await ledger.head(PLAN)).position).toBe(2);
  });
});

describe('a retraction', () => {
  test('folds its stream anew, for the commands of the same commit and of later ones', async () => {
    const ledger = openMemoryLedger();
    const appender = await startToy(ledger);
    await appender.submit(submission('c1', register('project/a')));
    await appender.submit(submission('c2', add('project/a', 5)));
    const retract = { kind: 'retract', stream: 'project/a', position: 2 } satisfies ToyCommand;
    const [three, four, five] = await Promise.all([
      appender.submit(submission('c3', add('project/a', 7))),
      appender.submit(submission('c4', retract)),
      appender.submit(submission('c5', retract)),
      appender.submit(submission('c6', add('project/a', 1))),
    ]);
    expect([three.kind, four.kind]).toEqual(['accepted', 'accepted']);
    expect(five).toMatchObject({ rejection: { rejected: 'NOTHING_TO_RETRACT' } });
    await appender.submit(submission('c7', add('project/a', 1)));
    await appender.submit(submission('c8', { ...retract, position: 3 }));
    await appender.submit(submission('c9', add('project/a', 1)));
    const seen = (await entriesOf(ledger, 'project/a')).map(({ event }) =>
      event.case === 'progressReported' ? event.value.quantities[0]!.done : event.case,
    );
    expect(seen).toEqual(['projectRegistered', 0, 5, 'entryRetracted', 7, 8, 'entryRetracted', 2]);
  });
});

import { expect, test } from '@jest/globals';
import { decodeEntry, type Entry } from '@planledger/contracts';
import fc from 'fast-check';
import type { LedgerUnderTest } from './conformance.js';
import { READ_ENTRIES_MAX } from './port.js';
import { PLAN, startToy } from './toy-appender.js';
import { submission, type ToyCommand } from './toy-model.js';
import type { Answer, Submission } from './write-model.js';

/**
 * The appender against a list: the model keeps what was written, in order, and works every answer out from the whole
 * list each time. Few ids, streams and codes, so that commands repeat, collide and refer to each other all the time.
 */
interface Written {
  readonly id: string;
  readonly digest: string;
  readonly stream: string;
  /** `seen`: the stream's total before the command. */
  readonly fact: { code: string } | { amount: number; seen: number } | { retracts: number };
}

const amountAt = (list: readonly Written[], stream: string, position: number): number => {
  const written = list[position - 1];
  const retracted = list.some(({ fact }) => 'retracts' in fact && fact.retracts === position);
  return written?.stream === stream && 'amount' in written.fact && !retracted ? written.fact.amount : 0;
};

function factsOf(list: readonly Written[], command: ToyCommand): string | Written['fact'][] {
  const registered = list.some(({ stream }) => stream === command.stream);
  switch (command.kind) {
    case 'register':
      if (registered) return 'ALREADY_REGISTERED';
      if (list.some(({ fact }) => 'code' in fact && fact.code === command.code)) return 'CODE_TAKEN';
      return [{ code: command.code }];
    case 'add': {
      if (!registered) return 'NOT_REGISTERED';
      const seen = list.reduce((sum, _, index) => sum + amountAt(list, command.stream, index + 1), 0);
      return command.amounts.filter((amount) => amount !== 0).map((amount) => ({ amount, seen }));
    }
    case 'retract':
      if (amountAt(list, command.stream, command.position) === 0) return 'NOTHING_TO_RETRACT';
      return [{ retracts: command.position }];
    case 'explode':
      return 'error';
  }
}

/** What the command must be answered, in short, and what is appended to the list. */
function expected(list: Written[], { commandId: id, bodyDigest: digest, command, ifVersion }: Submission<ToyCommand>) {
  const earlier = list.flatMap((written, index) => (written.id === id ? [index + 1] : []));
  if (earlier.length > 0) return list[earlier[0]! - 1]!.digest === digest ? `replayed ${earlier.join()}` : 'id-reused';
  const { stream } = command;
  const version = list.filter((written) => written.stream === stream).length;
  if (ifVersion !== undefined && ifVersion !== version) return `stale ${version}`;
  const facts = factsOf(list, command);
  if (typeof facts === 'string') return facts;
  if (facts.length === 0) return 'nothing-to-do';
  const first = list.length + 1;
  list.push(...facts.map((fact) => ({ id, digest, stream, fact })));
  return `accepted ${facts.map((_, index) => first + index).join()}`;
}

function inShort(answer: Answer): string {
  switch (answer.kind) {
    case 'accepted':
      return `${answer.replayed ? 'replayed' : 'accepted'} ${answer.receipt.entries.map(({ position }) => position).join()}`;
    case 'rejected':
      return answer.rejection.rejected;
    case 'stale':
      return `stale ${answer.version}`;
    default:
      return answer.kind;
  }
}

const stream = fc.constantFrom('project/a', 'project/b', 'project/c');
const command: fc.Arbitrary<ToyCommand> = fc.oneof(
  fc.record({ kind: fc.constant('register' as const), stream, code: fc.constantFrom('x', 'y') }),
  {
    arbitrary: fc.record({ kind: fc.constant('add' as const), stream, amounts: fc.array(fc.nat(3), { maxLength: 3 }) }),
    weight: 4,
  },
  fc.record({ kind: fc.constant('retract' as const), stream, position: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('explode' as const), stream }),
);
const submitted = fc
  .tuple(fc.integer({ min: 1, max: 30 }), command, fc.option(fc.nat(4), { nil: undefined, freq: 6 }))
  .map(([id, given, ifVersion]) => submission(`c${id}`, given, ifVersion));
/** Rounds of commands submitted at once, and between them what else happens. */
const history = fc.array(
  fc.record({
    commands: fc.array(submitted, { minLength: 1, maxLength: 8 }),
    then: fc.constantFrom('go on', 'go on', 'restart', 'other appender'),
  }),
  { minLength: 1, maxLength: 12 },
);

type Rounds = typeof history extends fc.Arbitrary<infer T> ? T : never;

async function agrees(rounds: Rounds, { ledger: opened, reopen }: LedgerUnderTest): Promise<void> {
  let ledger = opened;
  const limits = { streamCacheMax: 4 };
  let appenders = [await startToy(ledger, { limits }), await startToy(ledger, { limits })];
  const list: Written[] = [];
  for (const { commands, then } of rounds) {
    const answers = await Promise.all(
      commands.map((given) => appenders[0]!.submit(given).then(inShort, () => 'error')),
    );
    expect(answers).toEqual(commands.map((given) => expected(list, given)));
    if (then === 'other appender') appenders.reverse();
    if (then === 'restart') {
      if (reopen !== undefined) ledger = await reopen();
      appenders = [await startToy(ledger, { limits }), await startToy(ledger, { limits })];
    }
  }
  const stored = (await ledger.read(PLAN, { from: 1, limit: READ_ENTRIES_MAX })).map(({ bytes }) => decodeEntry(bytes));
  const seenIn = ({ event }: Entry): number | undefined =>
    event.case === 'progressReported' ? event.value.quantities[0]?.done : undefined;
  expect(stored.map((entry) => [entry.commandId, entry.stream, entry.position, seenIn(entry)])).toEqual(
    list.map(({ id, stream: of, fact }, index) => [id, of, index + 1, 'seen' in fact ? fact.seen : undefined]),
  );
}

/** The appender over a ledger, against the list: `runs` histories, each on a ledger of its own. */
export function appenderModelTest(name: string, makeLedger: () => Promise<LedgerUnderTest>, runs: number): void {
  test(`an appender over ${name} answers and writes what a plain list would, over any history of commands`, () =>
    fc.assert(
      fc.asyncProperty(history, async (rounds) => {
        const made = await makeLedger();
        try {
          await agrees(rounds, made);
        } finally {
          await made.dispose();
        }
      }),
      { numRuns: runs },
    ));
}

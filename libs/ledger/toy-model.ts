import {
  effectiveEntries,
  rewritesHistory,
  type Entry,
  type EventInit,
  makeEvent,
  type Decision,
  type EnvelopeInit,
} from '@planledger/contracts';
import { reject } from '@planledger/kernel';
import { Layered } from '@planledger/kernel';
import type { Submission, WriteModel } from './write-model.js';

/**
 * A small domain for the tests of the appender, written with real events: things are registered under a code that is
 * unique in the plan, then counted up. It has one rule of each kind: within a stream, across streams, over history.
 */
export type ToyCommand =
  | { readonly kind: 'register'; readonly stream: string; readonly code: string }
  /** Counts the amounts up, one entry each; an amount of 0 leaves nothing to do. */
  | { readonly kind: 'add'; readonly stream: string; readonly amounts: readonly number[]; readonly note?: string }
  | { readonly kind: 'retract'; readonly stream: string; readonly position: number }
  /** A bug in the rules. */
  | { readonly kind: 'explode'; readonly stream: string };

export interface ToyWide {
  /** Code → stream. */
  readonly codes: Layered<string, string>;
  /** Entries folded. */
  readonly entries: number;
}

export interface ToyState {
  readonly registered: boolean;
  readonly total: number;
}

const amountOf = (event: Entry['event']): number =>
  event.case === 'progressReported' ? Number(event.value.completedYuan) : 0;

const ENVELOPE: EnvelopeInit = {
  occurredOn: '2024-05-06',
  reportedAt: '2024-05-06T07:08:09.000Z',
  backfilled: false,
  simulated: false,
  actor: { subject: 'clerk-1', unit: 'longting-education', role: 'reporter' },
  sector: 'education',
  county: '410202',
  period: '2024-05',
  channel: 3,
};

const write = (...inits: EventInit[]): Decision => ({
  entries: inits.map((init) => ({ event: makeEvent(init), envelope: ENVELOPE })),
});
const refuse = (code: string): Decision => ({ entries: [], rejection: reject(code) });

function foldStream(_stream: string, entries: readonly Entry[]): ToyState {
  return {
    registered: entries.length > 0,
    total: effectiveEntries(entries).reduce((sum, { event }) => sum + amountOf(event), 0),
  };
}

export const toyModel: WriteModel<ToyCommand, ToyWide, ToyState> = {
  emptyWide: () => ({ codes: Layered.empty(), entries: 0 }),
  foldWide({ codes, entries }, { stream, event }) {
    const code = event.case === 'projectRegistered' ? event.value.codes[0]?.value : undefined;
    return { codes: code === undefined ? codes : codes.set(code, stream), entries: entries + 1 };
  },
  settleWide: ({ codes, entries }) => ({ codes: codes.settle(), entries }),
  foldStream,
  evolve: (state, entry) =>
    rewritesHistory(entry) ? 'refold' : { registered: true, total: state.total + amountOf(entry.event) },
  streamOf: ({ stream }) => stream,
  needsHistory: ({ kind }) => kind === 'retract',
  decide(command, { wide, state, history }) {
    switch (command.kind) {
      case 'register':
        if (state.registered) return refuse('ALREADY_REGISTERED');
        if (wide.codes.has(command.code)) return refuse('CODE_TAKEN');
        return write({
          case: 'projectRegistered',
          value: { name: command.stream, codes: [{ kind: 'approval', value: command.code }] },
        });
      case 'add': {
        if (!state.registered) return refuse('NOT_REGISTERED');
        const milestone = command.note ?? 'count';
        const amounts = command.amounts.filter((amount) => amount !== 0);
        return write(
          ...amounts.map((amount): EventInit => ({
            case: 'progressReported',
            value: { completedYuan: BigInt(amount), quantities: [{ milestone, done: state.total }] },
          })),
        );
      }
      case 'retract': {
        const counts = effectiveEntries(history).some(
          ({ entry, event }) => entry.position === command.position && event.case === 'progressReported',
        );
        if (!counts) return refuse('NOTHING_TO_RETRACT');
        return write({ case: 'entryRetracted', value: { entry: command.position } });
      }
      case 'explode':
        throw new Error('a rule is broken');
    }
  },
};

/** A submission whose body digest follows from the command. */
export const submission = (commandId: string, command: ToyCommand, ifVersion?: number): Submission<ToyCommand> => ({
  commandId,
  bodyDigest: JSON.stringify(command),
  command,
  ifVersion,
});

/** The total of a stream, folded from its stored entries. */
export const toyTotal = (entries: readonly Entry[]): number => foldStream('', entries).total;

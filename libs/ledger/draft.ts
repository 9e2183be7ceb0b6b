import {
  encodeEntry,
  ENTRY_BYTES_MAX,
  leafHash,
  STREAM_ENTRIES_MAX,
  type Entry,
  type DecidedEntry,
} from '@planledger/contracts';
import { reject, type Rejection } from '@planledger/kernel';
import { COMMIT_ENTRIES_MAX, type CommandRecord, type NewEntry } from './port.js';
import type { Answer, Receipt, Submission, WriteModel } from './write-model.js';

/** One stream folded to `version`. */
export interface StreamState<State> {
  readonly state: State;
  readonly version: number;
  /** True after an entry that rewrites history: the state is void until the stream is folded anew. */
  readonly stale: boolean;
}

/** What became of one command in a draft. Only `accepted` writes; nothing is answered before the draft is confirmed. */
export type Outcome = { readonly answer: Answer } | { readonly error: unknown };

/** The outcome, or what must happen first: load the stream's entries, or commit what the draft already holds. */
export type Step = Outcome | { readonly load: string } | 'full';

/**
 * A commit in the making: commands decided one after the other, each on the state the earlier ones left. It changes
 * nothing outside itself, so a draft that lost the race is forgotten by dropping it.
 */
export interface Draft<Command, Wide, State> {
  /** Decides a command. On `load`, hand the stream's entries to `remember` and ask again. */
  decide(submission: Submission<Command>): Step;
  /** The entries of a stream up to the draft's head, by version. */
  remember(stream: string, entries: readonly Entry[]): void;
  readonly entries: readonly NewEntry[];
  readonly commands: readonly CommandRecord[];
  /** Every stream that was folded or written, as the draft leaves it. */
  readonly streams: ReadonlyMap<string, StreamState<State>>;
  wide(): Wide;
}

export interface DraftContext<Command, Wide, State> {
  readonly plan: string;
  readonly model: WriteModel<Command, Wide, State>;
  readonly ids: () => string;
  /** Position of the last entry in the ledger; all states are folded to here. */
  readonly head: number;
  readonly wide: Wide;
  readonly cached: (stream: string) => StreamState<State> | undefined;
  /** Milliseconds since 1970 UTC: recorded_at of every entry of the draft. */
  readonly nowMs: number;
}

interface Pending<State> extends StreamState<State> {
  /** Entries of this draft. */
  readonly entries: readonly Entry[];
}

export function openDraft<Command, Wide, State>(
  context: DraftContext<Command, Wide, State>,
): Draft<Command, Wide, State> {
  const { plan, model, ids, nowMs } = context;
  const recordedAt = new Date(nowMs).toISOString();
  const entries: NewEntry[] = [];
  const commands: CommandRecord[] = [];
  const receipts = new Map<string, { bodyDigest: string; receipt: Receipt }>();
  const streams = new Map<string, Pending<State>>();
  const histories = new Map<string, readonly Entry[]>();
  let wide = context.wide;

  /** The stream with its state; undefined where its entries must be loaded first. */
  function current(stream: string): Pending<State> | undefined {
    const pending = streams.get(stream);
    if (pending !== undefined && !pending.stale) return pending;
    const cached = pending === undefined ? context.cached(stream) : undefined;
    if (cached !== undefined) return { state: cached.state, version: cached.version, stale: false, entries: NONE };
    const history = histories.get(stream);
    if (history === undefined) return undefined;
    const written = pending?.entries ?? NONE;
    const all = [...history, ...written];
    const folded = { state: model.foldStream(stream, all), version: all.length, stale: false, entries: written };
    streams.set(stream, folded);
    return folded;
  }

  function build(submission: Submission<Command>, stream: string, version: number, decided: readonly DecidedEntry[]) {
    const first = context.head + entries.length + 1;
    return decided.map(({ event, envelope }, index): NewEntry => {
      // Written out as the literal it is: create() of the same message costs more than encoding it.
      const entry: Entry = {
        $typeName: 'planledger.v1.Entry',
        plan,
        position: first + index,
        stream,
        version: version + index + 1,
        eventId: ids(),
        occurredOn: envelope.occurredOn,
        reportedAt: envelope.reportedAt,
        recordedAt,
        backfilled: envelope.backfilled,
        simulated: envelope.simulated,
        actor: { $typeName: 'planledger.v1.Actor', ...envelope.actor },
        county: envelope.county,
        period: envelope.period,
        channel: envelope.channel,
        commandId: submission.commandId,
        causation: envelope.causation ?? '',
        reason: envelope.reason ?? '',
        evidence: (envelope.evidence ?? []).map((each) => ({ $typeName: 'planledger.v1.Evidence', ...each })),
        sector: envelope.sector,
        event,
      };
      return { position: entry.position, stream, version: entry.version, bytes: encodeEntry(entry), entry };
    });
  }

  /** Takes built entries into the draft. Folds everything before it changes anything: a fold may throw. */
  function take(submission: Submission<Command>, stream: string, before: Pending<State>, built: readonly NewEntry[]) {
    let nextWide = wide;
    let { state, stale } = before;
    for (const { entry } of built) {
      nextWide = model.foldWide(nextWide, entry);
      const evolved = stale ? 'refold' : model.evolve(state, entry);
      if (evolved === 'refold') stale = true;
      else state = evolved;
    }
    wide = nextWide;
    streams.set(stream, {
      state,
      stale,
      version: before.version + built.length,
      entries: [...before.entries, ...built.map(({ entry }) => entry)],
    });
    entries.push(...built);
    const { commandId: id, bodyDigest } = submission;
    commands.push({ id, bodyDigest, first: built[0]!.position, count: built.length });
    const receipt: Receipt = {
      plan,
      commandId: id,
      recordedAt,
      entries: built.map(({ version, position, bytes }) => ({ stream, version, position, leafHash: leafHash(bytes) })),
    };
    receipts.set(id, { bodyDigest, receipt });
    return receipt;
  }

  function decide(submission: Submission<Command>): Step {
    const earlier = receipts.get(submission.commandId);
    if (earlier !== undefined) {
      if (earlier.bodyDigest !== submission.bodyDigest) return answer({ kind: 'id-reused' });
      return answer({ kind: 'accepted', receipt: earlier.receipt, replayed: true });
    }
    const { command, ifVersion } = submission;
    const stream = model.streamOf(command, wide);
    const stored = model.needsHistory(command) ? histories.get(stream) : NONE;
    if (stored === undefined) return { load: stream };
    const before = current(stream);
    if (before === undefined) return { load: stream };
    const { state, version } = before;
    if (ifVersion !== undefined && ifVersion !== version) return answer({ kind: 'stale', version });

    const decision = model.decide(command, {
      wide,
      state,
      version,
      nextPosition: context.head + entries.length + 1,
      nowMs,
      history: stored === NONE ? NONE : [...stored, ...before.entries],
    });
    if (decision.rejection !== undefined) return rejected(decision.rejection);
    const count = decision.entries.length;
    if (count === 0) return answer({ kind: 'nothing-to-do' });
    if (version + count > STREAM_ENTRIES_MAX) return rejected(reject('STREAM_FULL', { max: STREAM_ENTRIES_MAX }));
    if (count > COMMIT_ENTRIES_MAX) return rejected(reject('COMMAND_TOO_LARGE', { max: COMMIT_ENTRIES_MAX }));
    if (entries.length + count > COMMIT_ENTRIES_MAX) return 'full';
    const built = build(submission, stream, version, decision.entries);
    const bytes = Math.max(...built.map((entry) => entry.bytes.length));
    if (bytes > ENTRY_BYTES_MAX) return rejected(reject('ENTRY_TOO_LARGE', { bytes, max: ENTRY_BYTES_MAX }));
    const receipt = take(submission, stream, before, built);
    return answer({ kind: 'accepted', receipt, replayed: false });
  }

  return {
    decide(submission) {
      try {
        return decide(submission);
      } catch (error) {
        // A bug in the rules of one command; its neighbours in the commit are decided as if it had not been there.
        return { error };
      }
    },
    remember: (stream, stored) => void histories.set(stream, stored),
    entries,
    commands,
    streams,
    wide: () => wide,
  };
}

const NONE: readonly Entry[] = [];
const answer = (given: Answer): Outcome => ({ answer: given });
const rejected = (rejection: Rejection): Outcome => answer({ kind: 'rejected', rejection });

import { setImmediate, setTimeout } from 'node:timers/promises';
import { boundedMap } from './bounded-map.js';
import type { Draft, Outcome } from './draft.js';
import { createFolded } from './folded.js';
import { COMMIT_ENTRIES_MAX, type Head, type Ledger } from './port.js';
import { answerRepeated } from './receipt.js';
import type { Answer, Receipt, Submission, WriteModel } from './write-model.js';

/**
 * Turns commands into commits; one per plan and process (DESIGN §5).
 *
 * Commands queue. Each commit takes as many as fit, decides every one on the state the earlier ones left, and is
 * appended only if the head has not moved, so every answer, refusals too, is serializable over the whole plan. After a
 * lost race the others' entries are folded in and the commands decided again.
 */
export interface Appender<Command, Wide> {
  /** Folds the whole plan to its head; MUST have resolved before the first `submit`. */
  start(): Promise<void>;
  /**
   * Resolves when the answer is final: entries on disk, or a refusal confirmed at the head. Rejects with what a broken
   * rule threw, with what the ledger threw before anything was written, or with UnknownOutcome. Submitting the same
   * command again is safe after any of them.
   */
  submit(submission: Submission<Command>): Promise<Answer>;
  /** What rules across streams see, folded to `head()`; behind the ledger while another process writes. */
  wide(): Wide;
  head(): Head;
  /** Calls `listener` (MUST NOT throw) with the position of the new head when it has moved; returns how to stop. */
  onAppended(listener: (position: number) => void): () => void;
  /** Answers what is queued and takes nothing more. */
  close(): Promise<void>;
}

export interface AppenderOptions<Command, Wide, State> {
  readonly ledger: Ledger;
  readonly plan: string;
  readonly model: WriteModel<Command, Wide, State>;
  /** Milliseconds since 1970 UTC: the plan's clock, simulated in a demo plan. */
  readonly clock: () => number;
  /** Event ids: UUIDs of version 7. */
  readonly ids: () => string;
  readonly limits?: Partial<AppenderLimits>;
}

export interface AppenderLimits {
  /** Commands waiting or being decided; one more is `overloaded`. */
  readonly queueCommandsMax: number;
  /** Streams whose state is kept. */
  readonly streamCacheMax: number;
  /** Lost races after which the commands of a commit are `overloaded`. */
  readonly conflictsMax: number;
  /** Pause before a ledger that threw at an append is asked again; doubled each time. */
  readonly settlePauseMs: number;
}

export const QUEUE_COMMANDS_MAX = 10_000;
export const STREAM_CACHE_MAX = 20_000;
const CONFLICTS_MAX = 32;
const RECENT_COMMANDS_MAX = 10_000;
const RETRY_AFTER_SECONDS = 1;
const SETTLE_PAUSE_MS = 50;
/** With the pause doubling, about three seconds. */
const SETTLE_TRIES_MAX = 6;
/** No new try after this long, where each takes its time to fail: people wait for an answer meanwhile. */
const SETTLE_MS_MAX = 3_000;
const APPEND_THROWS_MAX = 2;

/** The ledger failed in the middle of an append and could not say afterwards whether the command is in it. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
  constructor(
    readonly commandId: string,
    cause: unknown,
  ) {
    super(`whether command ${commandId} was accepted is not known; submit it again`, { cause });
  }
}

interface Waiting<Command> {
  readonly submission: Submission<Command>;
  /** Settling twice is harmless, the first answer stands: a repeated command is answered as soon as it is known. */
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export function createAppender<Command, Wide, State>(
  options: AppenderOptions<Command, Wide, State>,
): Appender<Command, Wide> {
  const { ledger, plan, model, clock, ids, limits = {} } = options;
  const { queueCommandsMax = QUEUE_COMMANDS_MAX, streamCacheMax = STREAM_CACHE_MAX } = limits;
  const { conflictsMax = CONFLICTS_MAX, settlePauseMs = SETTLE_PAUSE_MS } = limits;
  const folded = createFolded({ ledger, plan, model, ids, streamCacheMax });
  const recent = boundedMap<string, { bodyDigest: string; receipt: Receipt }>(RECENT_COMMANDS_MAX);
  const queue: Waiting<Command>[] = [];
  const listeners = new Set<(position: number) => void>();
  let phase: 'new' | 'open' | 'closed' = 'new';
  let draining: Promise<void> | undefined;

  async function advance(): Promise<void> {
    const before = folded.head().position;
    await folded.advance();
    if (folded.head().position > before) announce();
  }

  function announce(): void {
    for (const listener of listeners) listener(folded.head().position);
  }

  /** Answers the commands accepted a moment ago, without asking the ledger; gives back the others. */
  function withoutRecent(batch: readonly Waiting<Command>[]): Waiting<Command>[] {
    return batch.filter(({ submission, resolve }) => {
      const known = recent.get(submission.commandId);
      if (known === undefined) return true;
      const same = known.bodyDigest === submission.bodyDigest;
      resolve(same ? { kind: 'accepted', receipt: known.receipt, replayed: true } : { kind: 'id-reused' });
      return false;
    });
  }

  /** Answers the commands that the ledger already holds; gives back the others. */
  async function withoutRepeated(batch: readonly Waiting<Command>[]): Promise<Waiting<Command>[]> {
    const records = await Promise.all(batch.map(({ submission }) => ledger.findCommand(plan, submission.commandId)));
    const open: Waiting<Command>[] = [];
    for (const [index, waiting] of batch.entries()) {
      const record = records[index];
      if (record === undefined) open.push(waiting);
      else waiting.resolve(await answerRepeated(ledger, plan, record, waiting.submission.bodyDigest));
    }
    return open;
  }

  /** Decides commands in order until the commit is full: the outcomes of the first ones. */
  async function decideAll(draft: Draft<Command, Wide, State>, batch: readonly Waiting<Command>[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const { submission } of batch) {
      let step = draft.decide(submission);
      if (step !== 'full' && 'load' in step) {
        await folded.load(draft, step.load);
        step = draft.decide(submission);
      }
      if (step === 'full') break;
      if ('load' in step) throw new Error(`${step.load} was loaded and is asked for again`);
      outcomes.push(step);
    }
    return outcomes;
  }

  /** In the ledger, or, where nothing was decided to be written, true at its head. */
  async function confirm({ entries, commands }: Draft<Command, Wide, State>): Promise<'ok' | 'conflict'> {
    const { position } = folded.head();
    if (entries.length > 0) return ledger.append(plan, position, { entries, commands });
    return (await ledger.head(plan)).position === position ? 'ok' : 'conflict';
  }

  function conclude(draft: Draft<Command, Wide, State>, batch: readonly Waiting<Command>[], outcomes: Outcome[]): void {
    folded.adopt(draft);
    for (const [index, outcome] of outcomes.entries()) {
      const { submission, resolve, reject } = batch[index]!;
      if ('error' in outcome) reject(outcome.error);
      else {
        const { answer } = outcome;
        if (answer.kind === 'accepted' && !answer.replayed)
          recent.set(submission.commandId, { bodyDigest: submission.bodyDigest, receipt: answer.receipt });
        resolve(answer);
      }
    }
    if (draft.entries.length > 0) announce();
  }

  /**
   * After an append threw: waits until the ledger answers, answers what it holds, gives back the others. Those are free
   * to be decided again: should the failed append still arrive, one of the two loses the race for the head.
   */
  async function settleUnknown(batch: readonly Waiting<Command>[]): Promise<Waiting<Command>[]> {
    const late = performance.now() + SETTLE_MS_MAX;
    for (let attempt = 1; ; attempt++) {
      await setTimeout(settlePauseMs * 2 ** (attempt - 1));
      try {
        await advance();
        return await withoutRepeated(batch);
      } catch (error) {
        if (attempt === SETTLE_TRIES_MAX || performance.now() > late) throw error;
      }
    }
  }

  function giveUp(batch: readonly Waiting<Command>[], cause: unknown): [] {
    for (const { submission, reject } of batch) reject(new UnknownOutcome(submission.commandId, cause));
    return [];
  }

  /** Answers a batch, with one commit at most, and gives back the commands that did not fit. */
  async function settle(batch: readonly Waiting<Command>[]): Promise<readonly Waiting<Command>[]> {
    let open = withoutRecent(batch);
    /** What appends threw: from the first on, an error no longer means that nothing was written. */
    const failures: unknown[] = [];
    /** Where the last of them stands in line: as long as this is the head, it may still arrive. */
    let awaited = -1;
    try {
      for (let attempt = 0; attempt < conflictsMax && open.length > 0; attempt++) {
        if (attempt > 0) await advance();
        if (attempt > 0) open = await withoutRepeated(open);
        const draft = folded.begin(clock());
        const commands = open.map(({ submission }) => submission.command);
        await folded.preload(draft, commands);
        const outcomes = await decideAll(draft, open);
        const decided = open.slice(0, outcomes.length);
        const rest = open.slice(outcomes.length);
        // Asked only about commands that would write nothing. One that was accepted long ago and would write again is
        // refused by the append itself, as a conflict, and then all are asked about: a new command costs no read.
        if (attempt === 0) await withoutRepeated(decided.filter((_, index) => writesNothing(outcomes[index]!)));
        // The clock went on and may forbid now what the awaited append is about to write: that is not refused, but unknown.
        if (draft.entries.length === 0 && folded.head().position === awaited) {
          giveUp(decided, failures.at(-1));
          return rest;
        }
        try {
          if ((await confirm(draft)) === 'conflict') continue;
          conclude(draft, decided, outcomes);
          return rest;
        } catch (error) {
          if (draft.entries.length === 0) throw error;
          failures.push(error);
          awaited = folded.head().position;
          const unsettled = await settleUnknown(decided);
          open = failures.length < APPEND_THROWS_MAX ? [...unsettled, ...rest] : rest;
          if (failures.length === APPEND_THROWS_MAX) giveUp(unsettled, error);
        }
      }
    } catch (error) {
      if (failures.length === 0) throw error;
      return giveUp(open, failures[0]);
    }
    for (const { resolve } of open) resolve({ kind: 'overloaded', retryAfterSeconds: RETRY_AFTER_SECONDS });
    return [];
  }

  async function drain(): Promise<void> {
    // Once round the event loop before each commit: answers leave, and requests that came in together share the next.
    for (await setImmediate(); queue.length > 0; await setImmediate()) {
      const batch = queue.slice(0, COMMIT_ENTRIES_MAX);
      let rest: readonly Waiting<Command>[] = [];
      try {
        rest = await settle(batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      queue.splice(0, batch.length, ...rest);
    }
    draining = undefined;
  }

  return {
    async start() {
      await folded.advance();
      phase = 'open';
    },
    submit(submission) {
      if (phase !== 'open')
        return Promise.reject(new Error(`the appender of ${plan} is ${phase}, it takes no commands`));
      if (queue.length >= queueCommandsMax)
        return Promise.resolve({ kind: 'overloaded', retryAfterSeconds: RETRY_AFTER_SECONDS });
      return new Promise((resolve, reject) => {
        queue.push({ submission, resolve, reject });
        draining ??= drain();
      });
    },
    wide: folded.wide,
    head: folded.head,
    onAppended(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      phase = 'closed';
      await draining;
    },
  };
}

/** True of a refusal, of nothing to do, and of a rule that threw. */
const writesNothing = (outcome: Outcome): boolean => 'error' in outcome || outcome.answer.kind !== 'accepted';

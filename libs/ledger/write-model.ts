import type { Decision, DecisionContext, Entry } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';

/**
 * What the appender must know of the domain: pure functions over plain data, given by libs/project.
 *
 * `Wide` is what rules across streams need (the plan, codes, sites): folded over every entry of the plan to the head,
 * never evicted. `State` is one stream's; the appender keeps a bounded cache of them.
 */
export interface WriteModel<Command, Wide, State> {
  emptyWide(): Wide;
  /**
   * MUST NOT change `wide` in place: a commit that lost the race is forgotten by dropping the new value. Maps that grow
   * with the ledger use `Layered` (libs/kernel), so that a step costs the same at any size.
   */
  foldWide(wide: Wide, entry: Entry): Wide;
  /** Called when everything folded into `wide` so far is in the ledger. */
  settleWide(wide: Wide): Wide;
  /** The state of a stream from all its entries, by version; of an empty list the state of a stream not yet begun. */
  foldStream(stream: string, entries: readonly Entry[]): State;
  /** The next state, or `refold` where the entry rewrites history (a correction). */
  evolve(state: State, entry: Entry): State | 'refold';
  /** The stream a command writes to. */
  streamOf(command: Command, wide: Wide): string;
  /**
   * The events to append, none where there is nothing to do, or a refusal. `history` reads the stream's entries so
   * far, for decisions about corrections only; it is synchronous, the appender has loaded them when `needsHistory`.
   */
  decide(command: Command, context: DecisionContext<Wide, State>): Decision;
  needsHistory(command: Command): boolean;
}

/** What the appender is asked. */
export interface Submission<Command> {
  readonly commandId: string;
  /** Hex SHA-256 of the canonical command, its route included. */
  readonly bodyDigest: string;
  readonly command: Command;
  /** If-Match: the stream version the client last saw. */
  readonly ifVersion?: number;
}

export interface Receipt {
  readonly plan: string;
  readonly commandId: string;
  readonly recordedAt: string;
  readonly entries: readonly { stream: string; version: number; position: number; leafHash: string }[];
}

export type Answer =
  | { readonly kind: 'accepted'; readonly receipt: Receipt; readonly replayed: boolean }
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** If-Match names another version than the stream's. */
  | { readonly kind: 'stale'; readonly version: number }
  /** The same command id was accepted with another body. */
  | { readonly kind: 'id-reused' }
  /** Queue full, or the race for the head lost too often: nothing was written, try later. */
  | { readonly kind: 'overloaded'; readonly retryAfterSeconds: number };

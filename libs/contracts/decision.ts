import type { Rejection } from '@planledger/kernel';
import type { Event } from './codec.js';
import type { Channel, Entry } from './gen/planledger/v1/entry_pb.js';

/** What a decider is given: `Wide` is folded over the whole plan, `State` over the command's stream. */
export interface DecisionContext<Wide, State> {
  readonly wide: Wide;
  readonly state: State;
  /** Version of the stream so far; 0 where it has not begun. */
  readonly version: number;
  /** Position that the first of the new entries will take. */
  readonly nextPosition: number;
  /** Milliseconds since 1970 UTC, from the plan's clock. */
  readonly nowMs: number;
  /** All entries of the stream so far, by version; empty unless the command needs them (a correction). */
  readonly history: readonly Entry[];
}

/**
 * A refusal, or the new entries; no entries: there is nothing to do.
 *
 * Text MUST be well-formed Unicode: the state is folded from the entry as decided, and a lone surrogate is stored as
 * U+FFFD, so that a fold of the stored entry would come out otherwise. More than a commit's entries are refused.
 */
export interface Decision {
  readonly rejection?: Rejection;
  readonly entries: readonly DecidedEntry[];
}

/** A new entry without what the appender adds: plan, position, stream, version, ids, recorded_at. */
export interface DecidedEntry {
  /** With every field set (makeEvent): it goes into the entry as it is. */
  readonly event: Event;
  readonly envelope: EnvelopeInit;
}

/** The fields of the envelope that the decision settles; see Entry in proto/planledger/v1/entry.proto. */
export interface EnvelopeInit {
  readonly occurredOn: string;
  readonly reportedAt: string;
  readonly backfilled: boolean;
  readonly simulated: boolean;
  readonly actor: { readonly subject: string; readonly unit: string; readonly role: string };
  readonly sector: string;
  readonly county: string;
  readonly period: string;
  readonly channel: Channel;
  readonly causation?: string;
  readonly reason?: string;
  readonly evidence?: readonly { digest: string; name: string; kept: string; dated: string }[];
}

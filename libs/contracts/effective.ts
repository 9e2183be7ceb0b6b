import type { Event } from './codec.js';
import type { Entry, EntryCorrected } from './gen/planledger/v1/entry_pb.js';

/** An entry as it counts: after corrections, and without what was retracted. */
export interface EffectiveEntry {
  readonly entry: Entry;
  /** The entry's event, or its newest replacement. */
  readonly event: Event;
  /** Business date, the corrected one where corrected. */
  readonly occurredOn: string;
  /** Positions that made it: the entry's own, and those of its corrections in order, of a late one request and approval. */
  readonly positions: readonly number[];
  /** 补录, of the day that counts: a correction across the day the system began changes it. */
  readonly backfilled: boolean;
  /** The approval of its newest replacement: who approved it vouches for the new value, which so counts as verified. */
  readonly vouched?: Entry;
}

/** A correction or a retraction that counts: said in an open period, or asked for after closing and approved. */
export interface Rewrite {
  /** Position of the entry that it rewrites. */
  readonly entry: number;
  /** Its own position; of a late one those of request and approval. The last is where it took effect. */
  readonly positions: readonly number[];
  /** Undefined of a retraction. */
  readonly correction: EntryCorrected | undefined;
  readonly approval: Entry | undefined;
  /** Of the entry that says the new value and its day; of a late one the request. */
  readonly backfilled: boolean;
}

/** Most entries that one stream may hold; the ledger refuses more, and folds rely on it. */
export const STREAM_ENTRIES_MAX = 2_000;

/** What a verifying, approving or refusing entry answers: a claim, report, delivery, statement of later facts or request. */
export function answeredPosition(event: Event): number | undefined {
  switch (event.case) {
    case 'milestoneVerified':
    case 'milestoneRejected':
      return event.value.claim;
    case 'progressVerified':
    case 'progressRejected':
      return event.value.report;
    case 'outputVerified':
    case 'outputRejected':
      return event.value.statement || event.value.delivery;
    case 'rebaselineApproved':
    case 'rebaselineRefused':
    case 'exemptionApproved':
    case 'exemptionRefused':
      return event.value.request;
    default:
      return undefined;
  }
}

/** What `entry` rewrites, given the request that it approves if it is an approval; undefined of all other entries. */
export function rewriteOf(entry: Entry, request: Entry | undefined): Rewrite | undefined {
  const { event, position, backfilled } = entry;
  const atOnce = { positions: [position], approval: undefined, backfilled };
  switch (event.case) {
    case 'entryCorrected':
      return { ...atOnce, entry: event.value.entry, correction: event.value };
    case 'entryRetracted':
      return { ...atOnce, entry: event.value.entry, correction: undefined };
    case 'correctionApproved': {
      const asked = request?.event.case === 'correctionRequested' ? request.event.value.asked : undefined;
      if (!request || !asked?.case) return undefined;
      const positions = [request.position, position];
      const correction = asked.case === 'correct' ? asked.value : undefined;
      return { entry: asked.value.entry, positions, correction, approval: entry, backfilled: request.backfilled };
    }
    default:
      return undefined;
  }
}

/** The rewrites of a stream, in the order in which they took effect. `entries`: one stream, by version. */
export function rewritesOf(entries: readonly Entry[]): Rewrite[] {
  const rewrites: Rewrite[] = [];
  for (const entry of entries) {
    if (!rewritesHistory(entry)) continue;
    const { event } = entry;
    const asked = event.case === 'correctionApproved' ? event.value.request : undefined;
    const request = asked === undefined ? undefined : entries.find(({ position }) => position === asked);
    const rewrite = rewriteOf(entry, request);
    if (rewrite) rewrites.push(rewrite);
  }
  return rewrites;
}

/**
 * What counts of a stream, in original order (DESIGN §5, Corrections): retracted entries are left out, corrected ones
 * replaced, corrections themselves are not events of their own. What a correction or retraction touches falls back to
 * claimed: an answer (verified, rejected) given before it took effect no longer counts. A request still waiting, or
 * refused, changes nothing and stays an event; one that was approved is part of the entry that it corrects.
 *
 * `entries`: one stream, by version, complete from 1.
 */
export function effectiveEntries(entries: readonly Entry[]): EffectiveEntry[] {
  const corrected = new Map<number, Corrected>();
  const retracted = new Set<number>();
  const approved = new Set<number>();
  for (const rewrite of rewritesOf(entries)) {
    const { entry, correction, approval, backfilled } = rewrite;
    if (approval) approved.add(rewrite.positions[0] ?? 0);
    if (!correction) retracted.add(entry);
    else if (correction.replacement?.event.case !== undefined) {
      const { event } = correction.replacement;
      const positions = [...(corrected.get(entry)?.positions ?? []), ...rewrite.positions];
      positions.sort((a, b) => a - b);
      corrected.set(entry, { event, occurredOn: correction.occurredOn, positions, approval, backfilled });
    }
  }
  const effective: EffectiveEntry[] = [];
  for (const entry of entries) {
    const { event, position } = entry;
    if (event.case === undefined || rewritesHistory(entry)) continue;
    if (retracted.has(position) || approved.has(position)) continue;
    const answered = answeredPosition(event);
    if (answered !== undefined) {
      if (retracted.has(answered)) continue;
      if ((corrected.get(answered)?.positions.at(-1) ?? 0) > position) continue;
    }
    const correction = corrected.get(position);
    effective.push({
      entry,
      event: correction?.event ?? event,
      occurredOn: correction?.occurredOn ?? entry.occurredOn,
      positions: [position, ...(correction?.positions ?? [])],
      backfilled: correction?.backfilled ?? entry.backfilled,
      ...(correction?.approval ? { vouched: correction.approval } : {}),
    });
  }
  return effective;
}

interface Corrected {
  readonly event: Event;
  readonly occurredOn: string;
  readonly positions: readonly number[];
  readonly approval: Entry | undefined;
  readonly backfilled: boolean;
}

/** True where the entry changes how earlier ones of its stream count, so that a fold must start anew. */
export const rewritesHistory = ({ event }: Entry): boolean =>
  event.case === 'entryCorrected' || event.case === 'entryRetracted' || event.case === 'correctionApproved';

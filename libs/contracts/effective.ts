import type { Event } from './codec.js';
import type { Entry } from './gen/planledger/v1/entry_pb.js';

/** An entry as it counts: after corrections, and without what was retracted. */
export interface EffectiveEntry {
  readonly entry: Entry;
  /** The entry's event, or its newest replacement. */
  readonly event: Event;
  /** Business date, the corrected one where corrected. */
  readonly occurredOn: string;
  /** Positions that made it: the entry's own, and those of its corrections in order. */
  readonly positions: readonly number[];
  /** 补录, of the day that counts: a correction across the day the system began changes it. */
  readonly backfilled: boolean;
}

/** Most entries that one stream may hold; the ledger refuses more, and folds rely on it. */
export const STREAM_ENTRIES_MAX = 2_000;

/** The claim, report, delivery, statement of later facts or request that an answering entry answers; undefined for all others. */
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

/**
 * What counts of a stream, in original order (DESIGN §5, Corrections): retracted entries are left out, corrected ones
 * replaced, corrections themselves are not events of their own. What a correction or retraction touches falls back to
 * claimed: an answer (verified, rejected) given before the correction no longer counts.
 *
 * `entries`: one stream, by version, complete from 1.
 */
export function effectiveEntries(entries: readonly Entry[]): EffectiveEntry[] {
  const corrected = new Map<number, { event: Event; occurredOn: string; positions: number[]; backfilled: boolean }>();
  const retracted = new Set<number>();
  for (const { position, event, backfilled } of entries) {
    if (event.case === 'entryRetracted') retracted.add(event.value.entry);
    if (event.case !== 'entryCorrected' || event.value.replacement?.event.case === undefined) continue;
    const earlier = corrected.get(event.value.entry);
    corrected.set(event.value.entry, {
      event: event.value.replacement.event,
      occurredOn: event.value.occurredOn,
      positions: [...(earlier?.positions ?? []), position],
      backfilled,
    });
  }
  const effective: EffectiveEntry[] = [];
  for (const entry of entries) {
    const { event, position } = entry;
    if (event.case === undefined || event.case === 'entryCorrected' || event.case === 'entryRetracted') continue;
    if (retracted.has(position)) continue;
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
    });
  }
  return effective;
}

/** True where the entry changes how earlier ones of its stream count, so that a fold must start anew. */
export const rewritesHistory = (entry: Entry): boolean =>
  entry.event.case === 'entryCorrected' || entry.event.case === 'entryRetracted';

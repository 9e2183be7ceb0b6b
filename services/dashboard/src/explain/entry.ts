/** An entry as GET …/entries and …/entries/{position} answer it: the envelope, and the payload under the name of its type. */
export interface EntryAnswer {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly leafHash: string;
  readonly bytes: string;
  readonly entry: Envelope;
}

/** One entry alone, with what links it to others. */
export interface LinkedEntry extends EntryAnswer {
  /** The entry that it corrects. */
  readonly corrects: number | null;
  /** The entries whose corrections of it took effect. */
  readonly correctedBy: readonly number[];
}

interface Envelope extends Readonly<Record<string, unknown>> {
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly backfilled: boolean;
  readonly actor: { readonly subject: string; readonly unit: string; readonly role: string };
  readonly county: string;
  readonly period: string;
  readonly sector: string;
  readonly channel: string;
  readonly reason: string;
  readonly evidence: readonly {
    readonly digest: string;
    readonly name: string;
    readonly kept: string;
    readonly dated: string;
  }[];
}

export const payloadOf = ({ entry, type }: EntryAnswer): Readonly<Record<string, unknown>> =>
  (entry[type] ?? {}) as Readonly<Record<string, unknown>>;

/** A moment in UTC as the day and minute in the plan's city, which has no summer time. */
export function shanghai(instant: string): { readonly day: string; readonly minute: string } {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return { day: shifted.slice(0, 10), minute: `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}` };
}

/** Days from the business day to the day of recording. */
export const daysLate = ({ entry: { occurredOn, recordedAt } }: Pick<EntryAnswer, 'entry'>): number =>
  Math.round((Date.parse(shanghai(recordedAt).day) - Date.parse(occurredOn)) / 86_400_000);

/** More days than this between happening and recording are worth a mark. */
export const LATE_DAYS = 30;

import type { FeedRecord } from '@planledger/feed';
import { planOf, streamOf, type History } from './port.js';
import type { Arrival, Read } from './stream-fold.js';

/** Where a message stands. */
export interface Place {
  readonly plan: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
}

/** How messages are read. */
export interface Reading<Message> {
  readonly decode: (bytes: Uint8Array) => Message;
  readonly locate: (message: Message) => Place;
  readonly history: History;
}

/** What a batch brings of one stream. */
export interface Stream<Message> {
  /** <plan>/<stream> */
  readonly key: string;
  readonly arrivals: Arrival<Message>[];
  /** The greatest version among them. */
  highest: number;
}

export interface Gathered<Message> {
  /** By key. */
  readonly streams: Map<string, Stream<Message>>;
  /** By plan, the greatest position in the batch. */
  readonly positions: Map<string, number>;
}

/** A batch, decoded, by stream; records of streams that are of no concern count for their position alone. */
export function gather<Message>(
  reading: Reading<Message>,
  batch: readonly FeedRecord[],
  concerns: (key: string) => boolean,
): Gathered<Message> {
  const streams = new Map<string, Stream<Message>>();
  const positions = new Map<string, number>();
  for (const record of batch) {
    if (!namesStream(record)) continue;
    const { key } = record;
    const plan = planOf(key);
    const concerned = concerns(key);
    const { read, version, position } = concerned ? readRecord(reading, record) : unread(record, undefined);
    if (position > 0) positions.set(plan, Math.max(position, positions.get(plan) ?? 0));
    if (!concerned) continue;
    const stream = streams.get(key);
    if (!stream) {
      streams.set(key, { key, arrivals: [{ version, read }], highest: version });
      continue;
    }
    stream.arrivals.push({ version, read });
    stream.highest = Math.max(stream.highest, version);
  }
  return { streams, positions };
}

/**
 * False, and the process warns of it, where a record's key names no stream of a plan: no relay sends one, it can be no
 * entry that a figure would miss, and there is nothing that it could be parked with.
 */
export function namesStream({ key }: FeedRecord): boolean {
  if (planOf(key) !== '') return true;
  process.emitWarning(`a record is left out: its key, '${key}', names no stream of a plan`);
  return false;
}

/**
 * The entries of a stream from version `from` on, to at least version `highest`. Throws where the history cannot be had
 * or does not reach so far: then somebody else is broken, not this stream.
 */
export async function readHistory<Message>(
  { decode, locate, history }: Reading<Message>,
  key: string,
  from: number,
  highest: number,
): Promise<Arrival<Message>[]> {
  const plan = planOf(key);
  const stream = streamOf(key);
  const entries = await history(plan, stream, from);
  const last = from + entries.length - 1;
  if (last < highest) throw new Error(`the history of ${key} ends at version ${last}; ${highest} is on the feed`);
  return entries.map((bytes, index) => {
    const version = from + index;
    const read = attempt(() => decode(bytes));
    if ('unreadable' in read) return { version, read };
    const place = locate(read.message);
    if (place.plan === plan && place.stream === stream && place.version === version) return { version, read };
    throw new Error(
      `the history of ${key} holds ${place.plan}/${place.stream} version ${place.version} where version ${version} belongs`,
    );
  });
}

/** A record of the feed as it was read; version and position are 0 where neither its value nor its headers say them. */
export interface ReadRecord<Message> {
  readonly read: Read<Message>;
  readonly version: number;
  readonly position: number;
}

/** The message in a record, and where it stands. One that stands elsewhere than its key says cannot be read either. */
export function readRecord<Message>(
  { decode, locate }: Pick<Reading<Message>, 'decode' | 'locate'>,
  record: FeedRecord,
): ReadRecord<Message> {
  try {
    const message = decode(record.value);
    const { plan, stream, version, position } = locate(message);
    // Of bytes that are all missing protobuf makes a message with nothing in it.
    if (!(version > 0 && position > 0 && isKeyOf(record.key, plan, stream)))
      throw new Error(`a record of ${record.key} holds ${plan}/${stream} version ${version} at position ${position}`);
    return { read: { message }, version, position };
  } catch (error) {
    return unread(record, error);
  }
}

/** Without making the text, of every record. */
const isKeyOf = (key: string, plan: string, stream: string): boolean =>
  key.length === plan.length + 1 + stream.length && key.startsWith(plan) && key.endsWith(stream);

/** Bytes that were not or cannot be decoded: headers say where they stand. */
function unread({ headers }: FeedRecord, error: unknown): ReadRecord<never> {
  const [version, position] = [Number(headers['ce_version']), Number(headers['ce_position'])];
  const known = Number.isSafeInteger(version) && Number.isSafeInteger(position) && version > 0 && position > 0;
  return { read: { unreadable: error }, version: known ? version : 0, position: known ? position : 0 };
}

function attempt<Message>(decode: () => Message): Read<Message> {
  try {
    return { message: decode() };
  } catch (unreadable) {
    return { unreadable };
  }
}

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
    const { key } = record;
    const concerned = concerns(key);
    const { read, version, position } = concerned ? readRecord(reading, record) : unread(record, undefined);
    const plan = planOf(key);
    positions.set(plan, Math.max(position, positions.get(plan) ?? 0));
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

interface ReadRecord<Message> {
  readonly read: Read<Message>;
  readonly version: number;
  readonly position: number;
}

function readRecord<Message>({ decode, locate }: Reading<Message>, record: FeedRecord): ReadRecord<Message> {
  try {
    const message = decode(record.value);
    const { version, position } = locate(message);
    return { read: { message }, version, position };
  } catch (error) {
    return unread(record, error);
  }
}

/** Bytes that were not or cannot be decoded. */
const unread = (record: FeedRecord, error: unknown): ReadRecord<never> => ({
  read: { unreadable: error },
  ...placeIn(record, error),
});

/** Where an entry stands that cannot be decoded, for `why`: its headers say it. Throws where they do not. */
export function placeIn({ key, headers }: FeedRecord, why: unknown): Pick<Place, 'version' | 'position'> {
  const [version, position] = [Number(headers['ce_version']), Number(headers['ce_position'])];
  if (version > 0 && position > 0) return { version, position };
  throw new Error(`a record of ${key} without a version and a position`, { cause: why });
}

function attempt<Message>(decode: () => Message): Read<Message> {
  try {
    return { message: decode() };
  } catch (unreadable) {
    return { unreadable };
  }
}

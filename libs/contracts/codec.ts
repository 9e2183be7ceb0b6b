import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { hash } from 'node:crypto';
import { EntrySchema, type Entry } from './gen/planledger/v1/entry_pb.js';
import { StandingSchema, type Standing } from './gen/planledger/v1/standing_pb.js';
import { upcast } from './upcast.js';
import { wire } from './wire.js';

/** A stored entry: its bytes, which are what is hashed and published, and where they stand. */
export interface StoredEntry {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** Largest stored entry: the tlog-tiles entry bundle prefixes each with a uint16 length. */
export const ENTRY_BYTES_MAX = 65_535;

export type EntryInit = MessageInitShape<typeof EntrySchema>;
/** One of the events, as `{case, value}`. */
export type Event = Extract<Entry['event'], { case: string }>;
export type EventType = Event['case'];
/** An event as a decider writes it: fields may be left out. */
export type EventInit = Extract<NonNullable<EntryInit['event']>, { case: string }>;

const EVENT_SCHEMAS = new Map(
  EntrySchema.oneofs[0]?.fields.map(({ localName, message }) => [localName, message] as const) ?? [],
);

/** An event with every field set, as it will be read back. */
export function makeEvent<Init extends EventInit>({ case: type, value }: Init): Extract<Event, Pick<Init, 'case'>> {
  const schema = EVENT_SCHEMAS.get(type);
  if (!schema) throw new RangeError(`no event ${type}`);
  return { case: type, value: create(schema, value) } as unknown as Extract<Event, Pick<Init, 'case'>>;
}

export const makeEntry = (init: EntryInit): Entry => create(EntrySchema, init);
export const encodeEntry = (entry: Entry): Uint8Array => ENTRIES.encode(entry);

const ENTRIES = wire(EntrySchema);
const STANDINGS = wire(StandingSchema);

/**
 * The entry decoded from, or encoded to, these very bytes. In one process the same array passes ledger, relay, feed and
 * followers, and decoding it again at each was a tenth of the cost of a command. Messages are values: nobody changes one.
 */
const known = new WeakMap<Uint8Array, Entry>();

/**
 * Gives whoever decodes these very bytes the entry that was encoded to them. Only of an entry that was decided by this
 * process: it is of today's shape, every field set; any other may need upcasting.
 */
export const rememberDecided = (bytes: Uint8Array, entry: Entry): void => void known.set(bytes, entry);

/** Decodes and upcasts. Throws on bytes that are no entry: in a ledger that is a broken machine, not an input. */
export function decodeEntry(bytes: Uint8Array): Entry {
  let entry = known.get(bytes);
  if (!entry) known.set(bytes, (entry = upcast(ENTRIES.decode(bytes))));
  return entry;
}

/** What no fold reads: half of an entry's decoding is the making of its texts. */
const FOLDED_ENTRIES = wire(EntrySchema, ['plan', 'eventId', 'reportedAt', 'commandId', 'causation']);

/** As decodeEntry, for folds of many entries: kept nowhere, and without the texts that no fold reads, which are empty. */
export const decodeForFold = (bytes: Uint8Array): Entry => upcast(FOLDED_ENTRIES.decode(bytes));

export type StandingInit = MessageInitShape<typeof StandingSchema>;
export const makeStanding = (init: StandingInit): Standing => create(StandingSchema, init);
export const encodeStanding = (standing: Standing): Uint8Array => STANDINGS.encode(standing);
export const decodeStanding = (bytes: Uint8Array): Standing => STANDINGS.decode(bytes);

/** SHA-256(0x00 ‖ stored bytes), lower-case hex: the Merkle leaf of RFC 6962 §2.1. */
export function leafHash(bytes: Uint8Array): string {
  if (bytes.length > ENTRY_BYTES_MAX) return hash('sha256', Buffer.concat([LEAF_PREFIX, bytes]), 'hex');
  leaf.set(bytes, 1);
  return hash('sha256', new Uint8Array(leaf.buffer, 0, bytes.length + 1), 'hex');
}

const LEAF_PREFIX = new Uint8Array([0]);
/** Where leaves are put together, one after the other; its first byte stays 0. No Buffer: a view of one costs more. */
const leaf = new Uint8Array(ENTRY_BYTES_MAX + 1);

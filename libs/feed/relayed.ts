import { decodeEntry, type Entry, type StoredEntry } from '@planledger/contracts';
import { PLAN_TOPIC, sectorTopic, type FeedRecord } from './port.js';

/** What an entry is on the feed. */
export interface Relayed {
  readonly topic: string;
  readonly record: FeedRecord;
}

/** The record of a stored entry: its bytes as they are, under CloudEvents 1.0 headers (binary mode). */
export function relayed(plan: string, { position, stream, version, bytes }: StoredEntry): Relayed {
  const entry = decodeEntry(bytes);
  return {
    topic: topicOf(stream, entry.sector),
    record: {
      key: `${plan}/${stream}`,
      value: bytes,
      headers: {
        'content-type': 'application/protobuf',
        ce_specversion: '1.0',
        ce_id: entry.eventId,
        ce_type: cloudEventType(entry),
        ce_source: `/plans/${plan}`,
        ce_subject: stream,
        ce_time: entry.recordedAt,
        ce_position: String(position),
        ce_version: String(version),
        traceparent: traceOf(entry.eventId),
      },
    },
  };
}

/**
 * The trace of an entry on its way (W3C Trace Context, version 00): its event id, a UUID of version 7, is the trace, so that
 * what processes tell of an entry can be found from the ledger, after a replay too. It begins here: what a request carried
 * is not kept, for the ledger holds facts alone.
 */
function traceOf(eventId: string): string {
  const trace = eventId.replaceAll('-', '');
  return `00-${trace}-${trace.slice(-16)}-01`;
}

/** Projects and indicators travel with their sector; the plan, its periods and its cases with the plan. */
const topicOf = (stream: string, sector: string): string =>
  sector !== '' && /^(project|indicator)\//.test(stream) ? sectorTopic(sector) : PLAN_TOPIC;

/** planledger.v1.MilestoneClaimed; of an event newer than this relay, whose bytes pass all the same, that of the envelope. */
function cloudEventType({ event }: Entry): string {
  const name = event.case ?? 'entry';
  return `planledger.v1.${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Order within a topic is kept. */
export function byTopic(page: readonly Relayed[]): Map<string, FeedRecord[]> {
  const topics = new Map<string, FeedRecord[]>();
  for (const { topic, record } of page) {
    const records = topics.get(topic);
    if (records) records.push(record);
    else topics.set(topic, [record]);
  }
  return topics;
}

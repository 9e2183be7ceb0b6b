import type { FeedRecord } from '@planledger/feed';
import { isPlanSide } from '@planledger/plan';

/** The audit service, and as whom it is asked. */
export interface Audit {
  /** Base address, e.g. http://audit:3000 */
  readonly url: string;
  /** A bearer that has entries.read. */
  readonly token: () => Promise<string>;
}

const BATCH_ENTRIES = 500;

/**
 * Entries of a plan's projects and indicators as audit streams them (NDJSON), in position order, in bounded batches of
 * feed records: what a follower reads of the feed. `query`: the parameters of `GET entries`, e.g. {sector}. Rejects where
 * audit refuses, or breaks off.
 */
export async function* entriesOverHttp(
  { url: base, token }: Audit,
  plan: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<FeedRecord[]> {
  const url = `${base}/api/plans/${encodeURIComponent(plan)}/entries?${new URLSearchParams(query).toString()}`;
  const headers = { authorization: `Bearer ${await token()}`, accept: 'application/x-ndjson' };
  const response = await fetch(url, { headers });
  if (response.status !== 200 || !response.body) throw new Error(`audit answered ${response.status} to ${url}`);
  let batch: FeedRecord[] = [];
  for await (const line of linesOf(response.body)) {
    const record = recordOf(plan, line);
    if (record) batch.push(record);
    if (batch.length < BATCH_ENTRIES) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A line of audit's, in what is read here (services/audit/entries.ts). */
interface EntryLine {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  /** base64 */
  readonly bytes: string;
}

function recordOf(plan: string, line: string): FeedRecord | undefined {
  const { position, stream, version, bytes } = JSON.parse(line) as EntryLine;
  if (isPlanSide(stream)) return undefined;
  return {
    key: `${plan}/${stream}`,
    value: Buffer.from(bytes, 'base64'),
    headers: { ce_version: String(version), ce_position: String(position) },
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new Error('the entries end in the middle of one');
}

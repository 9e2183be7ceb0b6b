import type { FeedRecord } from '@planledger/feed';
import { isPlanSide } from '@planledger/plan';

/** The audit service, and as whom it is asked. */
export interface Audit {
  /** Base address, e.g. http://audit:3000 */
  readonly url: string;
  /** A bearer that has entries.read. */
  readonly token: () => Promise<string>;
}

/**
 * Audit, or who gives out the token for it, does not answer as it should, or breaks off in the middle: nothing is wrong
 * with what was asked.
 */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
}

/** Of an answer that cannot be read to its end. */
export function brokenOff(cause: unknown): never {
  throw new AuditUnavailable(`audit broke off its answer: ${String(cause)}`, { cause });
}

const BATCH_ENTRIES = 500;

/** `GET entries` of audit; rejects where it answers otherwise than with 200, which is no empty history. */
export async function askForEntries(
  { url, token }: Audit,
  plan: string,
  query: Readonly<Record<string, string>>,
  init: RequestInit,
): Promise<Response> {
  const address = `${url}/api/plans/${encodeURIComponent(plan)}/entries?${new URLSearchParams(query).toString()}`;
  const { stream = '' } = query;
  const what = `${plan}/${stream}`;
  const answer = await ask().catch((cause: unknown) => {
    throw new AuditUnavailable(`audit does not answer about ${what}: ${String(cause)}`, { cause });
  });
  if (answer.status === 200) return answer;
  await answer.body?.cancel();
  throw new AuditUnavailable(`audit answered ${answer.status} when asked for ${what}`);

  async function ask(): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${await token()}` };
    return fetch(address, { ...init, headers });
  }
}

/**
 * Entries of a plan's projects and indicators as audit streams them (NDJSON), in position order, in bounded batches of
 * feed records: what a follower reads of the feed. `query`: the parameters of `GET entries`, e.g. {sector}. Rejects with
 * AuditUnavailable where audit refuses, or breaks off.
 */
export async function* entriesOverHttp(
  audit: Audit,
  plan: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<FeedRecord[]> {
  const lines = linesOf(await askForEntries(audit, plan, query, { headers: { accept: 'application/x-ndjson' } }));
  let batch: FeedRecord[] = [];
  for (;;) {
    const { done, value } = await lines.next().catch(brokenOff);
    if (done) break;
    const record = recordOf(plan, value);
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

function recordOf(plan: string, { position, stream, version, bytes }: EntryLine): FeedRecord | undefined {
  if (isPlanSide(stream)) return undefined;
  return {
    key: `${plan}/${stream}`,
    value: Buffer.from(bytes, 'base64'),
    headers: { ce_version: String(version), ce_position: String(position) },
  };
}

/** Throws where they break off. */
async function* linesOf({ body, headers }: Response): AsyncGenerator<EntryLine, undefined> {
  // Of one that ends with its connection alone nobody could tell whether it ends there.
  if (!body || !(headers.has('transfer-encoding') || headers.has('content-length')))
    throw new Error('its end could not be told');
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as EntryLine;
  }
  if (rest !== '') throw new Error('the entries end in the middle of one');
}

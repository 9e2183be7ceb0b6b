import type { FeedRecord } from '@planledger/feed';
import { isPlanSide } from '@planledger/plan';

/** The audit service, and as whom it is asked. */
export interface Audit {
  /** Base address, e.g. http://audit:3000 */
  readonly url: string;
  /** A bearer that has entries.read. */
  readonly token: () => Promise<string>;
}

/** Audit, or who gives out the token for it, does not answer as it should: nothing is wrong with what was asked. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
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
 * feed records: what a follower reads of the feed. `query`: the parameters of `GET entries`, e.g. {sector}. Rejects where
 * audit refuses, or breaks off.
 */
export async function* entriesOverHttp(
  audit: Audit,
  plan: string,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<FeedRecord[]> {
  const { body } = await askForEntries(audit, plan, query, { headers: { accept: 'application/x-ndjson' } });
  if (!body) throw new Error('audit answered without entries');
  let batch: FeedRecord[] = [];
  for await (const line of linesOf(body)) {
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

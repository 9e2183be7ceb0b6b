import { decodeEntry, EntrySchema, leafHash, plainMessage, type StoredEntry } from '@planledger/contracts';
import { drained, type EntryFilter, type Platform } from '@planledger/host';
import type { FastifyReply } from 'fastify';

const PAGE_ENTRIES = 500;

/** An entry as auditors read it: decoded for people, its stored bytes for their own verifier. */
export function plainEntry({ position, stream, version, bytes }: StoredEntry): object {
  const entry = decodeEntry(bytes);
  return {
    position,
    stream,
    version,
    type: entry.event.case ?? null,
    leafHash: leafHash(bytes),
    bytes: Buffer.from(bytes).toString('base64'),
    entry: plainMessage(EntrySchema, entry),
  };
}

/** Every match as NDJSON, a page in memory at a time, at the reader's pace. */
export async function streamEntries(
  platform: Platform,
  plan: string,
  { from, to, filter }: { from: number; to: number; filter: EntryFilter },
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  for (let next = from; next <= to && !raw.destroyed;) {
    const page = await platform.ledger.read(plan, { from: next, to, limit: PAGE_ENTRIES, filter });
    const last = page.at(-1);
    if (!last) break;
    raw.write(page.map((stored) => `${JSON.stringify(plainEntry(stored))}\n`).join(''));
    await drained(raw);
    next = last.position + 1;
  }
  raw.end();
}

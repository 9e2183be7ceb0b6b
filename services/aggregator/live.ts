import { ProblemError } from '@planledger/host';
import { completion } from '@planledger/progress';
import type { FastifyReply } from 'fastify';
import type { AggregatorDesk } from './desk.js';

/** Changes within this time leave as one event. */
const COALESCE_MS = 100;
/** A comment line this often keeps proxies from closing an idle stream. */
const HEARTBEAT_MS = 15_000;
const LIVE_READERS_MAX = 500;
/** A reader that cannot take this much is dropped; it will come again and get the whole headline. */
const BUFFERED_BYTES_MAX = 1_048_576;

/** Who reads live in this process: bounded, and let go of when it stops, or its connections would keep it up. */
export class LiveReaders {
  readonly open = new Set<FastifyReply['raw']>();

  close(): void {
    for (const raw of this.open) raw.destroy();
  }
}

/**
 * Server-sent events: the headline at once and after every change. Each event is the whole headline, so a reader that
 * missed some has missed nothing.
 */
export async function followLive(
  desk: AggregatorDesk,
  readers: LiveReaders,
  plan: string,
  reply: FastifyReply,
): Promise<void> {
  if (readers.open.size >= LIVE_READERS_MAX) throw new ProblemError('OVERLOADED', {}, { retryAfterSeconds: 5 });
  const { raw } = reply;
  // Counted before anything is waited for, and for as long as the connection is open, whatever becomes of it.
  readers.open.add(raw);
  raw.on('close', () => readers.open.delete(raw));
  // Answers 404 before the stream begins.
  await desk.input(plan, undefined);
  reply.hijack();
  if (raw.destroyed) return;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  let pending: NodeJS.Timeout | undefined;
  let id = 0;

  const send = async (): Promise<void> => {
    const { headline, on, through, basis, demo } = completion(await desk.input(plan, undefined), 'sector');
    if (raw.writableLength > BUFFERED_BYTES_MAX) raw.destroy();
    if (raw.destroyed) return;
    id += 1;
    raw.write(
      `event: completion\nid: ${id}\ndata: ${JSON.stringify({ plan, basis, demo, on, through, headline })}\n\n`,
    );
  };
  const soon = (changed: string): void => {
    if (changed !== plan || pending) return;
    pending = setTimeout(() => {
      pending = undefined;
      send().catch(() => raw.destroy());
    }, COALESCE_MS);
  };
  const stopListening = desk.onChange(soon);
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  raw.on('close', () => {
    stopListening();
    clearInterval(heartbeat);
    clearTimeout(pending);
  });
  await send();
}

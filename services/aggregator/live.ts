import { ProblemError } from '@planledger/host';
import { completion, type CompletionInput, headlineAsSeen, showsIn } from '@planledger/progress';
import type { FastifyReply } from 'fastify';
import type { AggregatorDesk } from './desk.js';

/** Two events of a plan are at least this far apart; changes in between leave together. */
const APART_MS = 100;
/** A comment line this often keeps proxies from closing an idle stream. */
const HEARTBEAT_MS = 15_000;
const LIVE_READERS_MAX = 500;
/** A reader that cannot take this much is dropped; it will come again and get the whole headline. */
const BUFFERED_BYTES_MAX = 1_048_576;

/** Which projects a reader may see. */
type Visible = Parameters<typeof showsIn>[1];

interface Reader {
  readonly visible: Visible;
  readonly raw: FastifyReply['raw'];
  /** How many events it was sent. */
  events: number;
}

/** Those who read one plan: what it comes to is computed once for all of them, and written once for those who see alike. */
interface Audience {
  readonly readers: Set<Reader>;
  sentAt: number;
  pending: NodeJS.Timeout | undefined;
}

/**
 * Server-sent events: the headline at once and after every change. Each event is the whole headline, so a reader that
 * missed some has missed nothing. Readers are bounded, and let go of when the process stops, or their connections would
 * keep it up.
 */
export class LiveReaders {
  private readonly open = new Set<FastifyReply['raw']>();
  private readonly audiences = new Map<string, Audience>();

  constructor(private readonly desk: AggregatorDesk) {
    desk.onChange((plan) => this.changed(plan));
  }

  async admit(plan: string, reply: FastifyReply, visible: Visible): Promise<void> {
    if (this.open.size >= LIVE_READERS_MAX) throw new ProblemError('OVERLOADED', {}, { retryAfterSeconds: 5 });
    const { raw } = reply;
    // Counted before anything is waited for, and for as long as the connection is open, whatever becomes of it.
    this.open.add(raw);
    raw.on('close', () => this.open.delete(raw));
    // Answers 404 before the stream begins.
    await this.desk.input(plan, undefined);
    reply.hijack();
    if (raw.destroyed) return;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const reader = { visible, raw, events: 0 };
    const audience = this.audiences.get(plan) ?? { readers: new Set(), sentAt: 0, pending: undefined };
    this.audiences.set(plan, audience);
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    raw.on('close', () => {
      clearInterval(heartbeat);
      audience.readers.delete(reader);
      if (audience.readers.size > 0) return;
      clearTimeout(audience.pending);
      if (this.audiences.get(plan) === audience) this.audiences.delete(plan);
    });
    // It belongs to the others before its first event is made, or a change in between would go by.
    audience.readers.add(reader);
    const first = await this.headlineOf(plan);
    if (reader.events === 0) send(reader, first(reader));
  }

  close(): void {
    for (const raw of this.open) raw.destroy();
  }

  /** At once after a quiet while, so that a single change is not held back; else when the last event is long enough ago. */
  private changed(plan: string): void {
    const audience = this.audiences.get(plan);
    if (!audience || audience.pending) return;
    const wait = Math.max(0, audience.sentAt + APART_MS - performance.now());
    audience.pending = setTimeout(() => void this.tell(plan, audience), wait);
  }

  private async tell(plan: string, audience: Audience): Promise<void> {
    audience.pending = undefined;
    audience.sentAt = performance.now();
    try {
      const dataFor = await this.headlineOf(plan);
      for (const reader of audience.readers) send(reader, dataFor(reader));
    } catch {
      for (const { raw } of audience.readers) raw.destroy();
    }
  }

  private async headlineOf(plan: string): Promise<(reader: Reader) => string> {
    const input: CompletionInput = await this.desk.input(plan, undefined);
    const { headline, on, through, basis, demo } = completion(input, 'sector');
    const left = [headline.programmes, headline.body].flatMap(({ denominator }) => denominator.left);
    const written = new Map<string, string>();
    return ({ visible }) => {
      const shows = showsIn(input.standings, visible);
      const alike = left.map(({ project }) => (shows(project) ? '1' : '0')).join('');
      const known = written.get(alike);
      if (known !== undefined) return known;
      const data = JSON.stringify({ plan, basis, demo, on, through, headline: headlineAsSeen(shows, headline) });
      written.set(alike, data);
      return data;
    };
  }
}

function send(reader: Reader, data: string): void {
  const { raw } = reader;
  if (raw.writableLength > BUFFERED_BYTES_MAX) raw.destroy();
  if (raw.destroyed) return;
  reader.events += 1;
  raw.write(`event: completion\nid: ${reader.events}\ndata: ${data}\n\n`);
}

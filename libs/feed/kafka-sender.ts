import { Partitioners, type Kafka, type Message, type Producer } from 'kafkajs';
import type { FeedRecord } from './port.js';
import type { Timer } from './retry.js';

/** Most bytes in one send: all of it may be for one partition, whose broker refuses more than 1 MiB at once for ever. */
export const SEND_BYTES_MAX = 512 * 1_024;
/** Longest that one send may take, connecting included; what became of it is then unknown, and it is sent again. */
export const SEND_MS = 30_000;

export interface Sender {
  /** In order; resolves when all replicas in sync have every record. Rejects within SEND_MS for every SEND_BYTES_MAX. */
  send(topic: string, records: readonly FeedRecord[]): Promise<void>;
  /** Waits for the sends under way. */
  close(): Promise<void>;
}

export interface SenderParts {
  readonly client: Kafka;
  readonly timer: Timer;
  readonly sendBytesMax: number;
  readonly sendMs: number;
}

/**
 * Sends through one plain producer with acks from all replicas in sync, and never again by itself: callers insist (the
 * relay), or are called again (a handler whose publish failed). What was sent in vain and arrived all the same comes
 * twice, which followers bear.
 *
 * Not the idempotent producer: that of kafkajs takes the sequence numbers of a failed send back (src/producer/
 * sendMessages.js) and gives them to whatever is sent next. Where the failed send had arrived, the broker takes the next
 * one of the same length for its repetition, acknowledges it and drops it: a loss instead of a duplicate (seen with 2.2.4
 * on Kafka 4.1). tulios/kafkajs #598 tells of the opposite, a producer dead for good after "out of order sequence".
 */
export function createSender({ client, timer, sendBytesMax, sendMs }: SenderParts): Sender {
  const running = new Set<Promise<void>>();
  let line: Line | undefined;

  /**
   * A producer whose send failed gets no other: kafkajs keeps a connection on which nothing is answered any more, and
   * may know brokers only that have gone. It stays connected until everything sent through it is settled.
   */
  function giveUp(failed: Line): void {
    failed.givenUp = true;
    if (line === failed) line = undefined;
  }

  async function sendThrough(mine: Line, topic: string, messages: Message[]): Promise<void> {
    mine.sending += 1;
    try {
      await mine.connected;
      await mine.producer.send({ topic, messages, acks: -1 });
    } catch (error) {
      giveUp(mine);
      throw error;
    } finally {
      mine.sending -= 1;
      // Not before: a send that fails connects again, if only to fail.
      if (mine.givenUp && mine.sending === 0) await mine.producer.disconnect().catch(() => {});
    }
  }

  async function sendPortion(topic: string, messages: Message[]): Promise<void> {
    const mine = (line ??= openLine(client));
    const sent = noted(running, sendThrough(mine, topic, messages));
    try {
      await within(timer, sendMs, `sending to ${topic}`, sent);
    } catch (error) {
      giveUp(mine);
      throw error;
    }
  }

  async function sendAll(topic: string, records: readonly FeedRecord[]): Promise<void> {
    for (const messages of portions(records, sendBytesMax)) await sendPortion(topic, messages);
  }

  return {
    send: (topic, records) => noted(running, sendAll(topic, records)),
    async close() {
      while (running.size > 0) await Promise.allSettled(running);
      await line?.producer.disconnect();
    },
  };
}

/** A producer and what goes through it. */
interface Line {
  readonly producer: Producer;
  readonly connected: Promise<void>;
  sending: number;
  givenUp: boolean;
}

function openLine(client: Kafka): Line {
  const producer = client.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 0 },
  });
  return { producer, connected: producer.connect(), sending: 0, givenUp: false };
}

/** In the set for as long as it is not settled. */
function noted(running: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  running.add(work);
  const over = (): void => void running.delete(work);
  work.then(over, over);
  return work;
}

/** Cuts records where they would be more than `bytesMax`; a greater one goes alone. */
function* portions(records: readonly FeedRecord[], bytesMax: number): Generator<Message[]> {
  let portion: Message[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (portion.length > 0 && bytes + size > bytesMax) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(messageOf(record));
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}

/** A record on the wire, rounded up. */
function sizeOf({ key, value, headers }: FeedRecord): number {
  let size = 64 + Buffer.byteLength(key) + value.byteLength;
  for (const [name, text] of Object.entries(headers)) size += 8 + name.length + Buffer.byteLength(text);
  return size;
}

const messageOf = ({ key, value, headers }: FeedRecord): Message => ({
  key,
  value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  headers: { ...headers },
});

async function within(timer: Timer, ms: number, what: string, work: Promise<void>): Promise<void> {
  let cancel = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = timer(() => reject(new Error(`${what} was not over after ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    cancel();
  }
}

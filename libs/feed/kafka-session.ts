import type { Consumer, EachBatchPayload, IHeaders, Kafka, KafkaMessage } from 'kafkajs';
import type { BatchHandler, FeedRecord } from './port.js';
import { createPause, retryPauseMs, wallTimer, type Timer } from './retry.js';

/**
 * One life of a kafkajs consumer, from joining the group to leaving it or to a crash. kafkajs never restarts it by itself
 * (for some crashes it would not, and nobody would notice: tulios/kafkajs #1443); whoever opened the session does.
 */
export interface Session {
  /** Resolves with what broke the session, after which it MUST be stopped; never where nothing does. */
  readonly crashed: Promise<unknown>;
  /** Waits for the running handler and commits what it handled; a pause between two attempts ends at once. */
  stop(): Promise<void>;
}

export interface SessionParts {
  readonly client: Kafka;
  readonly topic: string;
  /** As the broker knows it: one topic for every group, because members of a group must agree on their topics. */
  readonly groupId: string;
  readonly handle: BatchHandler;
  readonly timer: Timer;
  readonly limits: SessionLimits;
  /** The handler rejected, or an offset could not be committed, for the n-th time in a row. */
  readonly trouble: (error: unknown, failures: number) => void;
  /** A batch was handled and its offset is with the broker. */
  readonly handled: () => void;
  /** The partitions that the group has given to this member. */
  readonly assigned: (partitions: readonly number[]) => void;
}

export interface SessionLimits {
  readonly batchRecordsMax: number;
  /** Longest that an idle fetch waits at the broker; stopping waits as long. */
  readonly fetchWaitMs: number;
  readonly heartbeatMs: number;
  /** The group takes a member for dead, and gives away its partitions, after this long without a heartbeat. */
  readonly sessionMs: number;
  /** How long the group waits for members whose handlers are running before it goes on without them. */
  readonly rebalanceMs: number;
}

/** Of one partition in one fetch: some two thousand entries. */
const PARTITION_BYTES_MAX = 1_024 * 1_024;
/**
 * Of all partitions in one fetch. The broker fills it in the order kafkajs asks in, always the same: with less than every
 * partition's share, the last ones of a topic would wait until the first ones are drained.
 */
const FETCH_BYTES_MAX = 64 * PARTITION_BYTES_MAX;
/**
 * More than a topic has partitions. What one fetch brings of all of them is handed over together: one after another, each
 * of a few records, they took a round of writes and commits each, and the last had waited for all before it.
 */
const PARTITIONS_AT_ONCE = 128;
/** Then the session is made anew, which also finds the broker that answers for the group now. */
const COMMIT_ATTEMPTS_MAX = 3;

export async function openSession(parts: SessionParts): Promise<Session> {
  const { client, topic, groupId, limits, assigned } = parts;
  const consumer = client.consumer({
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: limits.sessionMs,
    rebalanceTimeout: limits.rebalanceMs,
    heartbeatInterval: limits.heartbeatMs,
    maxWaitTimeInMs: limits.fetchWaitMs,
    maxBytesPerPartition: PARTITION_BYTES_MAX,
    maxBytes: FETCH_BYTES_MAX,
    retry: { retries: 2, restartOnFailure: () => Promise.resolve(false) },
  });
  const delivery = createDelivery(parts);
  const crashed = new Promise<unknown>((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    delivery.joined();
    assigned(payload.memberAssignment[topic] ?? []);
  });

  async function leave(): Promise<void> {
    // Disconnecting first says that the consumer no longer runs, then waits for eachBatch, which may be pausing.
    const left = consumer.disconnect();
    delivery.wake();
    await left;
  }

  try {
    await start(consumer, topic, delivery.eachBatch);
  } catch (error) {
    await leave().catch(() => {});
    throw error;
  }
  return { crashed, stop: leave };
}

async function start(consumer: Consumer, topic: string, eachBatch: (batch: EachBatchPayload) => Promise<void>) {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch,
  });
}

/** What the group tells a member that has to join again before anything else; kafkajs does that when it is thrown. */
const MEMBERSHIP = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);
const isMembership = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && MEMBERSHIP.has(String(error.type));

function createDelivery({ topic, handle, timer, limits, trouble, handled }: SessionParts) {
  const pause = createPause(timer);
  /** Why nothing more of what was fetched may be handed over: others may have been given its partition. */
  let lost: { readonly why: unknown } | undefined;

  /** Membership is lost for a while only, a rejoin brings it back; anything else ends the session. */
  function lose(why: unknown): void {
    lost ??= { why: isMembership(why) ? why : new SessionBroken(why) };
    pause.wake();
  }

  const goOn = ({ isRunning }: EachBatchPayload): boolean => isRunning() && !lost;

  /** True once it worked; false where it is left undone, because the session stops or membership is lost. */
  async function insist(attempt: () => Promise<void>, failed: OnFailure, payload: EachBatchPayload): Promise<boolean> {
    for (let failures = 1; ; failures++) {
      try {
        await attempt();
        return true;
      } catch (error) {
        failed(error, failures);
        if (goOn(payload)) await pause.for(retryPauseMs(failures));
        if (!goOn(payload)) return false;
      }
    }
  }

  const commitFailed: OnFailure = (error, failures) => {
    if (isMembership(error) || failures === COMMIT_ATTEMPTS_MAX) lose(error);
    else trouble(error, failures);
  };

  async function deliver(shares: readonly Share[]): Promise<boolean> {
    const [{ payload }] = shares as [Share];
    const records = shares.flatMap(({ messages }) => messages.map((message) => new FetchedRecord(message)));
    if (!(await insist(() => handle(records), trouble, payload))) return false;
    // Also after a heartbeat said that the group rebalances: until all have joined again it still takes our offsets.
    const partitions = shares.map((share) => ({
      partition: share.payload.batch.partition,
      offset: (BigInt(lastOf(share)) + 1n).toString(),
    }));
    const offsets = { topics: [{ topic, partitions }] };
    if (!(await insist(() => payload.commitOffsetsIfNecessary(offsets), commitFailed, payload))) return false;
    for (const share of shares) share.payload.resolveOffset(lastOf(share));
    handled();
    return true;
  }

  const broken = (bug: unknown): false => {
    lose(bug);
    return false;
  };

  /** Of partitions that wait while another delivery runs, or were fetched together. */
  const waiting: Share[] = [];
  let delivering: Promise<void> | undefined;

  async function deliverWaiting(): Promise<void> {
    // All that were fetched together are here by then.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const shares: Share[] = [];
      let records = 0;
      for (let next = waiting[0]; next; next = waiting[0]) {
        records += next.messages.length;
        if (shares.length > 0 && records > limits.batchRecordsMax) break;
        shares.push(next);
        waiting.shift();
      }
      const done = goOn((shares[0] as Share).payload) && (await deliver(shares).catch(broken));
      for (const { settle } of shares) settle(done);
    }
    delivering = undefined;
  }

  /** True once they are handled and their offset is with the broker; false where they are left. */
  const deliverTogether = (messages: readonly KafkaMessage[], payload: EachBatchPayload): Promise<boolean> =>
    new Promise((settle) => {
      waiting.push({ messages, payload, settle });
      delivering ??= deliverWaiting();
    });

  return {
    joined: () => (lost = undefined),
    wake: () => pause.wake(),
    async eachBatch(payload: EachBatchPayload): Promise<void> {
      const { batch, isRunning, isStale, heartbeat } = payload;
      const stopBeating = beat(heartbeat, limits.heartbeatMs, (error) => isMembership(error) && lose(error));
      try {
        for (let from = 0; from < batch.messages.length; from += limits.batchRecordsMax) {
          if (lost || !isRunning() || isStale()) break;
          if (!(await deliverTogether(batch.messages.slice(from, from + limits.batchRecordsMax), payload))) break;
        }
      } finally {
        await stopBeating();
      }
      if (lost) throw lost.why;
    },
  };
}

/** What is delivered of one partition. */
interface Share {
  readonly messages: readonly KafkaMessage[];
  readonly payload: EachBatchPayload;
  readonly settle: (done: boolean) => void;
}

const lastOf = ({ messages, payload }: Share): string => messages.at(-1)?.offset ?? payload.batch.lastOffset();

type OnFailure = SessionParts['trouble'];

/** Ends the session: kafkajs tries nothing again by itself after an error that says so. */
class SessionBroken extends Error {
  readonly retriable = false;
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * Heartbeats while a batch is with us, so that a slow handler is not taken for a dead member; one that never ends is for
 * the look-out for stalls to see. What it returns ends it, and waits for a heartbeat on its way.
 */
function beat(heartbeat: () => Promise<void>, ms: number, failed: (error: unknown) => void): () => Promise<void> {
  let beating = Promise.resolve();
  let over = false;
  let cancel = wallTimer(next, ms);
  function next(): void {
    beating = heartbeat()
      .catch(failed)
      .then(() => {
        if (!over) cancel = wallTimer(next, ms);
      });
  }
  return () => {
    over = true;
    cancel();
    return beating;
  };
}

/** No copy: the value is a window on what was fetched, which is kept as long as it is. */
class FetchedRecord implements FeedRecord {
  readonly key: string;
  readonly value: Uint8Array;
  private texts: Record<string, string> | undefined;

  constructor(private readonly message: KafkaMessage) {
    this.key = message.key?.toString() ?? '';
    this.value = message.value ?? new Uint8Array();
  }

  /** Made when somebody asks, which whoever can decode the value does not: nine texts a record are worth it. */
  get headers(): Readonly<Record<string, string>> {
    return (this.texts ??= headersOf(this.message.headers));
  }
}

function headersOf(headers: IHeaders = {}): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) texts[name] = String(headers[name]);
  return texts;
}

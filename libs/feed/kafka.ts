import { kafkaClient, REQUEST_MS, type KafkaConnection } from './kafka-client.js';
import { startFollowing, type KafkaFollowing } from './kafka-following.js';
import type { Stall } from './kafka-look.js';
import { createPositions } from './kafka-positions.js';
import { createSender, SEND_BYTES_MAX, SEND_MS } from './kafka-sender.js';
import type { SessionLimits } from './kafka-session.js';
import { BATCH_RECORDS_MAX, type Feed } from './port.js';
import { wallTimer, warnOfTrouble, type OnTrouble, type Timer } from './retry.js';

/** After this long without progress a follower is reported; the process that hosts it had better end. */
export const STALL_LIMIT_MS = 60_000;

export interface KafkaFeedOptions extends KafkaConnection {
  /** Of the pauses between attempts and between looks; sockets and heartbeats have the wall's. */
  readonly timer?: Timer;
  /** Told of every rejected handler, failed commit, and broken or refused connection of a follower; all are retried. */
  readonly onTrouble?: OnTrouble;
  /** Told once when a follower has stalled, and again only if it went on in between. Told as trouble where not given. */
  readonly onStalled?: (stall: Stall) => void;
  readonly stallLimitMs?: number;
  readonly limits?: Partial<KafkaLimits>;
}

/**
 * The least that brokers grant by default. A process that was killed, or cut off and back under a new membership, holds up
 * its group for as long; one that is taken for dead too early has some batches delivered again, nothing worse.
 */
const SESSION_MS = 6_000;

interface KafkaLimits extends SessionLimits {
  readonly requestMs: number;
  readonly sendBytesMax: number;
  readonly sendMs: number;
  /** How often a follower's lag is read from the broker. */
  readonly lookMs: number;
}

const LIMITS: KafkaLimits = {
  batchRecordsMax: BATCH_RECORDS_MAX,
  requestMs: REQUEST_MS,
  sendBytesMax: SEND_BYTES_MAX,
  sendMs: SEND_MS,
  fetchWaitMs: 500,
  heartbeatMs: 1_000,
  sessionMs: SESSION_MS,
  rebalanceMs: 30_000,
  lookMs: 1_000,
};

/**
 * The feed of the distributed profile, on topics that `ensureTopics` has made. Records are kept by the broker for ever,
 * bookmarks too (as the offsets of a consumer group per group and topic), so that a group goes on where it was, in this
 * process or another. Members of a group share the partitions of its topic; order holds within a partition, hence per key.
 *
 * `publish` resolves when all replicas in sync have the records and rejects after bounded time. Callers MUST NOT send more
 * for a key before the last call is settled; rejected records may have arrived and come twice when they are sent again.
 *
 * `follow` resolves at once: it waits for the broker and the topic, tells of trouble meanwhile, and goes on when they are
 * there. The lag is Infinity until the broker has said it, and while it does not answer.
 */
export function createKafkaFeed(options: KafkaFeedOptions): Feed {
  const { timer = wallTimer, onTrouble = warnOfTrouble, stallLimitMs = STALL_LIMIT_MS } = options;
  const { onStalled = toldAs(onTrouble) } = options;
  const limits = { ...LIMITS, ...options.limits };
  const client = kafkaClient(options, limits.requestMs);
  const sender = createSender({ ...limits, client, timer });
  const positions = createPositions(client);
  /** By group and topic, as the broker knows the group. */
  const followings = new Map<string, { readonly topic: string; readonly following: KafkaFollowing }>();
  let closed = false;

  function refuseWhenClosed(): void {
    if (closed) throw new Error('the feed is closed');
  }

  return {
    async publish(topic, records) {
      refuseWhenClosed();
      if (records.length === 0) return;
      try {
        await sender.send(topic, records);
      } finally {
        // Even a rejected send may have arrived.
        for (const followed of followings.values()) if (followed.topic === topic) followed.following.published();
      }
    },

    async follow(topic, group, handle) {
      refuseWhenClosed();
      const groupId = `${group}.${topic}`;
      const who = `${group} on ${topic}`;
      if (followings.has(groupId)) throw new Error(`${group} already follows ${topic}`);
      const following = startFollowing({
        ...{ client, topic, groupId, who, handle, positions, limits, timer, onTrouble, onStalled, stallLimitMs },
        lookMs: limits.lookMs,
        now: () => performance.now(),
      });
      followings.set(groupId, { topic, following });
      return {
        lag: following.lag,
        lagSeconds: following.lagSeconds,
        async stop() {
          await following.stop();
          if (followings.get(groupId)?.following === following) followings.delete(groupId);
        },
      };
    },

    async close() {
      closed = true;
      await Promise.all([...followings.values()].map(({ following }) => following.stop()));
      await Promise.all([sender.close(), positions.close()]);
    },
  };
}

const toldAs =
  (onTrouble: OnTrouble) =>
  ({ who, partitions, lag, ms }: Stall): void =>
    onTrouble({
      who,
      error: new Error(`no progress for ${ms} ms, ${lag} records wait in partitions ${partitions.join(', ')}`),
      failures: 1,
    });

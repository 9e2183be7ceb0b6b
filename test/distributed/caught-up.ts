import { Kafka, logLevel } from 'kafkajs';
import { setTimeout } from 'node:timers/promises';

const LOOK_AGAIN_MS = 20;

/**
 * Asks the broker how far the groups of a system are: the one place that knows it of every process. Names of the
 * system's topics begin with `prefix`.
 */
export interface Watch {
  /** Resolves once every group that has members has handled all that its topic holds. */
  handled(): Promise<void>;
  close(): Promise<void>;
}

export async function watchGroups(brokers: readonly string[], prefix: string): Promise<Watch> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();

  /** A group of a process that was killed stands where it stood, for ever. */
  async function livingGroups(): Promise<{ groupId: string; topic: string }[]> {
    const ids = (await admin.listGroups()).groups
      .map(({ groupId }) => groupId)
      .filter((id) => id.includes(`.${prefix}planledger.`));
    if (ids.length === 0) return [];
    const { groups } = await admin.describeGroups(ids);
    return groups
      .filter(({ members }) => members.length > 0)
      .map(({ groupId }) => ({ groupId, topic: groupId.slice(groupId.indexOf(`.${prefix}planledger.`) + 1) }));
  }

  async function allAtEnd(): Promise<boolean> {
    const groups = await livingGroups();
    // Offsets of groups first: what is published meanwhile counts as lag, never the other way round.
    const stands = await Promise.all(
      groups.map(async ({ groupId, topic }) => (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]),
    );
    const topics = [...new Set(groups.map(({ topic }) => topic))];
    const ends = new Map(
      await Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const)),
    );
    return groups.length > 0 && groups.every(({ topic }, index) => isAtEnd(stands[index], ends.get(topic)));
  }

  return {
    async handled() {
      // Twice: what a sector published of the last entry was not there yet when the aggregator was looked at.
      for (let calm = 0; calm < 2;) {
        calm = (await allAtEnd()) ? calm + 1 : 0;
        if (calm === 0) await setTimeout(LOOK_AGAIN_MS);
      }
    },
    close: () => admin.disconnect(),
  };
}

interface Place {
  readonly partition: number;
  readonly offset: string;
}

/** Whether a group has handled all that its topic holds; one that never committed an offset begins at the first. */
export function isAtEnd(
  stand: { readonly partitions: readonly Place[] } | undefined,
  ends: readonly { readonly partition: number; readonly high: string }[] = [],
): boolean {
  const next = new Map(stand?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.every(({ partition, high }) => Number(high) === Math.max(0, next.get(partition) ?? 0));
}

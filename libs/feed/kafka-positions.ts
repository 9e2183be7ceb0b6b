import type { Admin, Kafka } from 'kafkajs';
import type { PartitionPosition } from './kafka-look.js';

/** Asks the broker where groups stand, over one connection for all of them. */
export interface Positions {
  /** Of every partition of the topic; a group that has committed nothing stands at the first record. */
  of(topic: string, groupId: string): Promise<PartitionPosition[]>;
  close(): Promise<void>;
}

export function createPositions(client: Kafka): Positions {
  let connected: Promise<Admin> | undefined;

  async function connect(): Promise<Admin> {
    const admin = client.admin();
    await admin.connect();
    return admin;
  }

  async function read(admin: Admin, topic: string, groupId: string): Promise<PartitionPosition[]> {
    // The bookmarks first: a lag that is too great for a moment is harmless, one that is too small is not.
    const [bookmarks] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const next = new Map(bookmarks?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    const ends = await admin.fetchTopicOffsets(topic);
    return ends.map(({ partition, low, high }) => {
      const bookmark = next.get(partition) ?? -1;
      // One beyond the end is of a topic that stood here before; the group will begin again.
      const known = bookmark >= 0 && bookmark <= Number(high);
      return { partition, next: known ? bookmark : Number(low), end: Number(high) };
    });
  }

  return {
    async of(topic, groupId) {
      const mine = (connected ??= connect());
      try {
        return await read(await mine, topic, groupId);
      } catch (error) {
        // Made anew the next time, which finds brokers that have moved.
        if (connected === mine) {
          connected = undefined;
          mine.then((admin) => admin.disconnect()).catch(() => {});
        }
        throw error;
      }
    },
    close: async () => (await connected?.catch(() => undefined))?.disconnect(),
  };
}

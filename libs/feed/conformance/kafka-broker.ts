import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { Kafka, logLevel, type Admin, type ISocketFactory } from 'kafkajs';

/** The broker the specs run against, and what they make there and take away again. */
export interface TestBroker {
  readonly brokers: readonly string[];
  /** Before every topic of this run. */
  readonly prefix: string;
  readonly admin: Admin;
  /** A topic's name that nobody else has. */
  name(): string;
  create(topic: string, partitions: number): Promise<void>;
  /** An empty topic of three partitions. */
  topic(): Promise<string>;
  /** Removes the topics and groups of this run. */
  close(): Promise<void>;
}

export async function openTestBroker(): Promise<TestBroker> {
  const brokers = process.env['KAFKA_BROKERS']?.split(',');
  if (!brokers) throw new Error('KAFKA_BROKERS is not set; `npm test` starts a broker and sets it, see deploy/local');
  const prefix = `test-${randomBytes(6).toString('hex')}.`;
  const admin = new Kafka({ brokers, clientId: 'spec', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  let topics = 0;
  const name = (): string => `${prefix}${++topics}`;
  async function create(topic: string, partitions: number): Promise<void> {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }] });
  }
  return {
    ...{ brokers, prefix, admin, name, create },
    async topic() {
      const topic = name();
      await create(topic, 3);
      return topic;
    },
    async close() {
      const left = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (left.length > 0) await admin.deleteTopics({ topics: left });
      const { groups } = await admin.listGroups();
      const own = groups.map(({ groupId }) => groupId).filter((groupId) => groupId.includes(prefix));
      // A member that was cut off could not leave; its group goes when the broker misses its heartbeats.
      await admin.deleteGroups(own).catch(() => {});
      await admin.disconnect();
    },
  };
}

/** The network between a feed and its broker, which a test can cut and mend. */
export interface TestNetwork {
  readonly socketFactory: ISocketFactory;
  /** Resets every connection, and refuses new ones. */
  cut(): void;
  mend(): void;
  /** Every connection dies, and neither end hears of it. */
  drop(): void;
  /** Bytes that the broker has answered over the connections that are there. */
  answered(): number;
}

/** Nobody listens there: the address is refused at once, as that of a dead broker is. */
const NOBODY = { host: '127.0.0.1', port: 1 };

export function createTestNetwork({ up = true }: { readonly up?: boolean } = {}): TestNetwork {
  const sockets = new Set<Socket>();
  let there = up;
  return {
    socketFactory({ host, port, onConnect }) {
      const socket = connect(there ? { host, port } : NOBODY, onConnect);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    cut() {
      there = false;
      for (const socket of sockets) socket.destroy(new Error('connection reset'));
    },
    mend: () => {
      there = true;
    },
    drop() {
      // kafkajs listens for the end and for errors, of which there is none.
      for (const socket of sockets) socket.destroy();
    },
    answered: () => [...sockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0),
  };
}

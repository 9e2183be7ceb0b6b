import { Kafka as Client, logLevel } from 'kafkajs';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installed } from './installed.js';
import { type OwnedProcess, startOwned } from './owned-process.js';
import { claimPort } from './ports.js';

const run = promisify(execFile);

/** Tests start brokers often and ask little of them: compiling well costs more of two cores than it brings. */
const JVM = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
const ANSWER_MS_MAX = 1_000;
/** Names the cluster in its files, nothing else; 16 bytes in base64url. */
const CLUSTER = 'PlanLedgerLocalKafka0A';

export interface KafkaOptions {
  /** Data and logs. What an earlier start left here is served again; the port MUST then be the same. */
  readonly folder: string;
  /** Of the broker; the one after it is the controller's. Free ones when not given. */
  readonly port?: number;
}

/** One node, broker and controller. Topics are never created by being named. */
export interface Kafka {
  /** For the driver; one address. */
  readonly brokers: string;
  pid(): number;
  /** SIGKILL unless told otherwise; resolves once the node is gone (SIGSTOP, SIGCONT: at once). */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again with what it has stored; resolves once it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the node and resolves once it answers as a broker. */
export async function startKafka({ folder, port }: KafkaOptions): Promise<Kafka> {
  const own = await claimPort(port);
  const controller = await claimPort(port === undefined ? undefined : port + 1);
  const brokers = `127.0.0.1:${own}`;
  const properties = join(folder, 'kafka.properties');
  const data = join(folder, 'kafka');
  mkdirSync(folder, { recursive: true });
  writeFileSync(properties, propertiesOf(data, brokers, `127.0.0.1:${controller}`));
  if (!existsSync(join(data, 'meta.properties'))) {
    await run('java', [...JVM, ...classPath(), 'kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', properties]);
  }
  let node = startNode(folder, properties);
  async function ready(): Promise<void> {
    try {
      await node.until(() => answers(brokers));
    } catch (error) {
      await node.stop();
      throw error;
    }
  }
  await ready();
  return {
    brokers,
    pid: () => node.pid,
    kill: (signal = 'SIGKILL') => node.kill(signal),
    async restart() {
      await node.stop();
      node = startNode(folder, properties);
      await ready();
    },
    stop: () => node.stop(),
  };
}

const classPath = (): string[] => ['-cp', join(installed('kafka/lib'), '*')];

const startNode = (folder: string, properties: string): OwnedProcess =>
  startOwned({
    command: 'java',
    args: [...JVM, '-Dlog4j2.level=INFO', ...classPath(), 'kafka.Kafka', properties],
    log: join(folder, 'kafka.log'),
  });

/**
 * Everything is kept once: there is one node. A node that was killed is let in again when its old session has ended,
 * after 9 s if nothing were said here. No delay before a group's first assignment: nobody else is to come.
 */
const propertiesOf = (data: string, broker: string, controller: string): string => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${controller}
listeners=PLAINTEXT://${broker},CONTROLLER://${controller}
controller.listener.names=CONTROLLER
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
`;

/**
 * Whether it serves groups: the last thing a broker does, and the first thing a consumer fails at. Asking makes it create
 * the topic of their offsets, which has one partition: what holds for this group holds for all.
 */
async function answers(brokers: string): Promise<boolean> {
  const client = new Client({
    brokers: [brokers],
    connectionTimeout: ANSWER_MS_MAX,
    requestTimeout: ANSWER_MS_MAX,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = client.admin();
  try {
    await admin.connect();
    // Learns the addresses of the brokers; the next question goes to one of them.
    await admin.listGroups();
    await admin.fetchOffsets({ groupId: 'nobody' });
    return true;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
}

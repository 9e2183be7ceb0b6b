import kafkajs, { type Admin } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-client.js';
import { PLAN_TOPIC, sectorTopic, STANDINGS_TOPIC } from './port.js';

// Not found by name by Node's look at a CommonJS module.
const { ConfigResourceTypes } = kafkajs;

export interface TopicsPlan {
  /** Slugs of the sectors that have a topic. */
  readonly sectors: readonly string[];
  /** Of the topics of sectors and of standings: the most processes that can share the work of one. For ever. */
  readonly partitions: number;
  /** Copies of every partition; from three on, two MUST have a record before its publish resolves. */
  readonly replication: number;
  /** Put before every name, so that tests do not meet. */
  readonly prefix?: string;
  readonly access?: KafkaConnection['access'];
}

/**
 * Makes the topics of a deployment that are missing and answers their names. Run it before the first process starts, and
 * again after every change of this file: it refuses, naming every difference and changing nothing, where a topic stands
 * with other settings than those stated here. Among these partitions weigh most: more of them later give keys to other
 * partitions, and their order is lost.
 */
export async function ensureTopics(brokers: readonly string[], plan: TopicsPlan): Promise<string[]> {
  const topics = statedTopics(plan);
  const admin = kafkaClient({ brokers, access: plan.access }).admin();
  await admin.connect();
  try {
    const names = new Set(await admin.listTopics());
    const standing = topics.filter(({ topic }) => names.has(topic));
    const differences = standing.length === 0 ? [] : differencesOf(standing, await readTopics(admin, standing));
    if (differences.length > 0) throw new TopicsDiffer(differences);
    const missing = topics.filter(({ topic }) => !names.has(topic));
    if (missing.length > 0) await create(admin, missing);
    return missing.map(({ topic }) => topic);
  } finally {
    await admin.disconnect();
  }
}

export class TopicsDiffer extends Error {
  constructor(readonly differences: readonly string[]) {
    super(`topics stand with other settings than stated:\n${differences.join('\n')}`);
  }
}

interface TopicSettings {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly config: Readonly<Record<string, string>>;
}

function statedTopics({ sectors, partitions, replication, prefix = '' }: TopicsPlan): TopicSettings[] {
  const safe = {
    'min.insync.replicas': replication >= 3 ? '2' : '1',
    // A replica that has missed records never leads: acknowledged is not lost.
    'unclean.leader.election.enable': 'false',
    'max.message.bytes': String(1_024 * 1_024 + 12),
    'retention.ms': '-1',
    'retention.bytes': '-1',
  };
  // The policy is called delete; with no limit of time or size nothing ever is, and nothing is compacted.
  const keptForEver = { ...safe, 'cleanup.policy': 'delete' };
  // Of a key (plan/stream) the last standing says all that the earlier ones said.
  const compacted = { ...safe, 'cleanup.policy': 'compact' };
  return [
    ...sectors.map((sector) => ({ topic: sectorTopic(sector), partitions, replication, config: keptForEver })),
    // The plan, its periods and its cases are folded into one state, in one order.
    { topic: PLAN_TOPIC, partitions: 1, replication, config: keptForEver },
    { topic: STANDINGS_TOPIC, partitions, replication, config: compacted },
  ].map((settings) => ({ ...settings, topic: prefix + settings.topic }));
}

async function create(admin: Admin, missing: readonly TopicSettings[]): Promise<void> {
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(({ topic, partitions, replication, config }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replication,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    })),
  });
}

/** How the topics stand with the broker, of their settings those that are stated. */
async function readTopics(admin: Admin, stated: readonly TopicSettings[]): Promise<Map<string, TopicSettings>> {
  const names = stated.map(({ topic }) => topic);
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: stated.map(({ topic, config }) => ({
      type: ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: Object.keys(config),
    })),
  });
  const configs = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      {
        topic: name,
        partitions: partitions.length,
        replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        config: configs.get(name) ?? {},
      },
    ]),
  );
}

function differencesOf(stated: readonly TopicSettings[], standing: ReadonlyMap<string, TopicSettings>): string[] {
  return stated.flatMap((wanted) => {
    const found = standing.get(wanted.topic);
    const [want, have] = [flat(wanted), found ? flat(found) : {}];
    return Object.entries(want)
      .filter(([name, value]) => have[name] !== value)
      .map(([name, value]) => `${wanted.topic}: ${name} is ${have[name] ?? 'not known'}, stated is ${value}`);
  });
}

const flat = ({ partitions, replication, config }: TopicSettings): Record<string, string> => ({
  partitions: String(partitions),
  replication: String(replication),
  ...config,
});

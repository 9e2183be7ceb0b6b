import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigResourceTypes } from 'kafkajs';
import { openTestBroker, type TestBroker } from './conformance/kafka-broker.js';
import { ensureTopics, TopicsDiffer } from './kafka-topics.js';

let broker: TestBroker;
beforeAll(async () => {
  broker = await openTestBroker();
});
afterAll(() => broker.close());

const plan = (prefix: string) => ({ sectors: ['education', 'health'], partitions: 4, replication: 1, prefix });

async function policyOf(topic: string): Promise<string | undefined> {
  const { resources } = await broker.admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['cleanup.policy', 'retention.ms'] }],
  });
  const entries = resources[0]?.configEntries ?? [];
  return entries.map(({ configName, configValue }) => `${configName}=${configValue}`).join(' ');
}

describe('the topics of a deployment', () => {
  test('are made as stated: entries kept for ever, standings compacted, the plan in one order', async () => {
    const prefix = `${broker.name()}.`;
    const names = ['education', 'health', 'plan', 'standings'].map((name) => `${prefix}planledger.${name}`);
    expect(await ensureTopics(broker.brokers, plan(prefix))).toEqual(names);
    const { topics } = await broker.admin.fetchTopicMetadata({ topics: names });
    const partitions = new Map(topics.map((topic) => [topic.name, topic.partitions.length]));
    expect(names.map((name) => partitions.get(name))).toEqual([4, 4, 1, 4]);
    expect(await policyOf(`${prefix}planledger.education`)).toBe('cleanup.policy=delete retention.ms=-1');
    expect(await policyOf(`${prefix}planledger.plan`)).toBe('cleanup.policy=delete retention.ms=-1');
    expect(await policyOf(`${prefix}planledger.standings`)).toBe('cleanup.policy=compact retention.ms=-1');
  });

  test('made twice are made once, and a sector that comes later gets its own', async () => {
    const prefix = `${broker.name()}.`;
    await ensureTopics(broker.brokers, plan(prefix));
    expect(await ensureTopics(broker.brokers, plan(prefix))).toEqual([]);
    const more = { ...plan(prefix), sectors: ['education', 'health', 'housing'] };
    expect(await ensureTopics(broker.brokers, more)).toEqual([`${prefix}planledger.housing`]);
  });

  test('are refused, naming every difference and changing nothing, where one stands otherwise', async () => {
    const prefix = `${broker.name()}.`;
    await ensureTopics(broker.brokers, { ...plan(prefix), sectors: ['education'], partitions: 2 });
    await broker.admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: `${prefix}planledger.plan`,
          configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
        },
      ],
    });
    const refusal: unknown = await ensureTopics(broker.brokers, plan(prefix)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TopicsDiffer);
    const differences = refusal instanceof TopicsDiffer ? refusal.differences : [];
    expect(differences).toEqual(
      expect.arrayContaining([
        `${prefix}planledger.education: partitions is 2, stated is 4`,
        `${prefix}planledger.plan: cleanup.policy is compact, stated is delete`,
        `${prefix}planledger.standings: partitions is 2, stated is 4`,
      ]),
    );
    expect(differences.join('\n')).not.toContain('health');
    expect(await broker.admin.listTopics()).not.toContain(`${prefix}planledger.health`);
  });
});

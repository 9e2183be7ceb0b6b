import { afterAll } from '@jest/globals';
import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed } from '@planledger/host';
import { SECTORS } from '@planledger/sectors';
import { startTestApp } from '@planledger/testing';
import { randomUUID } from 'node:crypto';
import { removeSystem, servers } from '../servers.js';
import { describeScenarios } from './profile.js';

const prefix = `scenarios-${randomUUID().slice(0, 8)}-`;

describeScenarios('on Kafka and MongoDB', async (options) => {
  const { mongoUrl, brokers } = servers();
  await ensureTopics(brokers, { sectors: [...SECTORS.keys()], partitions: 3, replication: 1, prefix });
  const open = (cacheFolder: string, clock: (plan: string) => number) =>
    openDistributed({ mongoUrl, brokers, prefix, cacheFolder }, undefined, clock);
  return startTestApp({ ...options, open });
});
// After the system is closed: hooks run in the order in which they were written.
afterAll(() => removeSystem(prefix));

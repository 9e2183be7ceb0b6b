import { ensureTopics } from '@planledger/feed/kafka-topics';
import { openDistributed } from '@planledger/host';
import { SECTORS } from '@planledger/sectors';
import { SERVICES } from '@planledger/standalone-service/services';
import { startTestApp, type TestAppOptions } from '@planledger/testing';
import { servers } from '../servers.js';
import { CLERK, PLAN, prepareProjects, TODAY } from './fixture.js';

/**
 * Child of the benchmark: the whole system on a port of its own, told to the parent with a clerk's token. On SQLite and
 * in memory, or, where it is given what their names begin with, on a database and topics of the servers.
 */
const [, , prefix] = process.argv;
const open: TestAppOptions['open'] = async (cacheFolder, clock) => {
  const { mongoUrl, brokers } = servers();
  await ensureTopics(brokers, { sectors: [...SECTORS.keys()], partitions: 3, replication: 1, prefix: prefix ?? '' });
  return openDistributed({ mongoUrl, brokers, prefix: prefix ?? '', cacheFolder }, undefined, clock);
};
const app = await startTestApp({
  ...{ services: SERVICES, prepare: prepareProjects, clock: () => TODAY },
  ...(prefix === undefined ? {} : { open }),
});
await app.caughtUp(PLAN);
process.send?.({ url: app.url, token: await app.token(CLERK) });
process.on('message', (message) => {
  if (message !== 'stop') return;
  void app.close().then(() => process.exit(0));
});
// A parent that died leaves no server behind.
process.on('disconnect', () => process.exit(1));

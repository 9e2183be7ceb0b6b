import { SERVICES } from '@planledger/standalone-service/services';
import { startTestApp } from '@planledger/testing';
import { CLERK, PLAN, prepareProjects, TODAY } from './fixture.js';

/** Child of the benchmark: the whole system on a port of its own, told to the parent with a clerk's token. */
const app = await startTestApp({ services: SERVICES, prepare: prepareProjects, clock: () => TODAY });
await app.caughtUp(PLAN);
process.send?.({ url: app.url, token: await app.token(CLERK) });
process.on('message', (message) => {
  if (message !== 'stop') return;
  void app.close().then(() => process.exit(0));
});
// A parent that died leaves no server behind.
process.on('disconnect', () => process.exit(1));

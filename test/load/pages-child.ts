import { builtPages } from '@planledger/dashboard-service';
import { createApp, openEmbedded } from '@planledger/host';
import { SERVICES } from '@planledger/standalone-service/services';
import { PLAN, TODAY } from './fixture.js';

/** Child of the benchmark: standalone with its pages, on a ledger that was written before; told to the parent once it has caught up. */
const [, , folder = ''] = process.argv;
const platform = openEmbedded(folder, undefined, () => TODAY);
platform.plans.push(PLAN);
const pages = builtPages();
if (pages === undefined) throw new Error('the pages are not built: npm run build');
const app = await createApp(platform, SERVICES, { docs: false, pages });
await app.listen(0, '127.0.0.1');
const url = await app.getUrl();
while (!(await fetch(`${url}/health/ready`)).ok) await new Promise((resolve) => setTimeout(resolve, 50));
process.send?.({ url, token: await platform.demo?.issue('commission') });
process.on('message', (message) => {
  if (message !== 'stop') return;
  void app
    .close()
    .then(() => platform.close())
    .then(() => process.exit(0));
});
// A parent that died leaves no server behind.
process.on('disconnect', () => process.exit(1));

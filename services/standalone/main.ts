import {
  clockOf,
  createApp,
  demoClock,
  ensurePlan,
  openEmbedded,
  readConfig,
  readPlan,
  refuse,
} from '@planledger/host';
import { shippedPlan } from '@planledger/plan';
import { writeDemoHistory } from '@planledger/testing/demo';
import { builtPages } from '@planledger/dashboard-service';
import { SERVICES } from './services.js';

/** The whole system in one process (the embedded profile): loads the plans, then serves. */
async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2), process.env, [shippedPlan('kaifeng-145')]);
  if (Array.isArray(config)) return refuse(config);
  const clock = demoClock();
  const platform = openEmbedded(config.dataDir, config.oidc, clockOf(clock));
  const problems: string[] = [];
  for (const folder of config.planFolders) {
    const plan = readPlan(folder);
    if (Array.isArray(plan)) problems.push(...plan);
    else problems.push(...(await ensurePlan(platform, plan.plan.id, plan, false)));
    if (Array.isArray(plan)) continue;
    platform.plans.push(plan.plan.id);
    if (!config.demo) continue;
    const demo = `${plan.plan.id}-demo`;
    problems.push(...(await writeDemoHistory(platform, demo, plan, clock)));
    platform.plans.push(demo);
  }
  if (problems.length > 0) return refuse(problems);

  const app = await createApp(platform, SERVICES, { pages: builtPages() });
  await app.listen(config.port, config.host);
  const address = await app.getUrl();
  console.log(
    `PlanLedger 规划台账 serves ${platform.plans.join(' and ')} at ${address} (documentation: ${address}/docs)`,
  );
  if (platform.demo) {
    console.log(
      `Demo people sign in from this machine only: GET ${address}/api/demo/people. Set OIDC_ISSUER for real ones.`,
    );
  }
}

await main();

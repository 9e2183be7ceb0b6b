import {
  clockOf,
  demoClock,
  ensurePlan,
  isDemo,
  makeTopics,
  openDistributed,
  readPlan,
  readPreparation,
  refuse,
  untilOpen,
} from '@planledger/host';
import { writeDemoHistory } from '@planledger/testing/demo';

/**
 * Before the services of the distributed profile start, and again with every new version: makes the topics that are
 * missing, and loads the plans that are not in the ledger yet, `<plan>-demo` with its simulated history. Refuses topics
 * and plans that stand otherwise than stated. May be ended at any moment and run again.
 */
async function main(): Promise<void> {
  const config = readPreparation(process.env);
  if (Array.isArray(config)) return refuse(config);
  const { servers, plans, folders, partitions, replication } = config;
  const made = await untilOpen('prepare', () => makeTopics(servers, { partitions, replication }));
  say(`topics made: ${made.length === 0 ? 'none was missing' : made.join(', ')}`);

  const clock = demoClock();
  const platform = await untilOpen('prepare', () => openDistributed(servers, undefined, clockOf(clock)));
  try {
    const problems: string[] = [];
    for (const folder of folders) {
      const plan = readPlan(folder);
      if (Array.isArray(plan)) {
        problems.push(...plan);
        continue;
      }
      const { id } = plan.plan;
      for (const wanted of plans.filter((each) => each === id || each === `${id}-demo`)) {
        const found = isDemo(wanted)
          ? await writeDemoHistory(platform, wanted, plan, clock)
          : await ensurePlan(platform, wanted, plan, false);
        problems.push(...found);
        if (found.length === 0) say(`${wanted}: loaded`);
      }
    }
    if (problems.length > 0) refuse(problems);
  } finally {
    await platform.close();
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await main();

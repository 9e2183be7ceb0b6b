import { demoClock, importPlan, openWriteSide, type Platform, type ServiceModule } from '@planledger/host';
import { loadPlan, planEvents, shippedPlan, type LoadedPlan } from '@planledger/plan';
import { startTestApp, type TestApp } from './app.js';
import { writeDemoHistory } from './demo.js';

export const DEMO_PLAN = 'kaifeng-145-demo';

/** The shipped plan; a plan that does not load fails the test that asked. */
export function shipped(name: string): LoadedPlan {
  const result = loadPlan(shippedPlan(name));
  if ('problems' in result) throw new Error(result.problems.map(({ reason }) => reason).join('\n'));
  return result.plan;
}

/** Imports a plan into its empty ledger. */
export async function loadInto(platform: Platform, id: string, plan: LoadedPlan, demo: boolean): Promise<string[]> {
  const side = await openWriteSide(platform, id);
  try {
    if (side.appender.wide().plan.loaded) return [];
    const rejection = await importPlan(side, id, planEvents(plan, '2022-04-06', { demo }), demo);
    return rejection ? [rejection.rejected] : [];
  } finally {
    await side.stop();
  }
}

/** The system with the demo plan and its history, on the demo's clock. */
export async function startDemoApp(services: readonly ServiceModule[]): Promise<TestApp> {
  const clock = demoClock(() => 0);
  return startTestApp({
    services,
    clock: () => clock.now(),
    prepare: async (platform) => {
      const problems = await writeDemoHistory(platform, DEMO_PLAN, shipped('kaifeng-145'), clock);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      platform.plans.push(DEMO_PLAN);
    },
  });
}

import { DEMO_LAST_DAY, type DemoClock, ensurePlan, openedAt, openWriteSide, type Platform } from '@planledger/host';
import type { LoadedPlan } from '@planledger/plan';
import { DEMO_FIRST_DAY, demoHistory, type HistorySize } from './demo-history.js';
import { writeSteps } from './demo-writer.js';

/**
 * Loads the demo plan and writes its simulated history through the real deciders, unless it stands already; a history
 * that broke off is continued, because its command ids are the same every time. Says what went wrong.
 */
export async function writeDemoHistory(
  platform: Platform,
  id: string,
  plan: LoadedPlan,
  clock: DemoClock,
  size: HistorySize = {},
): Promise<string[]> {
  clock.set(openedAt(DEMO_FIRST_DAY));
  const problems = await ensurePlan(platform, id, plan, true);
  let last = '';
  for (const { commandId } of demoHistory(plan, size)) last = commandId;
  const written = last === '' || (await platform.ledger.findCommand(id, last)) !== undefined;
  if (problems.length === 0 && !written) {
    const side = await openWriteSide(platform, id);
    try {
      problems.push(...(await writeSteps(side, id, demoHistory(plan, size), clock)));
    } finally {
      await side.stop();
    }
  }
  clock.set(openedAt(DEMO_LAST_DAY));
  return problems;
}

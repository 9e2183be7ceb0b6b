import { importPlan, openWriteSide, type Platform } from '@planledger/host';
import { differences, loadPlan, type LoadedPlan, planEvents } from '@planledger/plan';
import { shanghaiDate } from '@planledger/kernel';
import { fileURLToPath } from 'node:url';

/** The real plan that ships with PlanLedger. */
export const KAIFENG = fileURLToPath(new URL('../../../libs/plan/data/kaifeng-145', import.meta.url));

/** Reads a folder as a plan, or says all that is wrong with it, a line each: file, path, reason. */
export function readPlan(folder: string): LoadedPlan | string[] {
  const result = loadPlan(folder);
  if ('plan' in result) return result.plan;
  return result.problems.map(({ file, path, reason }) => `${file}: ${path}: ${reason}`);
}

/**
 * Makes sure that the ledger of `id` holds exactly this plan: imports it into an empty ledger, goes on with an import
 * that broke off, and refuses files that differ from what is loaded, naming each difference: a plan in force is changed
 * by entries, never by editing its files.
 */
export async function ensurePlan(platform: Platform, id: string, plan: LoadedPlan, demo: boolean): Promise<string[]> {
  const side = await openWriteSide(platform, id);
  try {
    const state = side.appender.wide().plan;
    if (state.loaded) {
      return differences(state, plan).map((difference) => `${id}: differs from the loaded plan: ${difference}`);
    }
    const today = shanghaiDate(platform.clock(id));
    // An import that broke off yesterday goes on with yesterday's day.
    const rejection = await importPlan(side, id, planEvents(plan, state.plan?.goLive ?? today, { demo }), demo);
    return rejection ? [`${id}: ${rejection.rejected} ${JSON.stringify(rejection.details)}`] : [];
  } finally {
    await side.stop();
  }
}

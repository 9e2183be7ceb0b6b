import type { EventInit } from '@planledger/contracts';
import { reject, type Rejection, shanghaiDate } from '@planledger/kernel';
import { differences, loadPlan, type LoadedPlan, planEvents } from '@planledger/plan';
import { IMPORT_EVENTS_MAX, type ImportPlan } from '@planledger/project';
import { createHash } from 'node:crypto';
import type { Platform } from './platform.js';
import { openWriteSide, type WriteSide } from './write-side.js';

const OPERATOR = { subject: 'operator', unit: 'system', role: 'operator' } as const;

/**
 * Writes a plan's events into its ledger, a commit at a time, continuing an import that broke off: the parts already
 * there are recognised by their command ids. What they say takes effect with the last one (PlanLoaded).
 */
export async function importPlan(
  { appender }: Pick<WriteSide, 'appender'>,
  plan: string,
  events: readonly EventInit[],
  simulated: boolean,
): Promise<Rejection | undefined> {
  for (let after = 0; after < events.length; after += IMPORT_EVENTS_MAX) {
    const part = events.slice(after, after + IMPORT_EVENTS_MAX);
    const command: ImportPlan = { kind: 'import', events: part, after, by: OPERATOR, simulated };
    const bodyDigest = createHash('sha256').update(JSON.stringify(part, bigintsAsText)).digest('hex');
    const answer = await appender.submit({ commandId: `import-${plan}-${after}`, bodyDigest, command });
    if (answer.kind === 'rejected') return answer.rejection;
    if (answer.kind !== 'accepted') return reject('IMPORT_INTERRUPTED', { expected: after, found: answer.kind });
  }
  return undefined;
}

const bigintsAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

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

import { DEMO_PEOPLE, type Principal } from '@planledger/auth';
import { Channel } from '@planledger/contracts';
import { openWriteSide, type Platform, type WriteSide } from '@planledger/host';
import type { LoadedPlan } from '@planledger/plan';
import {
  type Asker,
  caseIdFor,
  type Command,
  commandNamed,
  CorrectBody,
  projectIdFor,
  RetractBody,
  validateBody,
} from '@planledger/project';
import { DEMO_FIRST_DAY, DEMO_LAST_DAY, demoHistory, type DemoStep } from './demo-history.js';

/** The demo plan's clock: stands at the last day of its history, and moves on with real time inside that day only. */
export interface DemoClock {
  now(): number;
  /** Sets the simulated instant, in milliseconds since 1970 UTC. */
  set(epochMs: number): void;
}

const shanghai = (date: string, time: string): number => Date.parse(`${date}T${time}+08:00`);

export function demoClock(realNow: () => number = () => Date.now()): DemoClock {
  const endOfDay = shanghai(DEMO_LAST_DAY, '23:59:59.999');
  let [simulated, since] = [shanghai(DEMO_LAST_DAY, '09:00:00.000'), realNow()];
  return {
    now: () => Math.min(endOfDay, simulated + (realNow() - since)),
    set: (epochMs) => {
      [simulated, since] = [epochMs, realNow()];
    },
  };
}

type EnsurePlan = (platform: Platform, id: string, plan: LoadedPlan, demo: boolean) => Promise<string[]>;

/**
 * Loads the demo plan and writes its simulated history through the real deciders, unless it stands already; a history
 * that broke off is continued, because its command ids are the same every time. Says what went wrong.
 */
export async function writeDemoHistory(
  platform: Platform,
  id: string,
  plan: LoadedPlan,
  clock: DemoClock,
  ensurePlan: EnsurePlan,
): Promise<string[]> {
  clock.set(shanghai(DEMO_FIRST_DAY, '09:00:00.000'));
  const problems = await ensurePlan(platform, id, plan, true);
  const steps = demoHistory(plan);
  const last = steps.at(-1);
  const written = last === undefined || (await platform.ledger.findCommand(id, last.commandId)) !== undefined;
  if (problems.length === 0 && !written) {
    const side = await openWriteSide(platform, id);
    try {
      problems.push(...(await writeSteps(side, id, steps, clock)));
    } finally {
      await side.stop();
    }
  }
  clock.set(shanghai(DEMO_LAST_DAY, '09:00:00.000'));
  return problems;
}

async function writeSteps(
  side: WriteSide,
  plan: string,
  steps: readonly DemoStep[],
  clock: DemoClock,
): Promise<string[]> {
  /** Positions that steps wrote, for the corrections about them. */
  const positions = new Map<string, number>();
  for (const step of steps) {
    clock.set(shanghai(step.day, '10:00:00.000'));
    const command = commandOf(step, plan, positions, clock);
    if (Array.isArray(command)) return [`demo ${step.commandId} ${step.command}: ${command.join('; ')}`];
    const { commandId } = step;
    const answer = await side.appender.submit({ commandId, bodyDigest: commandId.padEnd(64, '0'), command });
    if (answer.kind !== 'accepted') return [`demo ${commandId} ${step.command}: ${JSON.stringify(answer)}`];
    const [entry] = answer.receipt.entries;
    if (entry) positions.set(commandId, entry.position);
  }
  return [];
}

/** The step as intake would hand it over, or every violation of its shape. */
function commandOf(
  step: DemoStep,
  plan: string,
  positions: ReadonlyMap<string, number>,
  clock: DemoClock,
): Command | string[] {
  const by = askerOf(step.person, clock);
  const row = commandNamed(step.command);
  const idFor = row?.on === 'case' ? caseIdFor : projectIdFor;
  const params = 'id' in step.params ? { ...step.params, id: idFor(plan, step.params['id'] ?? '') } : step.params;
  if (step.command === 'correct' || step.command === 'retract') {
    const shape: new () => RetractBody = step.command === 'correct' ? CorrectBody : RetractBody;
    const body = validateBody(shape, step.body);
    if (Array.isArray(body)) return body.map(({ field, problem }) => `${field} ${problem}`);
    const entry = positions.get(step.about ?? '') ?? 0;
    return { kind: step.command, stream: `project/${params['id'] ?? ''}`, entry, body, by };
  }
  if (!row) return ['no such command'];
  const position = positions.get(step.about ?? '');
  // Later facts are named in the body, what else is answered in the route.
  const statement = row.makes === 'outputVerified' && position !== undefined ? { statement: position } : {};
  const body = validateBody(row.body, { ...step.body, ...statement });
  if (Array.isArray(body)) return body.map(({ field, problem }) => `${field} ${problem}`);
  return {
    kind: 'row',
    row,
    params: position === undefined ? params : { ...params, position: String(position) },
    body,
    by,
    ...(row.on === 'request' ? { stream: `project/${params['id'] ?? ''}` } : {}),
  };
}

function askerOf(person: string, clock: DemoClock): Asker {
  const found = DEMO_PEOPLE.find(({ id }) => id === person);
  if (!found) throw new RangeError(`no demo person ${person}`);
  const { unit, role, plans, sectors, counties } = found;
  const principal: Principal = { subject: person, unit, role, plans, sectors, counties };
  return { principal, channel: Channel.WEB, reportedAt: new Date(clock.now()).toISOString() };
}

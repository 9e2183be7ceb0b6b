import { Channel } from '@planledger/contracts';
import { DEMO_PEOPLE, type Principal } from '@planledger/auth';
import { type Command, COMMANDS, projectIdFor, validateBody } from '@planledger/project';
import { ensurePlan, type OpenPlatform, openWriteSide, readPlan } from '@planledger/host';
import { shippedPlan } from '@planledger/plan';

export const PLAN = 'kaifeng-145-demo';
export const TODAY = Date.parse('2025-10-31T09:00:00+08:00');
/** Streams that the load is spread over. */
export const PROJECTS = 400;

const principal = (id: string): Principal => {
  const person = DEMO_PEOPLE.find((one) => one.id === id);
  if (!person) throw new Error(`no demo person ${id}`);
  const { unit, role, plans, sectors, counties } = person;
  return { subject: id, unit, role, plans, sectors, counties };
};

export const CLERK = 'clerk-education-410212';

/** A command of the table as intake would hand it over. */
export function rowCommand(name: string, params: Record<string, string>, raw: object): Command {
  const row = COMMANDS.find((one) => one.name === name);
  if (!row) throw new Error(`no command ${name}`);
  const body = validateBody(row.body, raw);
  if (Array.isArray(body)) throw new Error(JSON.stringify(body));
  return {
    kind: 'row',
    row,
    params,
    body,
    by: { principal: principal(CLERK), channel: Channel.API, reportedAt: '2025-10-31T01:00:00.000Z' },
  };
}

export const projectId = (index: number): string => projectIdFor(PLAN, `load-project-${index}`);

const example = (name: string): object => COMMANDS.find((row) => row.name === name)?.example ?? {};

/** Loads the plan and registers PROJECTS projects with a milestone plan each, so that progress can be reported. */
export async function prepareProjects(platform: OpenPlatform): Promise<void> {
  const plan = readPlan(shippedPlan('kaifeng-145'));
  if (Array.isArray(plan)) throw new Error(plan.join('\n'));
  const problems = await ensurePlan(platform, PLAN, { ...plan, plan: { ...plan.plan, goLive: '2022-04-06' } }, true);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  platform.plans.push(PLAN);
  const side = await openWriteSide(platform, PLAN);
  const submit = async (commandId: string, command: Command): Promise<void> => {
    const answer = await side.appender.submit({ commandId, bodyDigest: commandId, command });
    if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
  };
  for (let index = 0; index < PROJECTS; index += 1) {
    const id = projectId(index);
    const register = { ...example('registerProject'), codes: [], name: `压测项目${index}` };
    await submit(`load-project-${index}`, rowCommand('registerProject', { id }, register));
    await submit(`load-link-${index}`, rowCommand('linkProject', { id }, example('linkProject')));
    await submit(`load-plan-${index}`, rowCommand('setMilestonePlan', { id }, example('setMilestonePlan')));
  }
  await side.stop();
}

/** A report; the same each time, because 64 connections arrive in any order and cumulative figures never go back. */
export const progressBody = (): object => ({
  occurredOn: '2025-10-30',
  quantities: [
    { milestone: 'foundation', done: 4000 },
    { milestone: 'topping-out', done: 6000 },
  ],
  completedYuan: 9_000_000,
});

/** The middle, the 99th percentile and the worst of what was taken. */
export function quantiles(taken: readonly number[]) {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: sorted.at(-1) ?? 0 };
}

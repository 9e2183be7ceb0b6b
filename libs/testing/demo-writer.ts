import { DEMO_PEOPLE, type Principal } from '@planledger/auth';
import { Channel } from '@planledger/contracts';
import { type DemoClock, sentAt, type WriteSide } from '@planledger/host';
import {
  type Asker,
  caseIdFor,
  type Command,
  commandNamed,
  type CommandRow,
  CorrectBody,
  paramsFor,
  projectIdFor,
  RetractBody,
  validateBody,
} from '@planledger/project';
import type { DemoStep } from './demo-step.js';

/** The appender's queue is longer; more would only wait there. */
const IN_FLIGHT_MAX = 2_000;

/**
 * Hands the steps to the appender in their order, many at a time, so that they share commits; positions follow that
 * order. A step about an earlier one waits for its position, and a day for the end of the day before: what a commit
 * writes is recorded at one instant of the clock. Says what went wrong; stops at the first.
 */
export async function writeSteps(
  { appender }: Pick<WriteSide, 'appender'>,
  plan: string,
  steps: Iterable<DemoStep>,
  clock: DemoClock,
): Promise<string[]> {
  const problems: string[] = [];
  /** Positions of what may be answered, corrected or retracted. */
  const positions = new Map<string, number>();
  let inFlight: Promise<void>[] = [];
  let today = '';
  const settle = async (): Promise<void> => {
    await Promise.all(inFlight);
    inFlight = [];
  };
  for (const step of steps) {
    const { commandId, about, day } = step;
    if (day !== today || inFlight.length >= IN_FLIGHT_MAX) await settle();
    else if (about !== undefined && !positions.has(about)) await settle();
    if (problems.length > 0) break;
    if (day !== today) clock.set(sentAt((today = day)));
    const command = commandOf(step, plan, positions.get(about ?? ''), clock.now());
    if (Array.isArray(command)) {
      problems.push(`demo ${commandId} ${step.command}: ${command.join('; ')}`);
      break;
    }
    const done = appender.submit({ commandId, bodyDigest: commandId.padEnd(64, '0'), command }).then((answer) => {
      if (answer.kind !== 'accepted') {
        problems.push(`demo ${commandId} ${step.command}: ${JSON.stringify(answer)}`);
      } else if (ANSWERED.has(step.command)) positions.set(commandId, answer.receipt.entries[0]?.position ?? 0);
    });
    inFlight.push(done);
  }
  await settle();
  return problems;
}

/** Commands whose entries later steps are about. */
const ANSWERED: ReadonlySet<string> = new Set([
  ...['claimMilestone', 'reportProgress', 'stateOutputFacts', 'exemptMilestone', 'requestRebaseline'],
  ...['deliverOutput', 'correct', 'retract', 'approveRequest', 'closePeriod'],
]);

/** The step as intake would hand it over, or every violation of its shape. */
function commandOf(step: DemoStep, plan: string, position: number | undefined, nowMs: number): Command | string[] {
  const by = askerOf(step.person, nowMs);
  const row = commandNamed(step.command);
  const { id } = step.params;
  const idFor = row?.on === 'case' ? caseIdFor : projectIdFor;
  const params = id === undefined ? step.params : { ...step.params, id: idFor(plan, id) };
  const stream = `project/${params['id'] ?? ''}`;
  if (step.command === 'correct' || step.command === 'retract') {
    const shape: new () => RetractBody = step.command === 'correct' ? CorrectBody : RetractBody;
    const body = validateBody(shape, step.body);
    if (Array.isArray(body)) return body.map(({ field, problem }) => `${field} ${problem}`);
    return { kind: step.command, stream, entry: position ?? 0, body, by };
  }
  if (!row) return ['no such command'];
  const named = position === undefined ? {} : inBody(row, position);
  const body = validateBody(row.body, { ...withIds(step.body, plan), ...named });
  if (Array.isArray(body)) return body.map(({ field, problem }) => `${field} ${problem}`);
  return {
    kind: 'row',
    row,
    params: paramsFor(
      row,
      plan,
      step.commandId,
      position === undefined ? params : { ...params, position: String(position) },
    ),
    body,
    by,
    ...(row.on === 'request' ? { stream } : {}),
  };
}

/** An entry that is named in the body, where that is not done in the route: later facts, what a report knew, findings. */
function inBody({ makes, on }: CommandRow, position: number): object {
  if (makes === 'outputVerified') return { statement: position };
  if (makes === 'reportPublished') return { at: position };
  return on === 'case' ? { entries: [position] } : {};
}

/** Successors, and what a case is about, are named by the command ids of their registrations. */
function withIds(body: DemoStep['body'], plan: string): object {
  const { into, about } = body;
  if (typeof about === 'string') return { ...body, about: `project/${projectIdFor(plan, about)}` };
  if (typeof into === 'string') return { ...body, into: projectIdFor(plan, into) };
  return Array.isArray(into) ? { ...body, into: into.map((id) => projectIdFor(plan, String(id))) } : body;
}

const principals = new Map<string, Principal>(
  DEMO_PEOPLE.map(({ id, unit, role, plans, sectors, counties }) => [
    id,
    { subject: id, unit, role, plans, sectors, counties },
  ]),
);

function askerOf(person: string, nowMs: number): Asker {
  const principal = principals.get(person);
  if (!principal) throw new RangeError(`no demo person ${person}`);
  return { principal, channel: Channel.WEB, reportedAt: new Date(nowMs).toISOString() };
}

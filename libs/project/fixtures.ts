import { DEMO_PEOPLE, type Principal } from '@planledger/auth';
import { Channel, type Entry, makeEntry } from '@planledger/contracts';
import { isRejection, type Rejection } from '@planledger/kernel';
import { loadPlan, planEvents, shippedPlan } from '@planledger/plan';
import { SECTORS } from '@planledger/sectors';
import { foldProject, type ProjectState } from '@planledger/sectors/kit';
import { type Command, projectModel, type Wide } from './model.js';
import { commandNamed } from './table.js';
import { validateBody } from './validate.js';

export const PLAN = 'kaifeng-145-demo';
export const PROJECT = 'p1';
export const CASE = 'c1';
export const CLERK = 'clerk-education-410212';
const [GO_LIVE, TODAY] = ['2022-04-06', Date.parse('2025-10-31T09:00:00+08:00')];

/** One command: who sends what. `id` and the like are the parameters of its route. */
export interface Step {
  readonly command: string;
  readonly body?: object;
  readonly params?: Readonly<Record<string, string>>;
  readonly person?: string;
  /** What his token says instead. */
  readonly token?: Partial<Principal>;
  /** The day of the plan's clock, instead of the demo's last. */
  readonly today?: string;
  /** Of corrections, retractions and answers to requests: which of the entries before, counted from 1. */
  readonly about?: number;
}

/** Versions of the progress rules that the program is taken to know: one is not adopted yet. */
export const PROGRESS: ReadonlySet<string> = new Set(['v0', 'v1']);

type Decider = ReturnType<typeof projectModel>;
const model: Decider = projectModel(PLAN, SECTORS, PROGRESS);

function principalOf(person: string): Principal {
  const found = DEMO_PEOPLE.find(({ id }) => id === person);
  if (!found) throw new RangeError(`no person ${person}`);
  const { unit, role, plans, sectors, counties } = found;
  return { subject: person, unit, role, plans, sectors, counties };
}

function importedPlan(): readonly Entry[] {
  const result = loadPlan(shippedPlan('kaifeng-145'));
  if ('problems' in result) throw new Error(result.problems.map(({ reason }) => reason).join('\n'));
  const events = planEvents(result.plan, GO_LIVE, { demo: true });
  return events.map((event, at) => makeEntry({ plan: PLAN, stream: 'plan', version: at + 1, position: at + 1, event }));
}
const PLAN_ENTRIES = importedPlan();
const LOADED = PLAN_ENTRIES.reduce(model.foldWide, model.emptyWide());

/** The entries that a command would add (none: nothing to do), or why it is refused. */
export type Answer = Rejection | readonly Entry[];

/** Given these commands, all of them accepted, and then another: what is answered. */
export function given(...steps: readonly Step[]): { when(step: Step, decider?: Decider): Answer } {
  let entries: readonly Entry[] = [];
  for (const [at, step] of steps.entries()) {
    const answer = send(entries, step);
    if (isRejection(answer)) throw new Error(`step ${at + 1} ${step.command}: ${JSON.stringify(answer)}`);
    entries = [...entries, ...answer];
  }
  return { when: (step, decider) => send(entries, step, LOADED, decider) };
}

/** The entries that a command made; throws where it was refused. */
export function made(answer: Answer): readonly Entry[] {
  if (isRejection(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}

/** All entries of these commands, in order. */
export const entriesOf = (steps: readonly Step[]): Entry[] =>
  steps.flatMap((step, at) => made(given(...steps.slice(0, at)).when(step)));

/** The project as these commands left it. */
export const projectAfter = (...steps: readonly Step[]): ProjectState => {
  const stream = `project/${PROJECT}`;
  return foldProject(
    stream,
    entriesOf(steps).filter((entry) => entry.stream === stream),
  );
};

/** What is answered while the plan is not in the ledger yet. */
export const beforeTheImport = (step: Step): Answer => send([], step, model.emptyWide());

/** The command as intake would hand it over. Throws where its shape is wrong: that is not the decider's business. */
function commandOf(
  { command, body = {}, params = {}, person = CLERK, token = {}, about }: Step,
  entries: readonly Entry[],
): Command {
  const by = {
    principal: { ...principalOf(person), ...token },
    channel: Channel.WEB,
    reportedAt: '2025-10-31T01:00:00.000Z',
  };
  const target = about === undefined ? undefined : entries[about - 1];
  if (command === 'correct' || command === 'retract') {
    const said = { occurredOn: '2024-07-01', why: 'typing-error', reason: '日期录入错误，以开工令为准。', ...body };
    return {
      kind: command,
      stream: target?.stream ?? `project/${PROJECT}`,
      entry: target?.position ?? 0,
      body: said,
      by,
    };
  }
  const row = commandNamed(command);
  if (!row) throw new RangeError(`no command ${command}`);
  const checked = validateBody(row.body, { ...row.example, ...body });
  if (Array.isArray(checked)) throw new Error(`${command}: ${JSON.stringify(checked)}`);
  const position = String(target?.position ?? 0);
  const place = { project: { id: PROJECT }, case: { id: CASE }, request: { position } };
  const own = row.on in place ? place[row.on as keyof typeof place] : {};
  const sent = { kind: 'row', row, params: { ...own, ...params }, body: checked, by } as const;
  return row.on === 'request' ? { ...sent, stream: target?.stream ?? `project/${PROJECT}` } : sent;
}

/** Decides on the plan and what stands in the ledger, as the appender would. */
function send(entries: readonly Entry[], step: Step, plan: Wide = LOADED, decider: Decider = model): Answer {
  const command = commandOf(step, entries);
  const stream = model.streamOf(command);
  const history = entries.filter((entry) => entry.stream === stream);
  const [version, nextPosition] = [history.length, PLAN_ENTRIES.length + entries.length + 1];
  const begun = { ...plan, program: decider.emptyWide().program };
  const [wide, state] = [entries.reduce(model.foldWide, begun), model.foldStream(stream, history)];
  const { rejection, entries: made } = decider.decide(command, {
    ...{ wide, state, version, nextPosition, history },
    nowMs: step.today === undefined ? TODAY : Date.parse(`${step.today}T09:00:00+08:00`),
  });
  return (
    rejection ??
    made.map(({ event, envelope }, at) => {
      const place = { plan: PLAN, stream, position: nextPosition + at, version: version + at + 1 };
      return makeEntry({ ...envelope, evidence: [...(envelope.evidence ?? [])], ...place, event });
    })
  );
}

import { expect } from '@jest/globals';
import type { Completion, Explanation, Gap, MeasureRow } from '@planledger/progress';

/**
 * A city and the system it uses, seen from outside: what a scenario may do and read. Whoever runs the scenarios says
 * which profile stands behind it. Paths are below /api/plans/{plan}/; the empty one is the plan itself.
 */
export interface Town {
  readonly plan: string;
  send(person: string, path: string, body: object): Promise<Reply>;
  read(person: string, path: string): Promise<Reply>;
  /** Resolves when everything acknowledged so far is in every figure. */
  caughtUp(): Promise<void>;
  /** The headline now and after every change, until the loop that reads it is left. */
  live(person: string): AsyncIterable<Pick<Completion, 'headline'>>;
}

export interface Reply {
  readonly status: number;
  // Answers of many shapes; each reader below names its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** A sentence of the domain and what happens when it is acted out. `neighbour`: another plan in the same system. */
export interface Scenario {
  readonly sentence: string;
  readonly run: (town: Town, neighbour: Town) => Promise<void>;
}

/** Sends what must be accepted; answers the position of the entry it made. */
export async function does(town: Town, person: string, path: string, body: object): Promise<number> {
  const { status, body: receipt } = await town.send(person, path, body);
  expect({ path, status, code: receipt.code, detail: receipt.detail }).toEqual({ path, status: 201 });
  return receipt.entries[0].position as number;
}

/** Sends what must be refused, and with which code. */
export async function isRefused(town: Town, person: string, path: string, body: object, code: string): Promise<void> {
  const { status, body: problem } = await town.send(person, path, body);
  expect({ path, code: problem.code, refused: status >= 400 && status < 500 }).toEqual({ path, code, refused: true });
}

async function readOk(town: Town, person: string, path: string): Promise<Reply['body']> {
  await town.caughtUp();
  const { status, body } = await town.read(person, path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
}

const query = (parameters: Readonly<Record<string, string | number | undefined>>): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.set(name, String(value));
  return given.toString();
};

/** What was known `at` a position, read on the business date `on`; left out: now, today. */
export interface When {
  readonly on?: string;
  readonly at?: number;
}

/** Completion by item: the live one, or where `at` is given the replayed one. */
export async function completionOf(town: Town, { on, at }: When = {}): Promise<Completion> {
  const path = at === undefined ? 'completion' : 'replay/completion';
  return (await readOk(town, 'auditor', `${path}?${query({ by: 'item', on, at })}`)) as Completion;
}

/** One measure's row. */
export async function measureOf(town: Town, measure: string, when: When = {}): Promise<MeasureRow> {
  const { rows } = await completionOf(town, when);
  for (const row of rows) {
    const found = row.kind === 'item' ? row.measures.find((one) => one.measure === measure) : undefined;
    if (found) return found;
  }
  throw new Error(`no measure ${measure}`);
}

/** What counts of a measure, in its unit, members, works or years. */
export async function counted(town: Town, measure: string, when: When = {}): Promise<Counted> {
  const { claimed, verified } = (await measureOf(town, measure, when)).count.b0;
  return { claimed: Number(claimed.done), verified: Number(verified.done) };
}
export interface Counted {
  readonly claimed: number;
  readonly verified: number;
}

export async function explained(
  town: Town,
  node: string,
  confidence: 'claimed' | 'verified',
  when: When = {},
): Promise<Explanation> {
  const path = when.at === undefined ? 'explain' : 'replay/explain';
  const limit = when.at === undefined ? 500 : undefined;
  return (await readOk(town, 'auditor', `${path}?${query({ node, confidence, limit, ...when })}`)) as Explanation;
}

export async function gapsOf(town: Town, when: When = {}): Promise<readonly Gap[]> {
  const path = when.at === undefined ? 'gaps' : 'replay/gaps';
  return ((await readOk(town, 'auditor', `${path}?${query({ ...when })}`)) as { gaps: Gap[] }).gaps;
}

/** The plan itself, and what was decided of it. */
export const planOf = (town: Town): Promise<Reply['body']> => readOk(town, 'commission', '');

/** An entry of the ledger as auditors read it: its event as plain JSON beside its type. */
export async function entryAt(town: Town, position: number): Promise<Reply['body']> {
  return readOk(town, 'auditor', `entries/${position}`);
}

/** Position of the last entry. */
export async function headOf(town: Town): Promise<number> {
  return (await readOk(town, 'auditor', 'entries?limit=1')).head as number;
}

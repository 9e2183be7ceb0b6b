import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { decodeEntry, type Entry } from '@planledger/contracts';
import { createAppender, createUuidV7, READ_ENTRIES_MAX, type Ledger } from '@planledger/ledger';
import { openSqliteLedgers } from '@planledger/ledger/sqlite';
import { toyModel } from '@planledger/ledger/toy-model';
import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { commandOf, entriesOf, parseLine, PLAN } from './ledger-commands.js';

const WRITER = fileURLToPath(new URL('./ledger-writer.js', import.meta.url));
const KILLS = 22;
const SUBMITTERS = 16;
/** The kill comes this long at most after the first line: a few dozen commits, one checkpoint now and then. */
const KILL_AFTER_MS_MAX = 200;

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'planledger-kill-'))));
afterEach(() => rmSync(directory, { recursive: true }));

interface Heard {
  /** Every id ever tried. */
  readonly tried: Set<string>;
  /** Id → first position, as answered; a second answer MUST be the same. */
  readonly answered: Map<string, number>;
  readonly contradictions: string[];
}

/** Runs the writer on the directory, kills it at a random moment, and takes down what it said. */
async function runAndKill(run: number, heard: Heard): Promise<void> {
  const unanswered = [...heard.tried].filter((id) => !heard.answered.has(id));
  const child = spawn(process.execPath, [WRITER, directory, String(run), String(SUBMITTERS), '0', ...unanswered], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<NodeJS.Signals | number | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  let timer: NodeJS.Timeout | undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * KILL_AFTER_MS_MAX);
    const line = parseLine(text);
    if (line?.kind === 'tries') heard.tried.add(line.id);
    if (line?.kind !== 'answered') continue;
    const before = heard.answered.get(line.id);
    if (before !== undefined && before !== line.position) heard.contradictions.push(text);
    heard.answered.set(line.id, line.position);
  }
  clearTimeout(timer);
  // Anything else means that the writer failed by itself.
  expect(await exited).toBe('SIGKILL');
}

async function allEntries(ledger: Ledger): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const page = await ledger.read(PLAN, { from: entries.length + 1, limit: READ_ENTRIES_MAX });
    entries.push(...page.map(({ bytes }) => decodeEntry(bytes)));
    if (page.length < READ_ENTRIES_MAX) return entries;
  }
}

test(`after ${KILLS} kills in the middle of a load nothing answered is lost and nothing is applied twice`, async () => {
  const heard: Heard = { tried: new Set(), answered: new Map(), contradictions: [] };
  for (let run = 1; run <= KILLS; run++) await runAndKill(run, heard);

  const ledger = openSqliteLedgers(directory);
  const clock = Date.now;
  const appender = createAppender({ ledger, plan: PLAN, model: toyModel, clock, ids: createUuidV7(clock) });
  await appender.start();
  const unanswered = [...heard.tried].filter((id) => !heard.answered.has(id));
  for (const id of unanswered) {
    const answer = await appender.submit(commandOf(id));
    if (answer.kind === 'accepted') heard.answered.set(id, answer.receipt.entries[0]!.position);
  }
  await appender.close();
  const entries = await allEntries(ledger);
  ledger.close();

  // The kills must have met a load, or this proves nothing.
  expect(heard.answered.size).toBeGreaterThan(KILLS * SUBMITTERS);
  expect(heard.contradictions).toEqual([]);
  expect(heard.answered.size).toBe(heard.tried.size);
  expect(entries.map(({ position }) => position)).toEqual(entries.map((_, index) => index + 1));

  const firstOf = new Map<string, number>();
  const countOf = new Map<string, number>();
  for (const { commandId, position } of entries) {
    if (!firstOf.has(commandId)) firstOf.set(commandId, position);
    countOf.set(commandId, (countOf.get(commandId) ?? 0) + 1);
  }
  const wrong = [...heard.tried].filter(
    (id) => firstOf.get(id) !== heard.answered.get(id) || countOf.get(id) !== entriesOf(id),
  );
  expect(wrong).toEqual([]);
  const unknown = [...countOf.keys()].filter((id) => !heard.tried.has(id) && !id.startsWith('register-'));
  expect(unknown).toEqual([]);

  const file = new Database(join(directory, `${PLAN}.ledger.sqlite`), { readonly: true });
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  file.close();
});

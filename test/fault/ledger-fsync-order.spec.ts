import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteLedgers } from '@planledger/ledger/sqlite';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entriesOf, parseLine, PLAN, type WriterLine } from './ledger-commands.js';

/**
 * That nothing is lost to `kill -9` proves little: the kernel keeps what a killed process wrote. What survives a power
 * cut is what was synced before it was answered, and that order is seen in the system calls.
 */
const WRITER = fileURLToPath(new URL('./ledger-writer.js', import.meta.url));
const TIMEOUT_MS = 60_000;

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'planledger-fsync-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs the writer to its end under strace; one file of calls for each of its threads. */
function traceWriter(submitters: number, commands: number, options: readonly string[] = []) {
  if (spawnSync('strace', ['-V']).error !== undefined)
    throw new Error('strace is not installed: without it nothing shows that answers wait for the disk');
  const calls = ['-e', 'trace=fdatasync,fsync,write,pwrite64'];
  const program = [process.execPath, WRITER, join(directory, 'data'), '1', String(submitters), String(commands)];
  const output = ['-ff', '-y', '-s', '200', '-o', join(directory, 'trace')];
  return spawnSync('strace', [...output, ...calls, ...options, ...program], { encoding: 'utf8', timeout: TIMEOUT_MS });
}

/** The calls of the thread that answered: it is the one that commits. */
function callsOfWriter(): string[] {
  const traces = readdirSync(directory).filter((name) => name.startsWith('trace.'));
  const texts = traces.map((name) => readFileSync(join(directory, name), 'utf8'));
  return texts.find((text) => text.includes('"answered '))?.split('\n') ?? [];
}

const WAL_WRITTEN = /^pwrite64\(\d+<[^>]*\.ledger\.sqlite-wal>/;
const WAL_SYNCED = /^f(?:data)?sync\(\d+<[^>]*\.ledger\.sqlite-wal>\) += 0$/;
const SAID = /^write\(1<[^>]*>, "([^"]*)\\n"/;

interface Order {
  readonly answered: WriterLine[];
  /** Ids answered before a write and then a sync of the log had followed their submission. */
  readonly tooEarly: string[];
}

function orderOf(calls: readonly string[]): Order {
  const order: Order = { answered: [], tooEarly: [] };
  const triedAt = new Map<string, number>();
  let written = -1;
  let syncedUpTo = -1;
  for (const [at, call] of calls.entries()) {
    if (WAL_WRITTEN.test(call)) written = at;
    if (WAL_SYNCED.test(call)) syncedUpTo = written;
    const line = parseLine(SAID.exec(call)?.[1] ?? '');
    if (line?.kind === 'tries') triedAt.set(line.id, at);
    if (line?.kind !== 'answered') continue;
    order.answered.push(line);
    // Its own write came after it was tried, and nothing written before the answer is still unsynced.
    if (syncedUpTo < triedAt.get(line.id)! || syncedUpTo < written) order.tooEarly.push(line.id);
  }
  return order;
}

test.each([
  { submitters: 1, commands: 120 },
  { submitters: 16, commands: 20 },
])(
  'every answer of $submitters x $commands commands comes after the sync of its commit',
  ({ submitters, commands }) => {
    const { status, stderr } = traceWriter(submitters, commands);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { answered, tooEarly } = orderOf(callsOfWriter());
    expect(answered).toHaveLength(submitters * commands);
    expect(tooEarly).toEqual([]);
  },
);

test('after a sync that failed nothing more is answered, the process ends, and what was answered is there', async () => {
  const { status } = traceWriter(4, 200, ['-e', 'inject=fdatasync,fsync:error=EIO:when=60']);
  expect(status).toBe(70);
  const calls = callsOfWriter();
  const failed = calls.findIndex((call) => call.includes('EIO'));
  expect(failed).toBeGreaterThan(0);
  expect(calls.slice(failed).filter((call) => SAID.exec(call)?.[1]?.startsWith('answered'))).toEqual([]);
  expect(calls.slice(failed + 1).filter((call) => /^f(?:data)?sync/.test(call))).toEqual([]);

  const { answered } = orderOf(calls);
  expect(answered.length).toBeGreaterThan(100);
  const ledger = openSqliteLedgers(join(directory, 'data'));
  for (const line of answered) {
    const record = await ledger.findCommand(PLAN, line.id);
    expect(record).toMatchObject({ first: 'position' in line ? line.position : 0, count: entriesOf(line.id) });
  }
  ledger.close();
});

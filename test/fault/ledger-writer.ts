import { createAppender, createUuidV7 } from '@planledger/ledger';
import { openSqliteLedgers } from '@planledger/ledger/sqlite';
import { toyModel } from '@planledger/ledger/toy-model';
import { writeSync } from 'node:fs';
import { commandOf, formatLine, PLAN, registrations } from './ledger-commands.js';

/**
 * A program to be killed: loads a ledger through the real appender and says on its standard output what it tries and
 * what it was answered. It writes synchronously, so that a line is out, or was never said, when the kill comes.
 *
 * ledger-writer.js <directory> <run> <submitters> <commands a submitter, 0: without end> [ids to submit first …]
 */
const [directory, run, submitters, commands, ...unanswered] = process.argv.slice(2) as [string, string, string, string];
const EXIT_DISK_FAILED = 70;

const ledger = openSqliteLedgers(directory, { onBroken: () => process.exit(EXIT_DISK_FAILED) });
const appender = createAppender({ ledger, plan: PLAN, model: toyModel, clock: Date.now, ids: createUuidV7(Date.now) });

async function submit(id: string): Promise<void> {
  writeSync(1, formatLine({ kind: 'tries', id }));
  const answer = await appender.submit(commandOf(id));
  if (answer.kind !== 'accepted') throw new Error(`${id}: ${JSON.stringify(answer)}`);
  writeSync(1, formatLine({ kind: 'answered', id, position: answer.receipt.entries[0]!.position }));
}

await appender.start();
await Promise.all(registrations(run, Number(submitters)).map((registration) => appender.submit(registration)));
await Promise.all(unanswered.map(submit));
await Promise.all(
  Array.from({ length: Number(submitters) }, async (_, submitter) => {
    for (let n = 0; Number(commands) === 0 || n < Number(commands); n++) await submit(`${run}-${submitter}-${n}`);
  }),
);
await appender.close();
ledger.close();

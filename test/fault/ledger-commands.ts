import type { Submission } from '@planledger/ledger';
import { submission, type ToyCommand } from '@planledger/ledger/toy-model';

/** What the writer (ledger-writer.ts) and the tests that kill it agree on. */
export const PLAN = 'kaifeng-145';

/** The counters of a run, one a submitter; submitted before anything else, and accepted once. */
export const registrations = (run: string, submitters: number): Submission<ToyCommand>[] =>
  Array.from({ length: submitters }, (_, submitter) => `${run}-${submitter}`).map((name) =>
    submission(`register-${name}`, { kind: 'register', stream: `project/${name}`, code: name }),
  );

/** The command of an id `<run>-<submitter>-<n>`: one to three entries, so that a torn command would show. */
export function commandOf(id: string): Submission<ToyCommand> {
  const [run, submitter, n] = id.split('-');
  const amounts = Array<number>((Number(n) % 3) + 1).fill(1);
  return submission(id, { kind: 'add', stream: `project/${run}-${submitter}`, amounts });
}

/** How many entries the command of an id makes. */
export const entriesOf = (id: string): number => {
  const { command } = commandOf(id);
  return command.kind === 'add' ? command.amounts.length : 0;
};

/** One line of the writer: it is about to submit the command, or has the answer (its first position). */
export type WriterLine =
  | { readonly kind: 'tries'; readonly id: string }
  | { readonly kind: 'answered'; readonly id: string; readonly position: number };

export const formatLine = (line: WriterLine): string =>
  line.kind === 'tries' ? `tries ${line.id}\n` : `answered ${line.id} ${line.position};\n`;

/** Undefined for anything else, a line cut off by the kill included: the semicolon ends the position. */
export function parseLine(text: string): WriterLine | undefined {
  const [, kind, id, position] = /^(tries|answered) (\d+-\d+-\d+)(?: (\d+);)?$/.exec(text) ?? [];
  if (kind === 'tries' && id !== undefined) return { kind, id };
  if (kind === 'answered' && id !== undefined && position !== undefined)
    return { kind, id, position: Number(position) };
  return undefined;
}

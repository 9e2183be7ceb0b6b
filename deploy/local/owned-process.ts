import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that has not answered by then never will, or the machine is no use for tests. */
const START_MS_MAX = 90_000;
/** A server that was asked to stop and has not is killed; services take up to 15 s to drain. */
const STOP_MS_MAX = 20_000;
const ASK_AGAIN_MS = 50;
const LOG_LINES_SHOWN = 8;
/** As mongod, and as Kafka writes it. */
const COMPLAINT = /"s":"[EF]"|\b(ERROR|FATAL)\b/;

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it writes, both outputs; appended to, so that a restart keeps what came before. */
  readonly log: string;
  /** Default this process's own. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A process that lives no longer than the one that started it. */
export interface OwnedProcess {
  readonly pid: number;
  isThere(): boolean;
  /** Resolves once the process is gone, with how it ended: `code 0`, or the signal. */
  readonly ended: Promise<string>;
  /** Resolves once the process is gone; SIGSTOP and SIGCONT leave it there and resolve at once. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** SIGTERM, and SIGKILL when that does not help. Resolves once the process is gone; harmless if it is already. */
  stop(): Promise<void>;
  /** Asks until the answer is yes; throws with the end of the log when it has ended or says nothing for too long. */
  until(answers: () => Promise<boolean>, withinMs?: number): Promise<void>;
}

/**
 * The command and its arguments, such that the kernel kills it (SIGKILL) when this process ends, however it ends: no
 * handler runs at kill -9. An owner that ended before the kernel was asked is no parent any more. The kernel watches the
 * thread, so spawn it from the main one. Every step is an exec: the pid stays that of the command.
 */
export const underOwner = (command: string, args: readonly string[]): [string, string[]] => [
  'setpriv',
  ['--pdeathsig', 'KILL', 'sh', '-c', '[ "$PPID" = "$0" ] && exec "$@"', String(process.pid), command, ...args],
];

/** In a session of its own: Ctrl-C in a terminal reaches the owner, which stops its servers when it needs them no more. */
export function startOwned({ command, args, log, env = process.env }: Program): OwnedProcess {
  const output = openSync(log, 'a');
  const child = spawn(...underOwner(command, args), { detached: true, stdio: ['ignore', output, output], env });
  closeSync(output);
  const ended = endOf(child);
  const isThere = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;

  async function kill(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
  }
  return {
    pid: child.pid ?? 0,
    isThere,
    ended,
    kill,
    async stop() {
      if (!isThere()) return;
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      child.kill('SIGTERM');
      // A process that was stopped by SIGSTOP hears nothing else before it goes on.
      child.kill('SIGCONT');
      await ended;
      clearTimeout(impatient);
    },
    async until(answers, withinMs = START_MS_MAX) {
      const patience = performance.now() + withinMs;
      while (!(await answers())) {
        if (!isThere()) throw new Error(`${basename(command)} has ended (${await ended}); ${endOfLog(log)}`);
        if (performance.now() > patience)
          throw new Error(`${basename(command)} gives no answer after ${withinMs / 1000} s; ${endOfLog(log)}`);
        await pause(ASK_AGAIN_MS);
      }
    },
  };
}

/** Whether an address answers 200; of one that takes longer than `withinMs`, where that is given, it is no. */
export async function answersOk(url: string, withinMs?: number): Promise<boolean> {
  try {
    const answer = await fetch(url, withinMs === undefined ? {} : { signal: AbortSignal.timeout(withinMs) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** How the process ended: a code, a signal, or why it could not be started. */
const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 0}`));
  });

/** What it complained of last, and its last words: a server that gives up says much more after it has said why. */
function endOfLog(log: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const shown = [
    ...lines.filter((line) => COMPLAINT.test(line)).slice(-LOG_LINES_SHOWN),
    ...lines.slice(-LOG_LINES_SHOWN),
  ];
  return `the last complaints and lines of ${basename(log)}:\n${[...new Set(shown)].join('\n')}`;
}

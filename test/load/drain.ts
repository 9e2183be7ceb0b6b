import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the children do; drain-child.ts. */
export type Task = 'write' | 'relay' | 'sector' | `sector-${string}` | `bare-${string}` | 'views';

/** When it began and ended, in milliseconds since 1970: children have no other clock in common. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Documents written. */
  readonly docs: number;
  /** Seconds of processor. */
  readonly busy: number;
}

export interface Drained {
  readonly projects: number;
  /** Entries a second. */
  readonly through: number;
  readonly sector: number;
  /** Once after each of both. */
  readonly bare: readonly [number, number];
  readonly docs: { readonly sector: number; readonly bare: number };
}

/**
 * `entries` of one sector in a ledger on MongoDB: relayed to Kafka by one process while another, the sector, drains them
 * into its views; then drained from the topic by a bare kafkajs consumer that writes the same documents in bulk; then
 * both once more, the sector without the relay beside it. Each in a process of its own.
 */
export async function measureDrain(prefix: string, entries: number): Promise<Drained> {
  const wrote = await startChild('write', prefix, entries).next<{ projects: number }>();
  const sector = startChild('sector', prefix, entries);
  await sector.next();
  const relay = startChild('relay', prefix, entries);
  const { from } = await relay.next<Span>();
  const drained = await sector.next<Span>();
  await relay.stop();
  const bare = await startChild('bare-first', prefix, entries).next<Span>();
  const again = startChild('sector-again', prefix, entries);
  await again.next();
  const alone = await again.next<Span>();
  const bareAgain = await startChild('bare-again', prefix, entries).next<Span>();
  const perSecond = (span: Span): number => entries / ((span.to - span.from) / 1_000);
  return {
    projects: wrote.projects,
    through: perSecond({ ...drained, from }),
    sector: perSecond(alone),
    bare: [perSecond(bare), perSecond(bareAgain)],
    docs: { sector: alone.docs, bare: bareAgain.docs },
  };
}

export interface Child {
  /** The next thing that it tells. */
  next<Told>(): Promise<Told>;
  stop(): Promise<void>;
}

export function startChild(task: Task, prefix: string, entries: number): Child {
  const file = fileURLToPath(new URL('./drain-child.js', import.meta.url));
  const child: ChildProcess = fork(file, [task, prefix, String(entries)], {
    stdio: 'inherit',
    execArgv: ['--max-semi-space-size=64'],
  });
  const told: unknown[] = [];
  let wake = (): void => undefined;
  let ended: number | null | undefined;
  child.on('message', (message) => {
    told.push(message);
    wake();
  });
  const exit = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      ended = code ?? 1;
      wake();
      resolve();
    });
  });
  return {
    async next<Told>() {
      while (told.length === 0) {
        if (ended !== undefined) throw new Error(`${task} ended with ${String(ended)}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return told.shift() as Told;
    },
    async stop() {
      if (ended === undefined) child.send('stop');
      await exit;
    },
  };
}

import { decodeEntry, type Entry } from '@planledger/contracts';
import { createAppender, type Appender, type AppenderLimits } from './appender.js';
import type { Ledger } from './port.js';
import { toyModel, type ToyCommand, type ToyWide } from './toy-model.js';
import { createUuidV7 } from './uuid-v7.js';
import type { Answer, Receipt } from './write-model.js';

/** What the appender's tests share: an appender over the toy domain, its commands, and ways to look at the outcome. */
export const PLAN = 'kaifeng-145';
export const NOW_MS = Date.UTC(2024, 4, 6, 7, 8, 9);

export async function startToy(
  ledger: Ledger,
  { clock = () => NOW_MS, limits }: { clock?: () => number; limits?: Partial<AppenderLimits> } = {},
): Promise<Appender<ToyCommand, ToyWide>> {
  const appender = createAppender({ ledger, plan: PLAN, model: toyModel, clock, ids: createUuidV7(clock), limits });
  await appender.start();
  return appender;
}

export const register = (stream: string, code = stream): ToyCommand => ({ kind: 'register', stream, code });
export const add = (stream: string, ...amounts: number[]): ToyCommand => ({ kind: 'add', stream, amounts });

export function receiptIn(answer: Answer): Receipt {
  if (answer.kind !== 'accepted') throw new Error(`expected a receipt, got ${JSON.stringify(answer)}`);
  return answer.receipt;
}

export async function entriesOf(ledger: Ledger, stream: string): Promise<Entry[]> {
  return (await ledger.readStream(PLAN, stream)).map(({ bytes }) => decodeEntry(bytes));
}

export const count = <T>(values: readonly T[], of: (value: T) => boolean): number => values.filter(of).length;

/** The ledger with some of its methods replaced. */
export const altered = (ledger: Ledger, changes: Partial<Ledger>): Ledger => ({ ...ledger, ...changes });

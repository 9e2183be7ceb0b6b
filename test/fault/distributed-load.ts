import { projectIdFor } from '@planledger/project';
import { setTimeout } from 'node:timers/promises';
import { example, type Load, type Sent, type Signed } from './server-load.js';

export const PLAN = 'kaifeng-145';
/** One command each, then a pause: some forty commands a second, which two cores bear beside all the servers. */
const CLERKS = 20;
const PAUSE_MS = 400;
/** After a broken connection or a 503: sooner than Retry-After says, so that the first moment of recovery is met. */
const AGAIN_MS = 400;
const INSIST_MS_MAX = 180_000;
/**
 * Of every other clerk's reports, each of these is corrected afterwards: the sector folds the project anew from audit, which
 * makes good whatever was wrong with it. So the others correct nothing.
 */
const CORRECTED_EACH = 6;
/** After so many reports, a project that nothing is said of again: what a crash loses of it, no later entry makes good. */
const ONCE_EACH = 3;

/** Clerks who work while a fault happens; each insists on one command until it is answered, then takes the next. */
export interface Clerks {
  /** Resolves once every clerk has his last command answered. */
  stop(): Promise<void>;
  /** They leave it at that, answered or not. */
  giveUp(): void;
}

/** `to` says where intake is and who asks; `run` is part of every id. */
export function startClerks(load: Load, to: Signed, run: string): Clerks {
  const [stopping, givingUp] = [new AbortController(), new AbortController()];
  const done = Promise.all(
    Array.from({ length: CLERKS }, (_, clerk) =>
      clerkWorks(load, to, `${run}-${clerk}`, stopping.signal, givingUp.signal),
    ),
  );
  return {
    async stop() {
      stopping.abort();
      await done;
    },
    giveUp() {
      stopping.abort();
      givingUp.abort();
    },
  };
}

async function clerkWorks(
  load: Load,
  to: Signed,
  who: string,
  stopping: AbortSignal,
  givingUp: AbortSignal,
): Promise<void> {
  for (const command of jobs(load, who)) {
    await insist(load, to, command, givingUp);
    if (stopping.aborted) return;
    await setTimeout(PAUSE_MS);
  }
}

/** Sends the command until it is answered; throws where that takes for ever. */
export async function insist(load: Load, to: Signed, command: Sent, givingUp?: AbortSignal): Promise<void> {
  for (const late = performance.now() + INSIST_MS_MAX; !(await load.post(to, command)); await setTimeout(AGAIN_MS)) {
    if (givingUp?.aborted) return;
    if (performance.now() > late) throw new Error(`${command.id} is not answered for ${INSIST_MS_MAX / 1_000} s`);
  }
}

/** The stream of a clerk's project. */
export const projectOf = (who: string): string => projectIdFor(PLAN, `fault-${who}-project`);

/** A clerk's commands without end, each made when the one before it was answered. */
function* jobs(load: Load, who: string): Generator<Sent> {
  const id = { id: projectOf(who) };
  const corrects = /[02468]$/.test(who);
  yield example('registerProject', `fault-${who}-project`, {}, { codes: [], name: `断电演练小学${who}` });
  yield example('linkProject', `fault-${who}-link`, id);
  yield example('setMilestonePlan', `fault-${who}-plan`, id);
  yield example('claimMilestone', `fault-${who}-claim`, { ...id, code: 'siting' });
  const funds = { ...id, element: 'central-funds' };
  yield example('requestElement', `fault-${who}-funds`, id);
  yield { ...example('allocateElement', `fault-${who}-funded`, funds), by: 'commission' };
  for (let n = 1; ; n += 1) {
    const report = example('reportProgress', `fault-${who}-report-${n}`, id, { completedYuan: 1_000 * n });
    yield report;
    // Payments add up: one that is folded twice shows in every figure after it.
    yield example('useElement', `fault-${who}-pay-${n}`, funds, { quantity: 1 });
    if (n % ONCE_EACH === 0)
      yield example('registerProject', `fault-${who}-once-${n}`, {}, { codes: [], name: `断电演练小学${who}之${n}` });
    if (corrects && n % CORRECTED_EACH === 0) yield correction(load, who, n, report.id);
  }
}

function correction(load: Load, who: string, n: number, report: string): Sent {
  const receipt = JSON.parse(load.receipts.get(report) ?? '') as { entries: { position: number }[] };
  const { body } = example('reportProgress', report, {}, { completedYuan: 1_000 * n + 1 });
  const { occurredOn, evidence, ...payload } = body as Record<string, unknown>;
  return {
    name: 'correct',
    path: `entries/${receipt.entries[0]?.position}/correct`,
    id: `fault-${who}-correct-${n}`,
    params: {},
    body: { occurredOn, evidence, why: 'typing-error', reason: '完成投资录入错误，以拨付凭证为准。', payload },
  };
}

/** Sends all of them again, which are answered already: each receipt must be the one that it was. */
export async function sendAgain(load: Load, to: Signed, commands: readonly Sent[]): Promise<void> {
  const left = [...commands];
  const one = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) await insist(load, to, next);
  };
  await Promise.all(Array.from({ length: CLERKS }, one));
}

import type { EventInit } from '@planledger/contracts';
import { reject, type Rejection } from '@planledger/kernel';
import { IMPORT_EVENTS_MAX, type ImportPlan } from '@planledger/project';
import { createHash } from 'node:crypto';
import type { WriteSide } from './write-side.js';

const OPERATOR = { subject: 'operator', unit: 'system', role: 'operator' } as const;

/**
 * Writes a plan's events into its ledger, a commit at a time, continuing an import that broke off: the parts already
 * there are recognised by their command ids. What they say takes effect with the last one (PlanLoaded).
 */
export async function importPlan(
  { appender }: Pick<WriteSide, 'appender'>,
  plan: string,
  events: readonly EventInit[],
  simulated: boolean,
): Promise<Rejection | undefined> {
  for (let after = 0; after < events.length; after += IMPORT_EVENTS_MAX) {
    const part = events.slice(after, after + IMPORT_EVENTS_MAX);
    const command: ImportPlan = { kind: 'import', events: part, after, by: OPERATOR, simulated };
    const bodyDigest = createHash('sha256').update(JSON.stringify(part, bigintsAsText)).digest('hex');
    const answer = await appender.submit({ commandId: `import-${plan}-${after}`, bodyDigest, command });
    if (answer.kind === 'rejected') return answer.rejection;
    if (answer.kind !== 'accepted') return reject('IMPORT_INTERRUPTED', { expected: after, found: answer.kind });
  }
  return undefined;
}

const bigintsAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

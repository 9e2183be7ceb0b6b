import { Channel, type Decision, type DecisionContext, type EventInit, makeEvent } from '@planledger/contracts';
import { shanghaiDate } from '@planledger/kernel';
import type { StreamState, Wide } from './model.js';
import { reject } from './command.js';

/**
 * The operator's import of a plan into its empty ledger. It is cut into several commands (a commit holds at most 128
 * entries); what they write takes effect with the closing PlanLoaded, so that a broken-off import binds nobody.
 */
export interface ImportPlan {
  readonly kind: 'import';
  readonly events: readonly EventInit[];
  /** How many of the import's entries stand already; the stream's version must be exactly this. */
  readonly after: number;
  readonly by: { readonly subject: string; readonly unit: string; readonly role: string };
  readonly simulated: boolean;
}

/** Events of one import command: with its command record they fit one commit. */
export const IMPORT_EVENTS_MAX = 100;

export function decideImport(command: ImportPlan, context: DecisionContext<Wide, StreamState>): Decision {
  if (context.version !== command.after) {
    return {
      rejection: reject('IMPORT_INTERRUPTED', { expected: command.after, found: context.version }),
      entries: [],
    };
  }
  const today = shanghaiDate(context.nowMs);
  const envelope = {
    occurredOn: today,
    reportedAt: new Date(context.nowMs).toISOString(),
    backfilled: false,
    simulated: command.simulated,
    actor: command.by,
    sector: '',
    county: '',
    period: today.slice(0, 7),
    channel: Channel.API,
  };
  return { entries: command.events.map((event) => ({ event: makeEvent(event), envelope })) };
}

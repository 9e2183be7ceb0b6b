import type { BaselineSet, Event, RebaselineRequested } from '@planledger/contracts';
import type { Rejection } from '@planledger/kernel';
import {
  currentBaseline,
  type PendingRequest,
  type ProjectState,
  type TemplateMilestone,
} from '@planledger/sectors/kit';
import { reject } from './command.js';

/** What admit.ts, which knows the life of a project and what a milestone plan must be, says of these events. */
export interface Judged {
  readonly template: readonly TemplateMilestone[];
  readonly ended: Rejection | undefined;
  /** What is wrong with a whole milestone plan. */
  planned(plan: BaselineSet): Rejection | undefined;
}

/**
 * The rules of re-baselinings and exemptions (DOMAIN §4.1, §4.5), for new entries and for later ones after a correction. A
 * suspended project may ask, one that ended may not; its requests are refused, no more approved.
 */
export function admitRequests(state: ProjectState, event: Event, judged: Judged): Rejection | undefined {
  switch (event.case) {
    case 'rebaselineRequested':
      return judged.ended ?? rebaselining(state, event.value, judged);
    case 'milestoneExempted':
      return judged.ended ?? exemption(state, event.value.milestone, judged);
    case 'rebaselineApproved':
      return judged.ended ?? notPending(state, event.value.request, 'rebaseline');
    case 'rebaselineRefused':
      return notPending(state, event.value.request, 'rebaseline');
    case 'exemptionApproved': {
      const { request } = event.value;
      const asked = state.requests.get(request);
      const wrong = judged.ended ?? notPending(state, request, 'exemption');
      return wrong ?? (asked?.kind === 'exemption' ? reached(state, asked.milestone) : undefined);
    }
    case 'exemptionRefused':
      return notPending(state, event.value.request, 'exemption');
    default:
      return undefined;
  }
}

/** A milestone that was exempted takes no claim and no quantity. */
export function exempted({ exempt }: ProjectState, milestone: string): Rejection | undefined {
  const exemption = exempt.get(milestone);
  return exemption && reject('MILESTONE_EXEMPT', { milestone, entry: exemption.positions.at(-1) ?? 0 });
}

const notPending = (
  { requests }: ProjectState,
  request: number,
  kind: PendingRequest['kind'],
): Rejection | undefined =>
  requests.get(request)?.kind === kind ? undefined : reject('REQUEST_NOT_PENDING', { request });

function rebaselining(state: ProjectState, asked: RebaselineRequested, { planned }: Judged): Rejection | undefined {
  const { baseline, estimateYuan } = asked;
  const current = currentBaseline(state);
  if (!current || !baseline) return reject('BASELINE_MISSING');
  const earlier = [...state.requests].find(([, { kind }]) => kind === 'rebaseline');
  if (earlier) return reject('REBASELINE_PENDING', { request: earlier[0] });
  const wrong = planned(baseline);
  if (wrong) return wrong;
  const estimate = state.rebaselined?.estimateYuan || (state.registration?.estimateYuan ?? 0n);
  const same = (estimateYuan === 0n || estimateYuan === estimate) && asText(baseline) === asText(current);
  return same ? reject('REBASELINE_CHANGES_NOTHING') : undefined;
}

/** A milestone plan as text, whatever the order of its rows. */
const asText = ({ milestones, outputs, years }: Readonly<BaselineSet>): string =>
  [
    ...milestones.map(({ milestone, due, designed }) => `${milestone} ${due} ${designed}`),
    ...outputs.map(({ measure, quantity, due, unit }) => `${measure} ${quantity} ${due} ${unit}`),
    ...years.map(({ year, yuan }) => `${year} ${yuan}`),
  ]
    .sort()
    .join();

function exemption(state: ProjectState, milestone: string, { template }: Judged): Rejection | undefined {
  if (!state.baseline) return reject('BASELINE_MISSING');
  const known = template.find(({ code }) => code === milestone);
  if (!known) return reject('MILESTONE_UNKNOWN', { milestone, known: template.map(({ code }) => code).join('、') });
  if (known.type === 'acceptance' || known.type === 'licence') return reject('MILESTONE_NEVER_EXEMPT', { milestone });
  const before = [...state.requests].find(([, one]) => one.kind === 'exemption' && one.milestone === milestone);
  if (before) return reject('EXEMPTION_PENDING', { milestone, request: before[0] });
  return exempted(state, milestone) ?? reached(state, milestone);
}

/** Claimed, for the whole project or by one of its units, or begun by quantity: it plainly applies. */
function reached({ milestones, progress }: ProjectState, milestone: string): Rejection | undefined {
  const claimed = [...milestones].some(
    ([key, state]) => state.claimed && (key === milestone || key.startsWith(`${milestone}@`)),
  );
  const done = progress.claimed?.done.get(milestone) ?? 0;
  return claimed || done > 0 ? reject('MILESTONE_HAS_CLAIMS', { milestone }) : undefined;
}

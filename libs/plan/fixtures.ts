import { decodeEntry, encodeEntry, type EventInit, makeEntry } from '@planledger/contracts';
import { planEvents } from './import.js';
import { loadPlan, shippedPlan } from './load.js';
import type { LoadedPlan } from './loaded.js';
import { emptyPlan, foldPlan, PLAN_STREAM, type PlanState } from './state.js';

export function shipped(name: string): LoadedPlan {
  const loaded = loadPlan(shippedPlan(name));
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.plan;
}

export const sample: LoadedPlan = shipped('sample-city');

/** What was decided, and on which business date. */
export interface Decided {
  readonly event: EventInit;
  readonly on?: string;
}

/** The state after one more event went through the bytes of a ledger. */
export function after(state: PlanState, { event, on = '2024-06-30' }: Decided): PlanState {
  const position = state.position + 1;
  const place = { plan: 'sample-city', stream: PLAN_STREAM, position, version: position, occurredOn: on };
  return foldPlan(state, decodeEntry(encodeEntry(makeEntry({ ...place, event }))));
}

export const imported = (plan: LoadedPlan): PlanState =>
  planEvents(plan, '2026-03-01').reduce((state, event) => after(state, { event }), emptyPlan);

/** The sample plan as loaded, and what was decided of it since. */
export const decided = (...events: readonly EventInit[]): PlanState =>
  events.reduce((state, event) => after(state, { event }), LOADED);
export const LOADED: PlanState = imported({
  ...sample,
  rosters: [...sample.rosters, { roster: 'towns', name: '乡镇', open: true, quote: '每个县' }],
  items: [
    ...sample.items,
    { item: 'T5-2', name: '绿色社区', sector: 'housing', chapter: 5, nature: 'create', quote: '老旧小区' },
  ],
});

import type { MeasureDefined } from '@planledger/contracts';
import type { PlanState } from '@planledger/plan';

/** Measures of a sector that units of these kinds count for: two sectors may well have a kind of the same name. */
export const measuresCounting = (plan: PlanState, sector: string, ...kinds: readonly string[]): MeasureDefined[] =>
  [...plan.measures.values()].filter(
    ({ item, unitKind }) => kinds.includes(unitKind) && plan.items.get(item)?.sector === sector,
  );

/** Named works of these measures that none of the delivered units is; works are told apart within their measure. */
export function worksMissing(
  measures: readonly MeasureDefined[],
  delivered: readonly { readonly measure: string; readonly work: string }[],
): { measure: string; work: string; name: string }[] {
  const there = new Set(delivered.map(({ measure, work }) => `${measure}/${work}`));
  return measures
    .flatMap(({ measure, works }) => works.map(({ work, name }) => ({ measure, work, name })))
    .filter(({ measure, work }) => !there.has(`${measure}/${work}`));
}

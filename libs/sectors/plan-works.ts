import type { PlanState } from '@planledger/plan';

/** A named work of a checklist, or a unit delivered for one: works are told apart within their measure only. */
interface PlanWork {
  readonly measure: string;
  readonly work: string;
}

/** Named works of the plan that are counted by units of these kinds, and that none of the delivered ones is. */
export function worksMissing(
  plan: PlanState,
  kinds: readonly string[],
  delivered: readonly PlanWork[],
): (PlanWork & { readonly name: string })[] {
  const there = new Set(delivered.map(({ measure, work }) => `${measure}/${work}`));
  return [...plan.measures.values()]
    .filter(({ unitKind }) => kinds.includes(unitKind))
    .flatMap(({ measure, works }) => works.map(({ work, name }) => ({ measure, work, name })))
    .filter(({ measure, work }) => !there.has(`${measure}/${work}`));
}

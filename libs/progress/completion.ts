import { ruleVersion } from '@planledger/plan';
import type { Completion, CutBy, Row } from './answer.js';
import { assessBoth, type Both } from './both.js';
import { headline } from './headline.js';
import type { CompletionInput } from './reading.js';
import { countyRows, itemRows, offPlanRows, programmeRows, sectorRows } from './rows.js';
import { PROGRESS_PART, rulesOn } from './rules.js';

/**
 * How far the plan is, on one day and as far as was known: the triple, and the rows of one cut (DOMAIN §4). A pure
 * function of its input, and plain JSON: the live aggregator and the auditor's replay answer with the same bytes.
 */
export function completion(input: CompletionInput, by: CutBy): Completion {
  const { plan, on, through, parked, clockNote } = input;
  // An unknown version must not be answered by other rules, whatever the plan holds.
  rulesOn(plan, on);
  const both = assessBoth(input);
  return {
    title: plan.plan?.title ?? '',
    basis: `依据：${plan.plan?.basis ?? ''}`,
    demo: plan.plan?.demo ?? false,
    on,
    ruleVersion: ruleVersion(plan, PROGRESS_PART, on) ?? null,
    afterTheFact:
      plan.rules.get(PROGRESS_PART)?.findLast(({ inForceFrom }) => inForceFrom <= on)?.afterTheFact ?? false,
    weightSet: { id: both.weights.id, name: both.weights.name },
    planPosition: plan.position,
    through,
    parked,
    ...(clockNote === undefined ? {} : { clockNote }),
    headline: headline(both),
    by,
    rows: rowsBy(both, by),
    offPlan: offPlanRows(both.b0.reading),
  };
}

function rowsBy(both: Both, by: CutBy): Row[] {
  switch (by) {
    case 'sector':
      return sectorRows(both);
    case 'programme':
      return programmeRows(both);
    case 'item':
      return itemRows(both);
    case 'county':
      return countyRows(both);
  }
}

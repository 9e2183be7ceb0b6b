import { ruleVersion } from '@planledger/plan';
import type { Completion, CutBy, WeightSetLine } from './answer.js';
import type { Row } from './answer-rows.js';
import { assessBoth, type Both } from './both.js';
import { WHOLE_PLAN } from './cut.js';
import { elapsedOn } from './elapsed.js';
import { headline } from './headline.js';
import { groupsOfCut, moneyOf } from './money-figures.js';
import type { CompletionInput } from './reading.js';
import { itemRows, offPlanRows, programmeRows, sectorRows } from './rows.js';
import { countyRows } from './rows-county.js';
import { PROGRESS_PART, rulesOn } from './rules.js';
import { type WeightSet, weightSetOn, weightSetsOn } from './weights.js';

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
    weightSet: weightSetLine(input, both.weights),
    weightSets: weightSetsOn(plan, on).map((set) => weightSetLine(input, set)),
    planPosition: plan.position,
    through,
    parked,
    ...(clockNote === undefined ? {} : { clockNote }),
    headline: headline(both),
    elapsed: elapsedOn(plan, on),
    money: moneyOf(both.b0.reading, 'plan', groupsOfCut(both.b0.reading, WHOLE_PLAN)),
    by,
    rows: rowsBy(both, by),
    offPlan: offPlanRows(both.b0.reading),
  };
}

const weightSetLine = ({ plan, on }: CompletionInput, set: WeightSet): WeightSetLine => ({
  ...{ id: set.id, name: set.name, inForceFrom: set.inForceFrom || null, document: set.document || null },
  inForce: set === weightSetOn(plan, on),
});

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

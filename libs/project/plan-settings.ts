import { type EventInit, makeEvent } from '@planledger/contracts';
import { isDate, type Rejection } from '@planledger/kernel';
import { crossedOn, fitsThreshold, isThreshold, type PlanState } from '@planledger/plan';
import type { AdoptRulesBody, ApproveThresholdsBody, ApproveWeightsBody } from './bodies-plan.js';
import { reject, type RowContext } from './command.js';
import { firstOf } from './plan-changes.js';
import { isFirm, onlyOnce, same } from './plan-measure.js';

/** Whole of a weight set, and of the measures of an item: in basis points. */
const WHOLE = 10_000;
/** 等权, which is in force without any approval. */
const EQUAL = 'equal';

/** What sets how figures are computed holds from a later day only: no figure of today changes under the reader. */
function inFuture(from: string, today: string): Rejection | undefined {
  if (!isDate(from)) return reject('NO_SUCH_DAY', { date: from });
  return from > today ? undefined : reject('RULE_NOT_IN_FUTURE', { from, today });
}

const sumOf = (weights: readonly { readonly weight: number }[]): number =>
  weights.reduce((sum, { weight }) => sum + weight, 0);

/** A weight set: of items, and where it says so of the measures within an item. */
export function approveWeights(body: ApproveWeightsBody, { wide: { plan }, today }: RowContext): EventInit | Rejection {
  const { set, name, items, measures = [], inForceFrom, document } = body;
  if (set === EQUAL || plan.weightSets.some((known) => known.set === set)) return reject('WEIGHT_SET_TAKEN', { set });
  const byItem = new Map<string, { weight: number }[]>();
  for (const weight of measures) {
    const item = plan.measures.get(weight.measure)?.item ?? '';
    byItem.set(item, [...(byItem.get(item) ?? []), weight]);
  }
  const sums = [['items', items] as const, ...byItem];
  return (
    onlyOnce([...items.map(({ item }) => item), ...measures.map(({ measure }) => measure)]) ??
    firstOf(items, ({ item }) => (plan.items.has(item) ? undefined : reject('ITEM_UNKNOWN', { item }))) ??
    firstOf(measures, ({ measure }) => weighable(measure, plan)) ??
    firstOf(sums, ([of, weights]) => {
      const sum = sumOf(weights);
      return sum === WHOLE ? undefined : reject('WEIGHTS_SUM', { of: of === 'items' ? set : of, sum, whole: WHOLE });
    }) ??
    inFuture(inForceFrom, today) ?? {
      case: 'weightSetApproved',
      value: {
        ...{ set, name, inForceFrom, document },
        items: items.map(({ item, weight }) => ({ code: item, weight })),
        measures: measures.map(({ measure, weight }) => ({ code: measure, weight })),
      },
    }
  );
}

/** Only what enters C has a weight in it: firm measures that are no part of another (DOMAIN §1, §4.3). */
function weighable(measure: string, { measures }: PlanState): Rejection | undefined {
  const known = measures.get(measure);
  if (!known) return reject('MEASURE_UNKNOWN', { measure });
  return isFirm(known) && known.partOf === '' ? undefined : reject('WEIGHS_NOTHING', { measure });
}

/** Numbers that rules read by name. */
export function approveThresholds(
  { values, inForceFrom, document }: ApproveThresholdsBody,
  { wide: { plan }, today, on, head }: RowContext,
): EventInit | Rejection | undefined {
  const asked = [inForceFrom, document, byName(values.map(({ name, value }) => [name, value]))];
  const said = plan.thresholds.map((one) => [one.inForceFrom, one.document, byName(Object.entries(one.values))]);
  if (said.some((one) => same(one, asked))) return undefined;
  const refused =
    onlyOnce(values.map(({ name }) => name)) ??
    firstOf(values, ({ name, value }) => thresholdFits(name, value, plan)) ??
    inFuture(inForceFrom, today);
  if (refused) return refused;
  const event = {
    case: 'thresholdsApproved',
    value: { values: Object.fromEntries(values.map(({ name, value }) => [name, value])), inForceFrom, document },
  } as const;
  const supposed = { ...makeEvent(event).value, on, position: head + 1 };
  const [crossed] = crossedOn({ ...plan, thresholds: [...plan.thresholds, supposed] }, inForceFrom);
  return crossed ? reject('THRESHOLDS_CROSSED', { lower: crossed[0], upper: crossed[1] }) : event;
}

const byName = (values: readonly [string, string][]) => [...values].sort(([a], [b]) => (a < b ? -1 : 1));

function thresholdFits(name: string, value: string, plan: PlanState): Rejection | undefined {
  const of = /^tolerance\/(.+)$/.exec(name)?.[1];
  const known = of === undefined ? isThreshold(name) : plan.measures.has(of) || plan.indicators.has(of);
  if (!known) return reject('THRESHOLD_UNKNOWN', { name });
  return fitsThreshold(name, value) ? undefined : reject('THRESHOLD_MISFORMED', { name, value });
}

/** Rules that this program can compute by, and that the part does not follow yet. */
export function adoptRules({ part, version, inForceFrom }: AdoptRulesBody, { wide, today }: RowContext) {
  const { plan, program } = wide;
  const sector = part === 'progress' ? undefined : part.slice('sector/'.length);
  const known =
    sector === undefined
      ? program.progressVersions.has(version)
      : plan.sectors.has(sector) && program.sectors.get(sector)?.rules === version;
  // A version that cannot be computed by would take every answer down from its first day on.
  if (!known) return reject('RULES_UNKNOWN', { part, version });
  if (plan.rules.get(part)?.some((adopted) => adopted.version === version)) {
    return reject('RULES_ALREADY_ADOPTED', { part, version });
  }
  const value = { part, version, inForceFrom, afterTheFact: false };
  return inFuture(inForceFrom, today) ?? ({ case: 'rulesAdopted', value } as const);
}

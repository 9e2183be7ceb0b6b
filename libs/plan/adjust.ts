import {
  Basis,
  type ChecklistAdopted,
  Commitment,
  type IndicatorChange,
  type IndicatorDefined,
  type MeasureChange,
  type MeasureDefined,
  type PlanAdjusted,
  type PlanDefined,
  type PlanIssued,
  PlanStatus,
  Quantifier,
  type RosterAdopted,
  type RosterDefined,
} from '@planledger/contracts';
import type { PlanBaseline, PlanState } from './state.js';

/** What a document makes of the plan: the baseline after it, its head, and the codes it changed. */
export interface Changed {
  readonly baseline: PlanBaseline;
  readonly head: PlanDefined | undefined;
  readonly changed: readonly string[];
}

/** The plan as issued: its changes on the current plan. The caller seals B0 with the same baseline. */
export function issued(state: PlanState, { issuer, basis, textDigest, measures, indicators }: PlanIssued): Changed {
  const { plan } = state;
  const head = plan && {
    ...plan,
    status: PlanStatus.ISSUED,
    issuer: issuer || plan.issuer,
    basis,
    textDigest: textDigest || plan.textDigest,
  };
  return { ...changedBy(state, measures, indicators), head };
}

/** The current plan after an adjustment. A withdrawn item takes its measures with it. */
export function adjusted(state: PlanState, event: PlanAdjusted): Changed {
  const { baseline, changed } = changedBy(state, event.measures, event.indicators);
  const gone = new Set(event.withdrawn);
  const items = new Map([...baseline.items].filter(([item]) => !gone.has(item)));
  const measures = new Map(
    [...baseline.measures].filter(([measure, { item }]) => !gone.has(measure) && !gone.has(item)),
  );
  for (const item of event.items) items.set(item.item, item);
  for (const measure of event.added) measures.set(measure.measure, measure);
  const codes = [...event.items.map(({ item }) => item), ...event.added.map(({ measure }) => measure)];
  return {
    baseline: { ...baseline, items, measures },
    head: state.plan && { ...state.plan, status: PlanStatus.ADJUSTED },
    changed: [...changed, ...codes, ...gone],
  };
}

function changedBy(
  { items, measures, indicators, rosters, paths }: PlanBaseline,
  measureChanges: readonly MeasureChange[],
  indicatorChanges: readonly IndicatorChange[],
): { readonly baseline: PlanBaseline; readonly changed: readonly string[] } {
  const [nextMeasures, nextIndicators, nextPaths] = [new Map(measures), new Map(indicators), new Map(paths)];
  for (const change of measureChanges) {
    const before = measures.get(change.measure);
    if (before) nextMeasures.set(change.measure, changedMeasure(before, change));
  }
  for (const change of indicatorChanges) {
    const before = indicators.get(change.indicator);
    if (!before) continue;
    nextIndicators.set(change.indicator, changedIndicator(before, change));
    if (change.path.length > 0) nextPaths.set(change.indicator, change.path);
  }
  return {
    baseline: { items, measures: nextMeasures, indicators: nextIndicators, rosters, paths: nextPaths },
    changed: [...measureChanges.map(({ measure }) => measure), ...indicatorChanges.map(({ indicator }) => indicator)],
  };
}

const changedMeasure = (before: MeasureDefined, { low, high, start, due, roster }: MeasureChange): MeasureDefined => ({
  ...before,
  low: low || before.low,
  high: high || before.high,
  start: start || before.start,
  due: due || before.due,
  roster: roster || before.roster,
});

const changedIndicator = (before: IndicatorDefined, { targetText, target }: IndicatorChange): IndicatorDefined => ({
  ...before,
  targetText: targetText || before.targetText,
  target: target || before.target,
});

/** The roster adopted, in the current plan; in B0 as well while that one is open. */
export function withRoster(state: PlanState, { roster, members }: RosterAdopted): Pick<PlanState, 'rosters' | 'b0'> {
  const adopt = (rosters: PlanBaseline['rosters']): PlanBaseline['rosters'] => {
    const before = rosters.get(roster);
    const after: RosterDefined | undefined = before && { ...before, open: false, members };
    return after ? new Map(rosters).set(roster, after) : rosters;
  };
  const rosters = adopt(state.rosters);
  if (!state.b0.rosters.get(roster)?.open) return { rosters, b0: state.b0 };
  // The same map where nothing was adjusted, so that B0 and the current plan stay one object to whoever compares.
  const first = state.b0.rosters === state.rosters ? rosters : adopt(state.b0.rosters);
  return { rosters, b0: { ...state.b0, rosters: first } };
}

/** The checklist as a measure of its item, in the current plan; in B0 as well where B0 has none yet. */
export function withChecklist(
  state: PlanState,
  { item, name, works, due }: ChecklistAdopted,
): Pick<PlanState, 'measures' | 'b0'> {
  const measure = `${item}.checklist`;
  const defined: MeasureDefined = {
    $typeName: 'planledger.v1.MeasureDefined',
    ...{ measure, item, name, unit: '项', quantifier: Quantifier.CHECKLIST, low: '', high: '' },
    ...{ commitment: Commitment.FIRM, basis: Basis.NEW, baseline: '', start: '', due, countsAt: '完成' },
    ...{ identity: '清单所列工程', unitKind: '', roster: '', works, partOf: '', quote: '', scheme: false },
  };
  const measures = new Map(state.measures).set(measure, defined);
  if (state.b0.measures.has(measure)) return { measures, b0: state.b0 };
  const first = state.b0.measures === state.measures ? measures : new Map(state.b0.measures).set(measure, defined);
  return { measures, b0: { ...state.b0, measures: first } };
}

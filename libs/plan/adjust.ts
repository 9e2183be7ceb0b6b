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

/**
 * The current plan after an adjustment. A withdrawn item takes its measures with it. A draft stays a draft: what the
 * issued text adds or drops is adjusted first, and becomes B0 when the plan is issued.
 */
export function adjusted(state: PlanState, event: PlanAdjusted): Changed & Pick<PlanState, 'past'> {
  const { baseline, changed } = changedBy(state, event.measures, event.indicators);
  const withdrawn = new Set(event.withdrawn);
  const [items, goneItems] = parted(baseline.items, (item) => withdrawn.has(item));
  const [measures, goneMeasures] = parted(
    baseline.measures,
    (measure, { item }) => withdrawn.has(measure) || withdrawn.has(item),
  );
  for (const item of event.items) items.set(item.item, item);
  for (const measure of event.added) measures.set(measure.measure, measure);
  const added = [...event.items.map(({ item }) => item), ...event.added.map(({ measure }) => measure)];
  const draft = state.plan?.status === PlanStatus.DRAFT;
  return {
    baseline: { ...baseline, items, measures },
    head: state.plan && { ...state.plan, status: draft ? PlanStatus.DRAFT : PlanStatus.ADJUSTED },
    changed: [...changed, ...added, ...goneItems.keys(), ...goneMeasures.keys()],
    past: {
      items: new Map([...state.past.items, ...goneItems]),
      measures: new Map([...state.past.measures, ...goneMeasures]),
    },
  };
}

/** What stays, and what goes. */
function parted<V>(
  all: ReadonlyMap<string, V>,
  goes: (code: string, value: V) => boolean,
): [Map<string, V>, Map<string, V>] {
  const [stays, gone] = [new Map<string, V>(), new Map<string, V>()];
  for (const [code, value] of all) (goes(code, value) ? gone : stays).set(code, value);
  return [stays, gone];
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

/**
 * A roster that comes in parts: `whole` once it is complete. A first part begins anew; a later one that does not follow
 * the part before it, of the same document, is none.
 */
export function joined(
  before: PlanState['rosterParts'],
  part: RosterAdopted,
): { readonly whole: RosterAdopted | undefined; readonly rosterParts: PlanState['rosterParts'] } {
  const pending = part.part > 1 ? before.get(part.roster) : undefined;
  if (part.part > 1 && !(pending && follows(pending, part))) return { whole: undefined, rosterParts: before };
  const sofar = { ...part, members: [...(pending?.members ?? []), ...part.members] };
  const rosterParts = new Map(before);
  if (part.part < part.parts) return { whole: undefined, rosterParts: rosterParts.set(part.roster, sofar) };
  rosterParts.delete(part.roster);
  return { whole: sofar, rosterParts };
}

/** Is this the part after that one? */
export const follows = (pending: RosterAdopted, next: Pick<RosterAdopted, 'document' | 'part' | 'parts'>): boolean =>
  pending.document === next.document && pending.parts === next.parts && pending.part + 1 === next.part;

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

/** The measure that an adopted checklist becomes. */
export const checklistOf = (item: string): string => `${item}.checklist`;

/**
 * The checklist as a measure of its item, in the current plan; in B0 as well where B0 has the item and no checklist of
 * it yet. Works that an earlier one named and this one does not are past.
 */
export function withChecklist(
  state: PlanState,
  { item, name, works, due }: ChecklistAdopted,
): Pick<PlanState, 'measures' | 'b0' | 'past'> {
  const measure = checklistOf(item);
  const defined: MeasureDefined = {
    $typeName: 'planledger.v1.MeasureDefined',
    ...{ measure, item, name, unit: '项', quantifier: Quantifier.CHECKLIST, low: '', high: '' },
    ...{ commitment: Commitment.FIRM, basis: Basis.NEW, baseline: '', start: state.plan?.periodStart ?? '', due },
    ...{
      countsAt: '完成',
      identity: '清单所列工程',
      unitKind: '',
      roster: '',
      works,
      partOf: '',
      quote: '',
      scheme: false,
    },
  };
  const measures = new Map(state.measures).set(measure, defined);
  const past = withDropped(state, defined);
  if (state.b0.measures.has(measure) || !state.b0.items.has(item)) return { measures, b0: state.b0, past };
  const first = state.b0.measures === state.measures ? measures : new Map(state.b0.measures).set(measure, defined);
  return { measures, b0: { ...state.b0, measures: first }, past };
}

function withDropped({ measures, past }: PlanState, now: MeasureDefined): PlanState['past'] {
  const before = measures.get(now.measure);
  const named = new Set(now.works.map(({ work }) => work));
  const works = [...(past.measures.get(now.measure)?.works ?? []), ...(before?.works ?? [])];
  const dropped = works.filter(({ work }) => !named.has(work));
  if (!before || dropped.length === 0) return past;
  return { ...past, measures: new Map(past.measures).set(now.measure, { ...before, works: dropped }) };
}

import {
  type CountyDefined,
  type DoubtRaised,
  type DoubtSettled,
  type Entry,
  type EvaluationApproved,
  type IndicatorDefined,
  type MeasureDefined,
  type NamedProjectDefined,
  type PathPoint,
  type PlanClosed,
  type PlanDefined,
  type PlanItemDefined,
  type PlanLoaded,
  PlanStatus,
  type ReportPublished,
  type RosterAdopted,
  type RosterDefined,
  type RulesAdopted,
  type SectorDefined,
  type TargetDecomposed,
  type ThresholdsApproved,
  type WeightSetApproved,
} from '@planledger/contracts';
import { adjusted, issued, joined, withChecklist, withRoster } from './adjust.js';
import { type CaseState, foldCase } from './cases.js';
import { foldPeriod, type Periods } from './periods.js';

/** The part of a plan that a document may change: targets, rosters, dates, and which items there are. */
export interface PlanBaseline {
  readonly items: ReadonlyMap<string, PlanItemDefined>;
  readonly measures: ReadonlyMap<string, MeasureDefined>;
  readonly indicators: ReadonlyMap<string, IndicatorDefined>;
  readonly rosters: ReadonlyMap<string, RosterDefined>;
  /** Approved yearly paths by indicator; without one the path is the straight line from baseline to target. */
  readonly paths: ReadonlyMap<string, readonly PathPoint[]>;
}

/**
 * The plan, period and case streams folded: the only source of targets, rosters, weights, thresholds, periods and
 * adopted rules. An immutable value; each such entry makes a new one. What an import wrote takes effect with its closing
 * PlanLoaded: until then `loaded` is undefined and nothing may be answered from it.
 *
 * The maps of the state itself are the current plan; `b0` is the plan as first loaded, sealed anew when it is issued, and
 * changed by nothing else (DOMAIN §4.5) but what says what the text meant or left open: a doubt settled, and the first
 * adoption of an open roster or of a checklist. Until a document changes something both hold the same objects.
 */
export interface PlanState extends PlanBaseline {
  readonly plan: PlanDefined | undefined;
  readonly sectors: ReadonlyMap<string, SectorDefined>;
  readonly counties: ReadonlyMap<string, CountyDefined>;
  readonly doubts: ReadonlyMap<string, DoubtRaised>;
  readonly namedProjects: ReadonlyMap<string, NamedProjectDefined>;
  readonly b0: PlanBaseline;
  /** The plan as its import left it: what its files are held against. Undefined until then. */
  readonly imported: PlanState | undefined;
  /** What no longer stands, though projects may follow it: withdrawn items and measures, works dropped from checklists. */
  readonly past: Pick<PlanBaseline, 'items' | 'measures'>;
  /** Adopted rule versions, oldest first, by part: `progress`, `sector/<slug>`. */
  readonly rules: ReadonlyMap<string, readonly RulesAdopted[]>;
  readonly loaded: PlanLoaded | undefined;
  /** By measure: the decomposition that stands. */
  readonly decomposed: ReadonlyMap<string, Dated<TargetDecomposed>>;
  /** In the order of approval, those that shipped with the plan first; inForceOn says which one holds on a day. */
  readonly weightSets: readonly Dated<WeightSetApproved>[];
  readonly thresholds: readonly Dated<ThresholdsApproved>[];
  readonly settled: ReadonlyMap<string, Dated<DoubtSettled>>;
  /** What changed the plan, oldest first: the denominator line names them. */
  readonly documents: readonly PlanDocument[];
  readonly closed: Dated<PlanClosed> | undefined;
  readonly evaluations: readonly AboutADay<EvaluationApproved>[];
  readonly reports: readonly AboutADay<ReportPublished>[];
  /** By roster: the parts of an adoption that is not complete yet, put together. */
  readonly rosterParts: ReadonlyMap<string, RosterAdopted>;
  readonly periods: Periods;
  readonly cases: ReadonlyMap<string, CaseState>;
  /** Position of the entry that defined or last changed each item, measure, indicator, roster and doubt: the leaves of explanations. */
  readonly definedAt: ReadonlyMap<string, number>;
  /** Position of the last entry folded in; 0 before the first. */
  readonly position: number;
}

/** What was said, when (business date), and where it stands. */
export type Dated<T> = Readonly<T> & { readonly on: string; readonly position: number };
/** The same of what has an `on` of its own, the business date of the figures it is about: said on `saidOn`. */
export type AboutADay<T extends { readonly on: string }> = Readonly<T> & {
  readonly saidOn: string;
  readonly position: number;
};

export interface PlanDocument {
  readonly kind: 'issued' | 'adjusted' | 'roster' | 'checklist' | 'closed';
  /** 文号 */
  readonly document: string;
  readonly on: string;
  readonly position: number;
  /** Codes of the items, measures, indicators or rosters that it changed. */
  readonly changed: readonly string[];
}

export const PLAN_STREAM = 'plan';

/** True of the streams that PlanState is folded from. They travel on the plan's topic, all others on their sector's. */
export const isPlanSide = (stream: string): boolean =>
  stream === PLAN_STREAM || stream.startsWith('period/') || stream.startsWith('case/');

const emptyBaseline: PlanBaseline = {
  items: new Map(),
  measures: new Map(),
  indicators: new Map(),
  rosters: new Map(),
  paths: new Map(),
};

export const emptyPlan: PlanState = {
  ...emptyBaseline,
  plan: undefined,
  sectors: new Map(),
  counties: new Map(),
  doubts: new Map(),
  namedProjects: new Map(),
  b0: emptyBaseline,
  imported: undefined,
  past: { items: new Map(), measures: new Map() },
  rules: new Map(),
  loaded: undefined,
  decomposed: new Map(),
  weightSets: [],
  thresholds: [],
  settled: new Map(),
  documents: [],
  closed: undefined,
  evaluations: [],
  reports: [],
  rosterParts: new Map(),
  periods: new Map(),
  cases: new Map(),
  definedAt: new Map(),
  position: 0,
};

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

/** The next state. Entries of other streams, or of a position already folded in, change nothing. */
export function foldPlan(state: PlanState, entry: Entry): PlanState {
  if (!isPlanSide(entry.stream) || entry.position <= state.position) return state;
  const seen = { ...state, position: entry.position };
  if (entry.stream.startsWith('period/')) return { ...seen, periods: foldPeriod(state.periods, entry) };
  if (entry.stream.startsWith('case/')) return { ...seen, cases: foldCase(state.cases, entry) };
  const next = foldPlanStream(seen, entry);
  if (state.loaded !== undefined) return next;
  // While the import is under way B0 follows it.
  const sealed = { ...next, b0: baselineOf(next) };
  return sealed.loaded === undefined ? sealed : { ...sealed, imported: sealed };
}

const baselineOf = ({ items, measures, indicators, rosters, paths }: PlanBaseline): PlanBaseline => ({
  items,
  measures,
  indicators,
  rosters,
  paths,
});

function foldPlanStream(state: PlanState, { event, position, occurredOn: on }: Entry): PlanState {
  const at = (...ids: readonly string[]): ReadonlyMap<string, number> =>
    new Map([...state.definedAt, ...ids.map((id) => [id, position] as const)]);
  const documented = (kind: PlanDocument['kind'], document: string, changed: readonly string[]): PlanState => ({
    ...state,
    documents: [...state.documents, { kind, document, on, position, changed }],
    definedAt: at(...changed),
  });
  switch (event.case) {
    case 'planDefined':
      return { ...state, plan: event.value };
    case 'sectorDefined':
      return { ...state, sectors: put(state.sectors, event.value.sector, event.value) };
    case 'countyDefined':
      return { ...state, counties: put(state.counties, event.value.code, event.value) };
    case 'planItemDefined': {
      const { item } = event.value;
      return { ...state, items: put(state.items, item, event.value), definedAt: at(item) };
    }
    case 'measureDefined': {
      const { measure } = event.value;
      return { ...state, measures: put(state.measures, measure, event.value), definedAt: at(measure) };
    }
    case 'indicatorDefined': {
      const { indicator } = event.value;
      return { ...state, indicators: put(state.indicators, indicator, event.value), definedAt: at(indicator) };
    }
    case 'rosterDefined': {
      const { roster } = event.value;
      return { ...state, rosters: put(state.rosters, roster, event.value), definedAt: at(roster) };
    }
    case 'doubtRaised': {
      const { doubt } = event.value;
      return { ...state, doubts: put(state.doubts, doubt, event.value), definedAt: at(doubt) };
    }
    case 'namedProjectDefined':
      return { ...state, namedProjects: put(state.namedProjects, event.value.namedProject, event.value) };
    case 'rulesAdopted': {
      const { part } = event.value;
      return { ...state, rules: put(state.rules, part, [...(state.rules.get(part) ?? []), event.value]) };
    }
    case 'planLoaded':
      return { ...state, loaded: event.value };
    case 'planIssued': {
      const { baseline, head, changed } = issued(state, event.value);
      return { ...documented('issued', event.value.document, changed), ...baseline, b0: baseline, plan: head };
    }
    case 'planAdjusted': {
      const { baseline, head, changed, past } = adjusted(state, event.value);
      return { ...documented('adjusted', event.value.document, changed), ...baseline, plan: head, past };
    }
    case 'planClosed': {
      const closed = { ...event.value, on, position };
      const head = state.plan && { ...state.plan, status: PlanStatus.CLOSED };
      return { ...documented('closed', event.value.document, []), plan: head, closed };
    }
    case 'rosterAdopted': {
      const { roster, document } = event.value;
      const { whole, rosterParts } = joined(state.rosterParts, event.value);
      if (!whole) return { ...state, rosterParts };
      return { ...documented('roster', document, [roster]), ...withRoster(state, whole), rosterParts };
    }
    case 'checklistAdopted': {
      const { item, document } = event.value;
      return { ...documented('checklist', document, [`${item}.checklist`]), ...withChecklist(state, event.value) };
    }
    case 'targetDecomposed':
      return {
        ...state,
        decomposed: put(state.decomposed, event.value.measure, { ...event.value, on, position }),
      };
    case 'weightSetApproved':
      return { ...state, weightSets: [...state.weightSets, { ...event.value, on, position }] };
    case 'thresholdsApproved':
      return { ...state, thresholds: [...state.thresholds, { ...event.value, on, position }] };
    case 'doubtSettled': {
      const { doubt } = event.value;
      return { ...state, settled: put(state.settled, doubt, { ...event.value, on, position }), definedAt: at(doubt) };
    }
    case 'evaluationApproved':
      return { ...state, evaluations: [...state.evaluations, { ...event.value, saidOn: on, position }] };
    case 'reportPublished':
      return { ...state, reports: [...state.reports, { ...event.value, saidOn: on, position }] };
    default:
      return state;
  }
}

/**
 * Which of several holds on a day: the one whose force began last, and of those that began on one day the one approved
 * last. `all` in the order of approval; undefined where none holds yet.
 */
export const inForceOn = <T extends { readonly inForceFrom: string }>(all: readonly T[], on: string): T | undefined =>
  all.reduce<T | undefined>(
    (holds, each) => (each.inForceFrom > on || (holds && each.inForceFrom < holds.inForceFrom) ? holds : each),
    undefined,
  );

/** The rule version of a part in force on a day; undefined where none was adopted by then. */
export const ruleVersion = (plan: PlanState, part: string, on: string): string | undefined =>
  inForceOn(plan.rules.get(part) ?? [], on)?.version;

/** An item of the plan, or one that stood once: projects that were linked to it stay so. */
export const itemEver = (plan: PlanState, item: string): PlanItemDefined | undefined =>
  plan.items.get(item) ?? plan.past.items.get(item);

/** A measure of the plan, or one that stood once: what projects began to deliver is judged by it to its end. */
export const measureEver = (plan: PlanState, measure: string): MeasureDefined | undefined =>
  plan.measures.get(measure) ?? plan.past.measures.get(measure);

/** Doubts that touch a node (item, measure or indicator), settled ones among them. */
export const doubtsAbout = (plan: PlanState, node: string): DoubtRaised[] =>
  [...plan.doubts.values()].filter((doubt) => doubt.about.includes(node));

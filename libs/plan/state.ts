import type {
  CountyDefined,
  DoubtRaised,
  Entry,
  IndicatorDefined,
  MeasureDefined,
  NamedProjectDefined,
  PlanDefined,
  PlanItemDefined,
  PlanLoaded,
  RosterDefined,
  RulesAdopted,
  SectorDefined,
} from '@planledger/contracts';

/**
 * The plan stream folded: the only source of targets, rosters, weights and rules. An immutable value; each entry of the
 * plan stream makes a new one. What an import wrote takes effect with its closing PlanLoaded: until then `loaded` is
 * undefined and nothing may be answered from it.
 *
 * `b0` is the plan as first loaded: its measures and rosters never change (DOMAIN §4.5). Until the plan is adjusted,
 * `b0` and the current maps are the same objects.
 */
export interface PlanState {
  readonly plan: PlanDefined | undefined;
  readonly sectors: ReadonlyMap<string, SectorDefined>;
  readonly counties: ReadonlyMap<string, CountyDefined>;
  readonly items: ReadonlyMap<string, PlanItemDefined>;
  readonly measures: ReadonlyMap<string, MeasureDefined>;
  readonly indicators: ReadonlyMap<string, IndicatorDefined>;
  readonly rosters: ReadonlyMap<string, RosterDefined>;
  readonly doubts: ReadonlyMap<string, DoubtRaised>;
  readonly namedProjects: ReadonlyMap<string, NamedProjectDefined>;
  /** Adopted rule versions, oldest first, by part: `progress`, `sector/<slug>`. */
  readonly rules: ReadonlyMap<string, readonly RulesAdopted[]>;
  readonly loaded: PlanLoaded | undefined;
  /** Position of the entry that defined each item, measure, indicator, roster and doubt: the leaves of explanations. */
  readonly definedAt: ReadonlyMap<string, number>;
  /** Position of the last plan entry folded in; 0 before the first. */
  readonly position: number;
}

export const PLAN_STREAM = 'plan';

export const emptyPlan: PlanState = {
  plan: undefined,
  sectors: new Map(),
  counties: new Map(),
  items: new Map(),
  measures: new Map(),
  indicators: new Map(),
  rosters: new Map(),
  doubts: new Map(),
  namedProjects: new Map(),
  rules: new Map(),
  loaded: undefined,
  definedAt: new Map(),
  position: 0,
};

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);

/** The next state. Entries of other streams, or of a position already folded in, change nothing. */
export function foldPlan(state: PlanState, entry: Entry): PlanState {
  if (entry.stream !== PLAN_STREAM || entry.position <= state.position) return state;
  const { event, position } = entry;
  const seen = { ...state, position };
  const at = (id: string): ReadonlyMap<string, number> => put(state.definedAt, id, position);
  switch (event.case) {
    case 'planDefined':
      return { ...seen, plan: event.value };
    case 'sectorDefined':
      return { ...seen, sectors: put(state.sectors, event.value.sector, event.value) };
    case 'countyDefined':
      return { ...seen, counties: put(state.counties, event.value.code, event.value) };
    case 'planItemDefined':
      return { ...seen, items: put(state.items, event.value.item, event.value), definedAt: at(event.value.item) };
    case 'measureDefined':
      return {
        ...seen,
        measures: put(state.measures, event.value.measure, event.value),
        definedAt: at(event.value.measure),
      };
    case 'indicatorDefined':
      return {
        ...seen,
        indicators: put(state.indicators, event.value.indicator, event.value),
        definedAt: at(event.value.indicator),
      };
    case 'rosterDefined':
      return {
        ...seen,
        rosters: put(state.rosters, event.value.roster, event.value),
        definedAt: at(event.value.roster),
      };
    case 'doubtRaised':
      return { ...seen, doubts: put(state.doubts, event.value.doubt, event.value), definedAt: at(event.value.doubt) };
    case 'namedProjectDefined':
      return { ...seen, namedProjects: put(state.namedProjects, event.value.namedProject, event.value) };
    case 'rulesAdopted':
      return {
        ...seen,
        rules: put(state.rules, event.value.part, [...(state.rules.get(event.value.part) ?? []), event.value]),
      };
    case 'planLoaded':
      return { ...seen, loaded: event.value };
    default:
      return seen;
  }
}

/** The rule version of a part in force on a day; undefined where none was adopted by then. */
export function ruleVersion(plan: PlanState, part: string, on: string): string | undefined {
  return plan.rules.get(part)?.findLast((adopted) => adopted.inForceFrom <= on)?.version;
}

/** Doubts that touch a node (item, measure or indicator). */
export const doubtsAbout = (plan: PlanState, node: string): DoubtRaised[] =>
  [...plan.doubts.values()].filter((doubt) => doubt.about.includes(node));

import {
  CountyDefinedSchema,
  DoubtRaisedSchema,
  EvaluationApprovedSchema,
  IndicatorDefinedSchema,
  MeasureDefinedSchema,
  NamedProjectDefinedSchema,
  plainMessage,
  PlanClosedSchema,
  PlanDefinedSchema,
  PlanItemDefinedSchema,
  ReportPublishedSchema,
  RosterDefinedSchema,
  RulesAdoptedSchema,
  SectorDefinedSchema,
  TargetDecomposedSchema,
  WeightSetApprovedSchema,
} from '@planledger/contracts';
import { inForceOn, type PlanState, thresholdsOn } from '@planledger/plan';

/**
 * The current plan as JSON, in the ledger's own words (proto/planledger/v1/plan.proto, JSON names), and what the
 * commission decided of it since it was loaded. `position` is that of the entry, `date` the business date on which it
 * was decided; sets and thresholds are those in force on `on`.
 */
export const plainPlan = (id: string, plan: PlanState, on: string): object => ({
  plan: id,
  head: plan.plan ? plainMessage(PlanDefinedSchema, plan.plan) : null,
  digest: plan.loaded?.digest ?? null,
  position: plan.position,
  sectors: [...plan.sectors.values()].map((sector) => plainMessage(SectorDefinedSchema, sector)),
  counties: [...plan.counties.values()].map((county) => plainMessage(CountyDefinedSchema, county)),
  items: [...plan.items.values()].map((item) => plainMessage(PlanItemDefinedSchema, item)),
  measures: [...plan.measures.values()].map((measure) => plainMessage(MeasureDefinedSchema, measure)),
  indicators: [...plan.indicators.values()].map((indicator) => ({
    ...plainMessage(IndicatorDefinedSchema, indicator),
    path: (plan.paths.get(indicator.indicator) ?? []).map(({ year, value }) => ({ year, value })),
  })),
  rosters: [...plan.rosters.values()].map((roster) => ({
    ...plainMessage(RosterDefinedSchema, roster),
    adopted: plan.documents
      .filter(({ kind, changed }) => kind === 'roster' && changed.includes(roster.roster))
      .map(({ document, on: date, position }) => ({ document, date, position })),
    pending: pendingOf(plan, roster.roster),
  })),
  doubts: [...plan.doubts.values()].map((doubt) => ({
    ...plainMessage(DoubtRaisedSchema, doubt),
    settled: settledAs(plan, doubt.doubt),
  })),
  namedProjects: [...plan.namedProjects.values()].map((named) => plainMessage(NamedProjectDefinedSchema, named)),
  rules: [...plan.rules.values()].flat().map((rule) => plainMessage(RulesAdoptedSchema, rule)),
  b0: beforeDocuments(plan),
  documents: plan.documents.map(({ kind, document, on: date, position, changed }) => ({
    ...{ kind, document, date, position, changed },
  })),
  targets: [...plan.decomposed.values()].map((decomposed) => ({
    ...plainMessage(TargetDecomposedSchema, decomposed),
    ...{ date: decomposed.on, position: decomposed.position },
  })),
  weightSets: weightSets(plan, on),
  thresholds: thresholdsOn(plan, on),
  closed: plan.closed
    ? {
        ...plainMessage(PlanClosedSchema, plan.closed),
        ...{ date: plan.closed.on, position: plan.closed.position },
      }
    : null,
  evaluations: plan.evaluations.map((evaluation) => ({
    ...plainMessage(EvaluationApprovedSchema, evaluation),
    ...{ date: evaluation.saidOn, position: evaluation.position },
  })),
  reports: plan.reports.map((report) => ({
    ...plainMessage(ReportPublishedSchema, report),
    ...{ date: report.saidOn, position: report.position },
  })),
});

/** What B0 has otherwise than the current plan, or has alone; and the codes that B0 does not have. */
function beforeDocuments({ b0, items, measures, indicators, rosters }: PlanState): object {
  return {
    items: otherwise(b0.items, items).map((item) => plainMessage(PlanItemDefinedSchema, item)),
    measures: otherwise(b0.measures, measures).map((measure) => plainMessage(MeasureDefinedSchema, measure)),
    indicators: otherwise(b0.indicators, indicators).map((one) => plainMessage(IndicatorDefinedSchema, one)),
    rosters: otherwise(b0.rosters, rosters).map((roster) => plainMessage(RosterDefinedSchema, roster)),
    without: [...items.keys(), ...measures.keys()].filter((code) => !b0.items.has(code) && !b0.measures.has(code)),
  };
}

/** By identity: what no document touched is one object in both. */
const otherwise = <V>(b0: ReadonlyMap<string, V>, current: ReadonlyMap<string, V>): V[] =>
  [...b0].filter(([code, value]) => current.get(code) !== value).map(([, value]) => value);

/** An adoption in parts that waits for its last one. */
function pendingOf({ rosterParts }: PlanState, roster: string): object | null {
  const found = rosterParts.get(roster);
  return found
    ? { document: found.document, part: found.part, parts: found.parts, members: found.members.length }
    : null;
}

function settledAs({ settled }: PlanState, doubt: string): object | null {
  const found = settled.get(doubt);
  return found ? { reading: found.reading, document: found.document, date: found.on, position: found.position } : null;
}

/** 等权, and every set approved; one of them is in force. */
function weightSets(plan: PlanState, on: string): object[] {
  const inForce = inForceOn(plan.weightSets, on);
  const equal = { set: 'equal', name: '等权', items: [], measures: [], inForceFrom: '', document: '' };
  return [
    { ...equal, position: null, inForce: inForce === undefined },
    ...plan.weightSets.map((set) => ({
      ...plainMessage(WeightSetApprovedSchema, set),
      ...{ date: set.on, position: set.position, inForce: set === inForce },
    })),
  ];
}

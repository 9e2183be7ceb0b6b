import {
  CountyDefinedSchema,
  DoubtRaisedSchema,
  IndicatorDefinedSchema,
  MeasureDefinedSchema,
  NamedProjectDefinedSchema,
  plainMessage,
  PlanDefinedSchema,
  PlanItemDefinedSchema,
  RosterDefinedSchema,
  RulesAdoptedSchema,
  SectorDefinedSchema,
} from '@planledger/contracts';
import type { PlanState } from '@planledger/plan';

/** The plan as JSON, in the ledger's own words (proto/planledger/v1/plan.proto, JSON names). */
export const plainPlan = (id: string, plan: PlanState): object => ({
  plan: id,
  head: plan.plan ? plainMessage(PlanDefinedSchema, plan.plan) : null,
  digest: plan.loaded?.digest ?? null,
  position: plan.position,
  sectors: [...plan.sectors.values()].map((sector) => plainMessage(SectorDefinedSchema, sector)),
  counties: [...plan.counties.values()].map((county) => plainMessage(CountyDefinedSchema, county)),
  items: [...plan.items.values()].map((item) => plainMessage(PlanItemDefinedSchema, item)),
  measures: [...plan.measures.values()].map((measure) => plainMessage(MeasureDefinedSchema, measure)),
  indicators: [...plan.indicators.values()].map((indicator) => plainMessage(IndicatorDefinedSchema, indicator)),
  rosters: [...plan.rosters.values()].map((roster) => plainMessage(RosterDefinedSchema, roster)),
  doubts: [...plan.doubts.values()].map((doubt) => plainMessage(DoubtRaisedSchema, doubt)),
  namedProjects: [...plan.namedProjects.values()].map((named) => plainMessage(NamedProjectDefinedSchema, named)),
  rules: [...plan.rules.values()].flat().map((rule) => plainMessage(RulesAdoptedSchema, rule)),
});

import {
  Basis,
  Commitment,
  Confidence as WireConfidence,
  type Contribution,
  decodeStanding,
  type DesignedQuantity,
  type ElementStanding,
  type EventInit,
  IndicatorKind,
  IndicatorNature,
  ItemNature,
  makeEntry,
  type MeasureDefined,
  type MilestoneStanding,
  type MoneyOfYear,
  type ObservationStanding,
  ProjectStatus,
  Quantifier,
  type Standing,
} from '@planledger/contracts';
import { emptyPlan, foldPlan, PLAN_STREAM, type PlanState } from '@planledger/plan';
import { cellsOf } from './cells.js';
import type { CompletionInput, Confidence } from './reading.js';

/** Small plans and standings for the specs of this library: real plan events through the real fold. */

type Payload<Case extends EventInit['case']> = Extract<EventInit, { case: Case }>['value'];
export type MeasureFixture = Partial<Omit<MeasureDefined, '$typeName' | '$unknown' | 'works'>> & {
  readonly measure: string;
  readonly works?: { work: string; name?: string; weight?: number }[];
};

export interface PlanFixture {
  readonly sectors?: readonly string[];
  readonly counties?: readonly string[];
  readonly items?: readonly (Payload<'planItemDefined'> & { item: string })[];
  /** Items they name and that are not among `items` are made. */
  readonly measures?: readonly MeasureFixture[];
  readonly rosters?: readonly Payload<'rosterDefined'>[];
  readonly indicators?: readonly Payload<'indicatorDefined'>[];
  readonly doubts?: readonly Payload<'doubtRaised'>[];
  readonly rules?: readonly Payload<'rulesAdopted'>[];
  /** What happened to the plan once it was loaded, each on the day it says. */
  readonly later?: readonly Later[];
}
/** In the plan's own stream unless it names a period's or a case's. */
export type Later = EventInit & { readonly on?: string; readonly stream?: string };

const RULES_V0 = { part: 'progress', version: 'v0', inForceFrom: '2021-01-01', afterTheFact: true };

/** A plan for 2021–2025; measures are firm, at least 10, new, and due at its end unless they say otherwise. */
export function planOf(fixture: PlanFixture): PlanState {
  const measures = fixture.measures ?? [];
  const items = new Map((fixture.items ?? []).map((item) => [item.item, item]));
  for (const { measure } of measures) {
    const item = measure.slice(0, measure.indexOf('.'));
    if (!items.has(item)) items.set(item, { item });
  }
  const events: EventInit[] = [
    {
      case: 'planDefined',
      value: {
        ...{ title: '规划', basis: '征求意见稿（2022-03）', goLive: '2024-01-01' },
        ...{ periodStart: '2021-01-01', periodEnd: '2025-12-31' },
      },
    },
    ...(fixture.sectors ?? ['education']).map((sector) => event('sectorDefined', { sector, name: sector })),
    ...(fixture.counties ?? []).map((code) => event('countyDefined', { code, name: `县 ${code}` })),
    ...[...items.values()].map((item) => event('planItemDefined', itemOf(item))),
    ...measures.map((measure) => event('measureDefined', measureOf(measure))),
    ...(fixture.rosters ?? []).map((roster) => event('rosterDefined', roster)),
    ...(fixture.indicators ?? []).map((indicator) => event('indicatorDefined', indicatorOf(indicator))),
    ...(fixture.doubts ?? []).map((doubt) => event('doubtRaised', doubt)),
    ...(fixture.rules ?? [RULES_V0]).map((rule) => event('rulesAdopted', rule)),
    event('planLoaded', { digest: 'd'.repeat(64) }),
  ];
  return [...events, ...(fixture.later ?? [])].reduce(
    (state, { on = '2022-06-30', stream = PLAN_STREAM, ...each }: Later, index) => {
      const made = { stream, position: index + 1, occurredOn: on, event: each };
      return foldPlan(state, makeEntry(made));
    },
    emptyPlan,
  );
}

const event = <Case extends EventInit['case']>(name: Case, value: Payload<Case>): EventInit =>
  ({ case: name, value }) as EventInit;

const itemOf = (item: Payload<'planItemDefined'> & { item: string }): Payload<'planItemDefined'> => {
  const programme = /^B(\d)/.exec(item.item)?.[1];
  return {
    ...{ name: `工程 ${item.item}`, sector: 'education', programme: Number(programme ?? 0), nature: ItemNature.BUILD },
    ...{ programmeName: programme ? `专栏${programme}` : '' },
    ...item,
  };
};

const measureOf = (measure: MeasureFixture): Payload<'measureDefined'> => ({
  ...{ item: measure.measure.slice(0, measure.measure.indexOf('.')), name: `产出 ${measure.measure}`, unit: '所' },
  ...{ quantifier: Quantifier.AT_LEAST, low: '10', commitment: Commitment.FIRM, basis: Basis.NEW, due: '2025-12-31' },
  ...measure,
});

const indicatorOf = (indicator: Payload<'indicatorDefined'>): Payload<'indicatorDefined'> => ({
  ...{ name: `指标 ${indicator.indicator}`, nature: IndicatorNature.BINDING, kind: IndicatorKind.RISE, unit: '%' },
  ...{ step: '0.1', targetOperator: '>=', frequency: 'yearly' },
  ...indicator,
});

export type StandingFixture = Partial<
  Omit<
    Standing,
    '$typeName' | 'contributions' | 'milestones' | 'uncounted' | 'observations' | Designs | 'money' | 'elements'
  >
> & {
  readonly contributions?: readonly Partial<Contribution>[];
  readonly milestones?: readonly MilestoneFixture[];
  readonly designed?: readonly DesignedFixture[];
  readonly designedNow?: readonly DesignedFixture[];
  readonly money?: readonly Partial<MoneyOfYear>[];
  readonly elements?: readonly Partial<ElementStanding>[];
  readonly uncounted?: readonly { measure: string; unit: string; reason: string; confidence: WireConfidence }[];
  readonly observations?: readonly Partial<ObservationStanding>[];
};

type Designs = 'designed' | 'designedNow';
export type DesignedFixture = Pick<DesignedQuantity, 'measure' | 'quantity'> & Partial<DesignedQuantity>;

export interface MilestoneFixture {
  readonly milestone: string;
  readonly weight: number;
  /** [numerator, denominator] */
  readonly claimed?: readonly [number, number];
  readonly verified?: readonly [number, number];
  readonly claimedOn?: string;
  readonly due?: string;
  readonly type?: string;
  readonly exempt?: boolean;
  readonly designed?: number;
  readonly designedNow?: number;
  /** Fractions as text, where the current baseline designs another quantity. */
  readonly claimedNow?: string;
  readonly verifiedNow?: string;
  readonly claimedOnNow?: string;
}

/** A standing of version 1; its items are those of the measures it names unless it says otherwise. */
export function standingOf(stream: string, fixture: StandingFixture): Standing {
  const { designed = [], designedNow = [], money = [], elements = [] } = fixture;
  const named = [...(fixture.contributions ?? []), ...designed, ...designedNow, ...(fixture.uncounted ?? [])];
  const items = [...new Set(named.map(({ measure = '' }) => measure.slice(0, measure.indexOf('.'))))];
  const { contributions, milestones, uncounted, observations, ...plain } = fixture;
  return {
    ...decodeStanding(new Uint8Array()),
    ...{ stream, generation: 1, version: 1, position: 1, status: ProjectStatus.ACTIVE, items, ...plain },
    contributions: (contributions ?? []).map((each) => ({ ...NO_CONTRIBUTION, ...each })),
    milestones: (milestones ?? []).map(milestoneOf),
    designed: designed.map((each) => ({ ...NO_DESIGNED, ...each })),
    designedNow: designedNow.map((each) => ({ ...NO_DESIGNED, ...each })),
    money: money.map((each) => ({ ...NO_MONEY, ...each })),
    elements: elements.map((each) => ({ ...NO_ELEMENT, ...each })),
    uncounted: (uncounted ?? []).map((each) => ({
      ...{ $typeName: 'planledger.v1.Uncounted' as const, quantity: 1, entries: [] },
      ...each,
    })),
    observations: (observations ?? []).map((each) => ({ ...NO_OBSERVATION, ...each })),
  };
}

const NO_CONTRIBUTION: Contribution = {
  ...{ $typeName: 'planledger.v1.Contribution', measure: '', unit: 'u', member: '', quantity: 1, county: '410221' },
  ...{ confidence: WireConfidence.VERIFIED, from: '2022-09-01', until: '', entries: [], amounts: [] },
};

const NO_DESIGNED: DesignedQuantity = {
  ...{ $typeName: 'planledger.v1.DesignedQuantity', measure: '', quantity: 0, due: '' },
  ...{ unit: '', claimed: '', verified: '' },
};

const NO_MONEY: MoneyOfYear = {
  ...{ $typeName: 'planledger.v1.MoneyOfYear', year: 0, claimed: 0n, verified: 0n, plannedB0: 0n, planned: 0n },
};

const NO_ELEMENT: ElementStanding = {
  ...{ $typeName: 'planledger.v1.ElementStanding', element: 'e', kind: 'funds', needBy: '', entries: [] },
  ...{ requested: 0n, allocated: 0n, used: 0n, allocatedOn: '', usedOn: '', changes: [] },
};

const NO_OBSERVATION: ObservationStanding = {
  ...{ $typeName: 'planledger.v1.ObservationStanding', period: '', county: '', numerator: '', denominator: '' },
  ...{ value: '', maturity: 'final', on: '', entries: [] },
};

const shareOf = ([numerator, denominator]: readonly [number, number]): string => `${numerator}/${denominator}`;

const milestoneOf = ({ claimed = [0, 1], verified = [0, 1], ...rest }: MilestoneFixture): MilestoneStanding => ({
  ...{ $typeName: 'planledger.v1.MilestoneStanding', name: rest.milestone, due: '', claimedOn: '', entries: [] },
  ...{ claimed: shareOf(claimed), verified: shareOf(verified), type: 'works', dueNow: rest.due ?? '', exempt: false },
  ...{ claimedNow: '', verifiedNow: '', claimedOnNow: '', designed: 0, designedNow: 0 },
  ...rest,
});

/** `count` units of a measure, verified and therefore claimed too: one of each a unit, as sectors publish them. */
export const units = (measure: string, count: number, more: Partial<Contribution> = {}): Partial<Contribution>[] =>
  Array.from({ length: count }, (_, index) => `${more.unit ?? 'u'}${index + 1}`).flatMap((unit) =>
    [WireConfidence.CLAIMED, WireConfidence.VERIFIED].map((confidence) => ({ measure, confidence, ...more, unit })),
  );

/** What the aggregator would hold after these standings. */
export const inputOf = (plan: PlanState, standings: readonly Standing[], on: string): CompletionInput => ({
  ...{ plan, cells: cellsOf(standings), standings: new Map(standings.map((each) => [each.stream, each])), on },
  ...{ through: {}, parked: [] },
});

export const WIRE: Readonly<Record<Confidence, WireConfidence>> = {
  claimed: WireConfidence.CLAIMED,
  verified: WireConfidence.VERIFIED,
};

import { isDate, type IsoDate, type Rejection, type RejectionCatalogue } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { UnitIdentity } from './identity.js';
import type { IndicatorState } from './indicator.js';
import { factsOn, type Happening, type ProjectState, type UnitState } from './project.js';

/**
 * One of the plan's sectors (领域) as the system knows it: plain data and pure functions, no storage, no clock.
 * Sectors are siblings: what all share (following, parking, storage, HTTP) is elsewhere; what is here is what makes
 * this one different. `sectorConformance` (conformance.ts) checks every one.
 */
export interface Sector {
  /** education, health … */
  readonly slug: string;
  /** The plan's own name of it. */
  readonly name: string;
  /** Version of these rules, adopted by RulesAdopted{part: sector/<slug>}; an adopted version is never edited. */
  readonly rules: string;
  readonly templates: Readonly<Record<string, Template>>;
  readonly unitKinds: Readonly<Record<string, UnitKind>>;
  /** Sentences of this sector's own refusals and of the reasons why a unit does not count yet. */
  readonly refusals: RejectionCatalogue;
  // Every sector's rows have a shape of their own; only the sector itself reads them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly views: Readonly<Record<string, SectorView<any>>>;
}

/** A milestone template: weights MUST sum to 100. */
export interface Template {
  readonly name: string;
  readonly milestones: readonly TemplateMilestone[];
}

export interface TemplateMilestone {
  readonly code: string;
  readonly name: string;
  readonly weight: number;
  /**
   * `start` is 开工 and stands at most once in a template; `acceptance` (竣工验收) and `service` (投用) cannot be
   * claimed before it; a `quantity` milestone is never claimed: it follows the reported quantities. A `document` is a step
   * of a scheme (谋划): its status follows from these, never from a percentage.
   */
  readonly type:
    | 'approval'
    | 'element'
    | 'start'
    | 'works'
    | 'quantity'
    | 'acceptance'
    | 'licence'
    | 'staffing'
    | 'service'
    | 'accreditation'
    | 'handover'
    | 'document';
  /** Of a `quantity` milestone: what is counted, e.g. 平方米. */
  readonly quantityUnit?: string;
}

/** What a delivered unit must state, what is refused, and when it counts. */
export interface UnitKind {
  readonly name: string;
  readonly facts: Readonly<Record<string, FactSpec>>;
  /** Numbers among the facts that sums beyond the sector are made of; its standing carries them with each counted unit. */
  readonly amounts?: readonly string[];
  /** The sector's refusals at intake, on facts that already fit their specs. */
  refuse(unit: UnitFacts, project: ProjectState): Rejection | undefined;
  /**
   * From which day the unit counts, by its own milestones if it has any, else by its project's; or the code of the
   * reason why it does not yet. The same for claimed and verified: those differ in who vouches, not in when.
   */
  countsFrom(unit: UnitState, project: ProjectState): Counting;
  /** By what two units are one all over the plan; left out where nobody but the clerk numbers such units. */
  readonly identity?: UnitIdentity;
}

export type Counting =
  | { readonly from: IsoDate; readonly entries: readonly number[] }
  | { readonly waitingFor: string; readonly entries: readonly number[] };

export interface UnitFacts {
  readonly unit: string;
  readonly name: string;
  readonly measure: string;
  readonly quantity: number;
  readonly facts: Facts;
}

export type Fact = number | string | boolean;
export type Facts = Readonly<Record<string, Fact>>;

export interface FactSpec {
  readonly label: string;
  /** A `date` is text of the form 2025-06-30. */
  readonly type: 'number' | 'text' | 'truth' | 'choice' | 'date';
  readonly required: boolean;
  /** Of a number; both included. */
  readonly min?: number;
  readonly max?: number;
  readonly choices?: Readonly<Record<string, string>>;
}

/**
 * A question the sector answers over HTTP. `rows` is a pure fold of one project, so that a view may be stored a
 * document a stream; `answer` reads rows of all projects. A view that sets them beside what was observed also has
 * `rowsOfIndicator`, the fold of one indicator, or measure that is a share, of the sector.
 *
 * Every number of an answer is explained by what the same view answers of each project alone, so `answer` MUST take any
 * part of the rows, and MUST NOT depend on their order beyond that of their streams. A row of a list is found again by the
 * texts in it (progress/view-figures.ts names them): a list whose rows have none of them needs another, or a name there.
 * A row that is of a project or a unit says `stream`, the project's address.
 */
export interface SectorView<Row> {
  readonly title: string;
  /** Names of the query parameters, each with its meaning. */
  readonly parameters: Readonly<Record<string, string>>;
  rows(project: ProjectState): Row[];
  rowsOfIndicator?(indicator: IndicatorState): Row[];
  /** Of those numbers of the answer that are no sum over projects; all others are, and need none. */
  readonly formulas?: readonly ViewFormula[];
  answer(rows: readonly Row[], plan: PlanState, question: Readonly<Record<string, string>>): unknown;
}

/** How a number of an answer follows from others of the same answer: what `explain` says of it. */
export interface ViewFormula {
  /** Path of the number in the answer; `*` for a row of a list. */
  readonly figure: string;
  /** As explanations name it: n / N, a − b, max(0, a − b), a × b, n / d × k, the least of the projects', or as stated. */
  readonly rule: 'quotient' | 'difference' | 'shortfall' | 'product' | 'observed-share' | 'least' | 'recorded';
  /** By symbol of the rule: a number, or a path with the rows of `figure` for its `*`, or several with + or − between. */
  readonly of: Readonly<Record<string, string | number>>;
  readonly text: string;
}

export const number = (label: string, min = 0, max = 1_000_000): FactSpec => ({
  label,
  type: 'number',
  required: true,
  min,
  max,
});
export const text = (label: string): FactSpec => ({ label, type: 'text', required: true });
export const date = (label: string): FactSpec => ({ label, type: 'date', required: true });
export const truth = (label: string): FactSpec => ({ label, type: 'truth', required: true });
export const choice = (label: string, choices: Readonly<Record<string, string>>): FactSpec => ({
  label,
  type: 'choice',
  required: true,
  choices,
});
export const optional = (spec: FactSpec): FactSpec => ({ ...spec, required: false });

/** Longest text fact. */
const TEXT_FACT_CHARS_MAX = 200;

/** Every way in which `facts` do not fit the specs, as Chinese sentences by field; empty when they fit. */
export function factViolations(
  specs: Readonly<Record<string, FactSpec>>,
  facts: Facts,
  partial = false,
): { field: string; problem: string }[] {
  const problems: { field: string; problem: string }[] = [];
  for (const field of Object.keys(facts)) {
    if (!Object.hasOwn(specs, field)) problems.push({ field, problem: '本领域不填报此项' });
  }
  for (const [field, spec] of Object.entries(specs)) {
    const value = Object.hasOwn(facts, field) ? facts[field] : undefined;
    if (value === undefined) {
      if (spec.required && !partial) problems.push({ field, problem: `请填写${spec.label}` });
    } else if (!fits(spec, value)) problems.push({ field, problem: `${spec.label}应为${expectation(spec)}` });
  }
  return problems;
}

function fits(spec: FactSpec, value: Fact): boolean {
  switch (spec.type) {
    case 'number':
      return (
        typeof value === 'number' && Number.isInteger(value) && value >= (spec.min ?? 0) && value <= (spec.max ?? 0)
      );
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT_FACT_CHARS_MAX;
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'truth':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(spec.choices ?? {}, value);
  }
}

function expectation(spec: FactSpec): string {
  switch (spec.type) {
    case 'number':
      return `${spec.min ?? 0}至${spec.max ?? 0}之间的整数`;
    case 'text':
      return `不超过${TEXT_FACT_CHARS_MAX}字的文字`;
    case 'date':
      return '日期，形如2025-06-30';
    case 'truth':
      return '是或否';
    case 'choice':
      return `下列之一：${Object.entries(spec.choices ?? {})
        .map(([value, label]) => `${value}（${label}）`)
        .join('、')}`;
  }
}

/** The template of work that builds nothing: one quantity milestone. */
export const SERVICE_TEMPLATE: Template = {
  name: '服务',
  milestones: [{ code: 'quantity', name: '完成工作量', weight: 100, type: 'quantity', quantityUnit: '人次' }],
};

/**
 * 谋划: a scheme is drafted, submitted and approved (未启动, 在编, 已报, 已批: DOMAIN §1). For every sector with a measure
 * that the plan marks as a scheme.
 */
export const SCHEME_TEMPLATE: Template = {
  name: '谋划',
  milestones: [
    { code: 'scheme-drafted', name: '在编', weight: 30, type: 'document' },
    { code: 'scheme-submitted', name: '已报', weight: 30, type: 'document' },
    { code: 'scheme-approved', name: '已批', weight: 40, type: 'document' },
  ],
};

/** 开工, 基础, 封顶: the run of every new building that rises from the ground, measured by its floor area. */
export const STRUCTURE: readonly TemplateMilestone[] = [
  { code: 'start', name: '开工', weight: 10, type: 'start' },
  { code: 'foundation', name: '基础', weight: 10, type: 'quantity', quantityUnit: '平方米' },
  { code: 'topping-out', name: '封顶', weight: 15, type: 'quantity', quantityUnit: '平方米' },
];

/** A fact that is a number; 0 where it is not stated. */
export const numberOf = (facts: Facts, name: string): number => (typeof facts[name] === 'number' ? facts[name] : 0);

/** Later than every statement. */
const LATEST: IsoDate = '9999-12-31';

/** A unit's facts as they were stated to hold last. */
export const factsNow = (unit: UnitState): Facts => factsOn(unit, LATEST);

/** What made a truth of the unit hold, its delivery or a later statement; undefined where it was not stated or taken back. */
export const heldSince = (unit: UnitState, fact: string): Happening | undefined =>
  [...unit.statements]
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .reduce<Happening | undefined>(
      (held, { facts, ...statement }) =>
        facts[fact] === true ? (held ?? statement) : facts[fact] === false ? undefined : held,
      unit.facts[fact] === true ? unit.delivered : undefined,
    );

/**
 * Units of these kinds that stand, each once: a building may be delivered for several measures, its places, beds or
 * flats are there but once. Where one of its deliveries is verified, that one.
 */
export function standingUnits(project: ProjectState, ...kinds: readonly string[]): UnitState[] {
  const once = new Map<string, UnitState>();
  for (const unit of project.units.values()) {
    if (unit.lost || !kinds.includes(unit.kind)) continue;
    const key = `${unit.kind}/${unit.unit}`;
    if (unit.verified || !once.has(key)) once.set(key, unit);
  }
  return [...once.values()];
}

/** Counts from the day on which the last of these had happened. */
export const countsOnceAll = (...happened: readonly Happening[]): Counting => ({
  from: happened.map(({ on }) => on).reduce((last, on) => (on > last ? on : last), ''),
  entries: happened.flatMap(({ positions }) => positions),
});

/** A unit without a rule of its own: counts on the day it was delivered. */
export const OTHER_KIND: UnitKind = {
  name: '其他产出',
  facts: {},
  refuse: () => undefined,
  countsFrom: (unit) => ({ from: unit.delivered.on, entries: [] }),
};

import type { OffPlanRow, Row } from './answer-rows.js';
import type { Figure, FigureQuad, Quad } from './figure.js';
import type { BaselineName, Parked } from './reading.js';

/** The shapes of a completion answer: plain JSON, every number exact text beside its display. */

export type CutBy = 'sector' | 'programme' | 'item' | 'county';

export interface Completion {
  readonly title: string;
  /** 依据：征求意见稿（2022-03） */
  readonly basis: string;
  /** True of a plan under a simulated clock: 演示数据. */
  readonly demo: boolean;
  readonly on: string;
  /** Of the progress rules in force on `on`; null where none were adopted by then. */
  readonly ruleVersion: string | null;
  /** True where the rules were written after the day from which they hold: 事后口径. */
  readonly afterTheFact: boolean;
  readonly weightSet: WeightSetLine;
  /** Every set that may be asked for. */
  readonly weightSets: readonly WeightSetLine[];
  /** Position of the last entry of the plan stream that was read. */
  readonly planPosition: number;
  readonly through: Readonly<Record<string, number>>;
  readonly parked: readonly Parked[];
  readonly clockNote?: string;
  readonly headline: Headline;
  readonly elapsed: Elapsed;
  /** Of the whole plan, each project once. */
  readonly money: Money;
  readonly by: CutBy;
  readonly rows: readonly Row[];
  /** Units of projects that are flagged 规划外 or not linked to the item: in no figure. */
  readonly offPlan: readonly OffPlanRow[];
}

export interface WeightSetLine {
  readonly id: string;
  readonly name: string;
  /** Null of the equal set, which holds until another is approved. */
  readonly inForceFrom: string | null;
  readonly document: string | null;
  /** In force on the day of the answer. */
  readonly inForce: boolean;
}

/** How much of the plan's period has passed. */
export interface Elapsed extends Figure {
  /** Days that have begun, of all. */
  readonly days: number;
  readonly of: number;
}

/** Three figures side by side, never averaged into one (DOMAIN §4.4). */
export interface Headline {
  readonly programmes: Half;
  readonly body: Half;
  readonly indicators: IndicatorHalf;
  /** Every document that changed the plan, oldest first. */
  readonly documents: readonly DocumentLine[];
}

export interface DocumentLine {
  readonly kind: 'issued' | 'adjusted' | 'roster' | 'checklist' | 'closed';
  /** 文号 */
  readonly document: string;
  readonly on: string;
  readonly entry: number;
  /** Codes of what it changed. */
  readonly changed: readonly string[];
}

/** Items of the programmes, or of the running text. */
export interface Half {
  readonly node: string;
  readonly name: string;
  readonly items: number;
  /** Items whose C is a number. */
  readonly quantified: number;
  /** Of both counts, which are B0's, for explain: by the other baseline they are those of the denominator line. */
  readonly itemsNode: string;
  readonly quantifiedNode: string;
  /** 24 项中 20 项可量化 */
  readonly quantifiedText: string;
  /** Shown first. */
  readonly verdicts: Quad<VerdictCounts>;
  /** Of the counts, for explain by the same confidence and baseline. */
  readonly verdictNodes: VerdictNodes;
  /** Shown second: the weighted percentage over quantified items. */
  readonly figures: FigureQuad;
  /** PV: the share that the time baseline plans by `on`, over the same items. */
  readonly planned: Readonly<Record<BaselineName, Figure>>;
  /** 序时差: C − PV, `percent` in percentage points; negative: behind. */
  readonly ahead: Quad<Figure>;
  readonly denominator: DenominatorLine;
}

/** 完成, 未启动, 滞后, 无量化目标, 在轨 */
export type Verdict = 'done' | 'not-started' | 'lagging' | 'unquantified' | 'on-track';
export type VerdictCounts = Readonly<Record<Verdict, number>>;
export type VerdictNodes = Readonly<Record<Verdict, string>>;

/** What is divided by, and what left since B0, when, and by which document (DOMAIN §4.5). */
export interface DenominatorLine {
  readonly node: string;
  /** Items of B0, and of the current plan. */
  readonly b0: number;
  readonly current: number;
  /** Those of them that have a number. */
  readonly quantified: { readonly b0: number; readonly current: number };
  /** At most LEFT_MAX projects, by stream; `leftTotal` says how many there are. */
  readonly left: readonly Departure[];
  readonly leftTotal: number;
  /** Items and measures of B0 that are not in the current plan, and the other way round. */
  readonly withdrawn: readonly PlanChange[];
  readonly added: readonly PlanChange[];
}
export const LEFT_MAX = 20;

/** A project that was cancelled, moved out, split or merged: what it was to deliver and did not. Targets stay. */
export interface Departure {
  readonly node: string;
  readonly project: string;
  readonly name: string;
  readonly status: 'cancelled' | 'moved-out' | 'split' | 'merged';
  /** Since when, and by which document; null where the standing does not say. */
  readonly on: string | null;
  readonly document: string | null;
  readonly items: readonly string[];
  readonly unfinished: readonly { measure: string; name: string; unit: string; designed: number; unfinished: number }[];
  /** Position of the project's last entry: not before the one that names the document. */
  readonly entry: number;
}

/** An item or a measure that a document took out or brought in. */
export interface PlanChange {
  readonly node: string;
  readonly kind: 'item' | 'measure';
  readonly code: string;
  readonly name: string;
  readonly document: string | null;
  readonly on: string | null;
  readonly entry: number | null;
}

export interface IndicatorCounts {
  readonly total: number;
  readonly satisfied: number;
  readonly unmet: number;
  /** 数据未出 */
  readonly noData: number;
}
export type IndicatorCountNodes = Readonly<Record<keyof IndicatorCounts, string>>;

export interface IndicatorHalf extends IndicatorCounts {
  readonly node: string;
  readonly name: string;
  readonly binding: IndicatorCounts;
  /** Of these counts, for explain. */
  readonly addresses: { readonly all: IndicatorCountNodes; readonly binding: IndicatorCountNodes };
  /** Binding ones first, then by code. */
  readonly rows: readonly IndicatorRow[];
}

export interface IndicatorRow {
  readonly node: string;
  readonly indicator: string;
  readonly name: string;
  readonly sector: string;
  readonly binding: boolean;
  readonly unit: string;
  readonly baselineText: string;
  readonly targetText: string;
  /** The latest 核定 value (of a cumulative one their sum), exact; null: 数据未出. */
  readonly exact: string | null;
  /** To the reporting step; an unmet value never reads as its target. */
  readonly shown: string | null;
  /** Period of the latest 核定 value. */
  readonly period: string | null;
  /** Null where there is no data. */
  readonly satisfied: boolean | null;
  readonly doubts: readonly string[];
}

/** Rates of money, beside C and never in it (DOMAIN §4.7); a project that is linked to several items is in once. */
export interface Money {
  /** 完成投资率: completed since the start ÷ approved estimate. */
  readonly investment: FigureQuad;
  /** 年度投资完成率: completed in the year of `on` ÷ planned for it. */
  readonly year: FigureQuad;
  /** 资金到位率: funds allocated ÷ requested. */
  readonly funded: FigureQuad;
  /** 资金支付率: funds used ÷ allocated. */
  readonly paid: FigureQuad;
}

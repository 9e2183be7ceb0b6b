import type { FigureQuad, Quad } from './figure.js';
import type { Parked } from './reading.js';

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
  readonly weightSet: { readonly id: string; readonly name: string };
  /** Position of the last entry of the plan stream that was read. */
  readonly planPosition: number;
  readonly through: Readonly<Record<string, number>>;
  readonly parked: readonly Parked[];
  readonly clockNote?: string;
  readonly headline: Headline;
  readonly by: CutBy;
  readonly rows: readonly Row[];
  /** Units of projects that are not linked to the item: in no figure. */
  readonly offPlan: readonly OffPlanRow[];
}

/** Three figures side by side, never averaged into one (DOMAIN §4.4). */
export interface Headline {
  readonly programmes: Half;
  readonly body: Half;
  readonly indicators: IndicatorHalf;
}

/** Items of the programmes, or of the running text. */
export interface Half {
  readonly node: string;
  readonly name: string;
  readonly items: number;
  /** Items whose C is a number. */
  readonly quantified: number;
  /** 24 项中 20 项可量化 */
  readonly quantifiedText: string;
  /** Shown first. */
  readonly verdicts: Quad<VerdictCounts>;
  /** Shown second: the weighted percentage over quantified items. */
  readonly figures: FigureQuad;
  readonly denominator: DenominatorLine;
}

/** 完成, 未启动, 滞后, 无量化目标, 在轨 */
export type Verdict = 'done' | 'not-started' | 'lagging' | 'unquantified' | 'on-track';
export const VERDICTS = [
  'done',
  'on-track',
  'lagging',
  'not-started',
  'unquantified',
] as const satisfies readonly Verdict[];
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** What is divided by, and what left the numerator since B0 (DOMAIN §4.5). */
export interface DenominatorLine {
  /** Items of B0, and of the current plan. */
  readonly b0: number;
  readonly current: number;
  readonly left: readonly Departure[];
}

/** A cancelled or moved-out project: what it was to deliver and did not. Targets stay. */
export interface Departure {
  readonly node: string;
  readonly project: string;
  readonly name: string;
  readonly status: 'cancelled' | 'moved-out';
  readonly items: readonly string[];
  readonly unfinished: readonly { measure: string; name: string; unit: string; designed: number; unfinished: number }[];
  /** Position of the project's last entry: not before the one that names the document. */
  readonly entry: number;
}

export interface IndicatorHalf {
  readonly node: string;
  readonly name: string;
  readonly total: number;
  readonly satisfied: number;
  readonly unmet: number;
  /** 数据未出 */
  readonly noData: number;
  readonly binding: {
    readonly total: number;
    readonly satisfied: number;
    readonly unmet: number;
    readonly noData: number;
  };
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

export type Row = CutRow | ItemRow | CountyRow;

/** A sector, a programme, or the running text: a cut of the items, with no weight of its own. */
export interface CutRow {
  readonly kind: 'sector' | 'programme' | 'body';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  readonly items: number;
  readonly quantified: number;
  readonly verdicts: Quad<VerdictCounts>;
  readonly figures: FigureQuad;
  /** 形象折算, beside C and never in it. */
  readonly underWay: FigureQuad;
}

export interface ItemRow {
  readonly kind: 'item';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  /** 0 for an item of the running text. */
  readonly programme: number;
  readonly verdict: Quad<Verdict>;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
  readonly schedule: Quad<Schedule>;
  /** The line of its own of 力争, 争创 measures; null where it has none. */
  readonly strive: FigureQuad | null;
  /** Linked projects that were neither cancelled nor moved out. */
  readonly projects: number;
  readonly measures: readonly MeasureRow[];
  readonly doubts: readonly string[];
}

/** Where work stands against the time baseline (DOMAIN §4.6). */
export interface Schedule {
  readonly node: string;
  /** 未到期, 进行中, 逾期; finished: 提前, 按期, 延期. Null where there is nothing to plan. */
  readonly state: ScheduleState | null;
  readonly text: string;
  /** Of 逾期, 提前 and 延期. */
  readonly days: number;
  /** Share planned by `on`. */
  readonly planned: string | null;
  readonly plannedPercent: string | null;
  /** SPI_t, exact and to two places; null before anything is due. */
  readonly spi: string | null;
  readonly spiShown: string | null;
}
export type ScheduleState = 'not-due' | 'running' | 'overdue' | 'early' | 'on-time' | 'late';

export interface MeasureRow {
  readonly node: string;
  readonly measure: string;
  readonly name: string;
  readonly unit: string;
  readonly commitment: 'firm' | 'strive';
  /** Weighs in C: firm, not part of another, and with a number. */
  readonly weighs: boolean;
  readonly partOf: string | null;
  /** Of a 谋划: its status, null while none is recorded. */
  readonly scheme: { readonly status: SchemeStatus | null } | null;
  readonly due: string;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
  readonly count: Quad<MeasureCount>;
  readonly schedule: Quad<Schedule>;
  readonly doubts: readonly string[];
}
export type SchemeStatus = '未启动' | '在编' | '已报' | '已批';

export interface MeasureCount {
  /** In the measure's unit; of rosters, checklists and yearly tasks the members, works or years. */
  readonly done: string;
  readonly target: string | null;
  /** Upper end of a range, shown only. */
  readonly high: string | null;
  readonly satisfied: boolean;
  readonly noData: boolean;
  /** Past its due date and not satisfied. */
  readonly overdue: boolean;
  /** Of `done`, what counted after the due date (逾期) and after the period (含期后完成). */
  readonly late: string;
  readonly afterPeriod: string;
  readonly finishedOn: string | null;
}

/** A county has a figure only where the target was decomposed; else what was counted there, by measure. */
export interface CountyRow {
  readonly kind: 'county';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  readonly figures: FigureQuad;
  readonly counted: readonly CountedRow[];
}

export interface CountedRow {
  readonly node: string;
  readonly measure: string;
  readonly name: string;
  readonly unit: string;
  readonly claimed: number;
  readonly verified: number;
}

export interface OffPlanRow {
  readonly measure: string;
  readonly claimed: number;
  readonly verified: number;
}

/** Something missing that follows from the plan and the standings (DOMAIN §4.8). */
export interface Gap {
  readonly kind: GapKind;
  readonly node: string;
  readonly name: string;
  /** What is missing, for people. */
  readonly text: string;
  readonly quantity?: string;
  readonly entries?: readonly number[];
}
export type GapKind =
  | 'item-without-project'
  | 'out-of-reach'
  | 'built-not-in-use'
  | 'uncounted'
  | 'scheme-without-status'
  | 'open-roster'
  | 'overdue';

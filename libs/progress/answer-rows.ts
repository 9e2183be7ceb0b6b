import type { Money, Verdict, VerdictCounts, VerdictNodes } from './answer.js';
import type { FigureQuad, Pair, Quad } from './figure.js';

/** The rows of a completion answer, by cut, and the list of gaps: plain JSON. */

export type Row = CutRow | ItemRow | CountyRow;

/** A sector, a programme, or the running text: a cut of the items, with no weight of its own. */
export interface CutRow {
  readonly kind: 'sector' | 'programme' | 'body';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  readonly items: number;
  readonly quantified: number;
  /** Of both counts, which are B0's, for explain. */
  readonly itemsNode: string;
  readonly quantifiedNode: string;
  readonly verdicts: Quad<VerdictCounts>;
  readonly verdictNodes: VerdictNodes;
  readonly figures: FigureQuad;
  /** 形象折算, beside C and never in it. */
  readonly underWay: FigureQuad;
  readonly money: Money;
}

export interface ItemRow {
  readonly kind: 'item';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  /** 0 for an item of the running text. */
  readonly programme: number;
  /** `absent` by a baseline that does not hold the item: withdrawn, or brought in since. */
  readonly verdict: Quad<Verdict | 'absent'>;
  /** For explain: where the baseline asked holds the item. */
  readonly verdictNode: string;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
  readonly schedule: Quad<Schedule>;
  /** The line of its own of 力争, 争创 measures; null where it has none. */
  readonly strive: FigureQuad | null;
  /** Linked projects that go on. */
  readonly projects: number;
  readonly projectsNode: string;
  readonly money: Money;
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
  /** Of a 谋划: the status that its linked projects' documents give it. */
  readonly scheme: Pair<SchemeStatus> | null;
  /** By B0, and by the current plan; null where it is in only one of them. */
  readonly due: string | null;
  readonly dueNow: string | null;
  readonly figures: FigureQuad;
  readonly underWay: FigureQuad;
  readonly count: Quad<MeasureCount>;
  /** Of the numbers in it, for explain by the same confidence and baseline. */
  readonly countNodes: MeasureCountNodes;
  readonly schedule: Quad<Schedule>;
  /** 年度序时进度 of a yearly task in the year of `on`; null of others, and outside its years. */
  readonly year: YearPace | null;
  readonly doubts: readonly string[];
}

/** The year of `on` of a yearly task: what was done of it beside the months that have begun. */
export interface YearPace {
  readonly year: string;
  readonly figures: FigureQuad;
  /** Months of the year up to that of `on`, of twelve. */
  readonly planned: string;
  readonly plannedPercent: string;
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

export type MeasureCountNodes = Readonly<Record<'done' | 'target' | 'high' | 'late' | 'afterPeriod', string>>;

/**
 * A county has figures only where targets were decomposed to it; the rest is 未分解. Counted is what the units that are
 * responsible there delivered.
 */
export interface CountyRow {
  readonly kind: 'county';
  readonly node: string;
  readonly code: string;
  readonly name: string;
  /** Over the items below. */
  readonly figures: FigureQuad;
  /** Items of which a measure was decomposed to the county. */
  readonly decomposed: readonly CountyItemRow[];
  /** Measures decomposed to it or counted in it. */
  readonly counted: readonly CountedRow[];
}

export interface CountyItemRow {
  readonly node: string;
  readonly item: string;
  readonly name: string;
  readonly figures: FigureQuad;
}

export interface CountedRow {
  readonly node: string;
  readonly measure: string;
  readonly name: string;
  readonly unit: string;
  readonly claimed: number;
  readonly verified: number;
  /** Of both numbers, for explain by the same confidence. */
  readonly countNode: string;
  /** The county's part of the target; null: 未分解. */
  readonly target: string | null;
  readonly targetNode: string | null;
  readonly figures: FigureQuad;
}

export interface OffPlanRow {
  /** Of both numbers, for explain by the same confidence. */
  readonly node: string;
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
  /** The numbers in it, each with its address; of 账实不符 the value that was observed and the one that is implied. */
  readonly values?: readonly GapValue[];
}

export interface GapValue {
  readonly name: string;
  readonly node: string;
  readonly exact: string;
  readonly shown: string;
}

/** A gap as it is answered. */
export interface GapRow extends Gap {
  /** Of the gap itself, for explain: `node` is what it is about. */
  readonly address: string;
}
export type GapKind =
  | 'item-without-project'
  | 'out-of-reach'
  | 'built-not-in-use'
  | 'uncounted'
  | 'scheme-without-status'
  | 'open-roster'
  | 'overdue'
  | 'funds-without-progress'
  | 'progress-without-funds'
  | 'land-idle'
  | 'element-missing'
  | 'stale-report'
  | 'ledger-mismatch';

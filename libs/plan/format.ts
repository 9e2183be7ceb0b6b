/**
 * The import format: a folder of YAML files. `plan.yaml` is the head; every other *.yaml in the folder and its
 * sub-folders holds any of the lists below, so that a plan may be cut into files as its editors like. Codes are unique
 * over all files. Every figure carries `quote`: the words of the plan's text that it stands on, an exact substring of
 * text.txt (white space aside).
 */
export interface PlanHead {
  /** Slug of the plan, e.g. kaifeng-145; the name of its ledger. */
  id: string;
  title: string;
  status: 'draft' | 'issued';
  /** What every headline names as its basis. */
  basis: string;
  issuer: string;
  period: { start: string; end: string };
  outlook: number;
  /** YYYY-MM-DD; left out: the day of the import. */
  goLive?: string;
}

export interface PlanFile {
  plan?: PlanHead;
  sectors?: SectorRow[];
  programmes?: { programme: number; name: string; chapter: number; quote: string }[];
  counties?: CountyRow[];
  items?: ItemRow[];
  indicators?: IndicatorRow[];
  rosters?: RosterRow[];
  doubts?: DoubtRow[];
  namedProjects?: NamedProjectRow[];
  rules?: { part: string; version: string; inForceFrom: string; afterTheFact?: boolean }[];
  /** Weight sets that ship with the plan: items → basis points; each MUST sum to 10,000. */
  weightSets?: { id: string; name: string; weights: Record<string, number> }[];
  /** Numbers of the text that commit to nothing; read by the coverage test only. */
  notCommitments?: NotCommitment[];
}

export interface SectorRow {
  sector: string;
  name: string;
  lead: string;
}

export interface CountyRow {
  code: string;
  name: string;
  kind: 'district' | 'county' | 'functionalArea' | 'cityItself';
  from?: string;
  to?: string;
  statParent?: string;
}

export interface ItemRow {
  /** B<programme>-<n> for an item of a programme, T<chapter>-<n> for a task of the running text. */
  item: string;
  name: string;
  sector: string;
  /** Chapter of the text (2–12). The programme follows from the code. */
  chapter: number;
  nature: 'build' | 'create' | 'service' | 'people' | 'digital' | 'scheme';
  quote: string;
  measures?: MeasureRow[];
}

export interface MeasureRow {
  /** Appended to the item's code: `kindergartens` of B2-1 is the measure B2-1.kindergartens. */
  id: string;
  name: string;
  /** From UNITS. */
  unit: string;
  quantifier: 'atLeast' | 'exact' | 'approx' | 'range' | 'each' | 'all' | 'ratio' | 'everyYear' | 'checklist';
  /** Exact decimal as text or integer; of `each` the units a member, default 1; none of `checklist` and `all`. */
  low?: string | number;
  /** `range` only. */
  high?: string | number;
  /** 力争, 争创, 谋划 → strive; all else firm (支持, 推动, 推进, 加快, 重点建设 before a number are firm). */
  commitment: 'firm' | 'strive';
  /** Default new. */
  basis?: 'new' | 'stock';
  /** `stock` only: the level at the period's start. */
  baseline?: string | number;
  start?: string;
  due: string;
  /** 投用, 竣工, 认定, 备案, 取得证书 …: when a unit counts, in the plan's or the trade's words. */
  countsAt: string;
  /** What makes two reports the same unit. */
  identity: string;
  /** The sector's kind of unit that counts here; left out: the sector's `other`. None of `ratio`. */
  unitKind?: string;
  /** `each` and `all`. */
  roster?: string;
  /** `checklist`: the named works. */
  works?: { id: string; name: string; weight?: number }[];
  /** 其中: full id (item.measure) of the measure this is part of. */
  partOf?: string;
  /** 谋划: a status, never a percentage. */
  scheme?: boolean;
  quote: string;
}

export interface IndicatorRow {
  indicator: string;
  name: string;
  sector: string;
  nature: 'binding' | 'expected';
  kind:
    'rise' | 'approx' | 'floor' | 'ceiling' | 'keep' | 'cumulative' | 'countSinceStart' | 'coverage' | 'zero' | 'level';
  unit: string;
  /** The last decimal printed in baseline or target. */
  step: string;
  /** As printed in the table. */
  baselineText: string;
  baseline?: string;
  targetText: string;
  target: string;
  operator: '>=' | '>' | '<' | '~' | '=';
  cumulative?: boolean;
  numerator?: string;
  denominator?: string;
  frequency: 'yearly' | 'quarterly' | 'monthly';
  rule?: string;
  /** Left out where nobody asks what the ledger's own units imply of it. */
  implied?: ImpliedRow;
  quote: string;
}

/** From which counted units an indicator follows, or in words why from none: either `numerator` or `silent`. */
export interface ImpliedRow {
  numerator?: ImpliedSumRow;
  /** Of a share. */
  denominator?: ImpliedSumRow;
  /** How many of what is summed are one of the indicator's unit: 10000 of 户 for 万户. Default 1. */
  per?: number;
  /** Only while this reading of a doubt holds: the first one, or the one settled. */
  under?: { doubt: string; reading: string };
  silent?: string;
}

export interface ImpliedSumRow {
  /** What stood at first: the indicator's baseline, the measures' baselines, or the last 核定; left out: nothing. */
  base?: 'indicator' | 'measures' | 'observed';
  /** Full ids of measures; `fact`: a number their units state, left out: the quantity that counts. */
  units?: { measure: string; fact?: string }[];
}

export interface RosterRow {
  roster: string;
  name: string;
  /** `open: true` and no members where the text names none. Never invent members. */
  open?: boolean;
  /** Codes of counties, or members written out. */
  counties?: string[];
  members?: { member: string; name: string; county: string; from?: string; to?: string }[];
  quote: string;
}

export interface DoubtRow {
  doubt: string;
  title: string;
  about: string[];
  quotes: string[];
  /** At least two; the first gives the number while the doubt is open. */
  readings: { reading: string; text: string; target?: string }[];
  settledBy: string;
}

export interface NamedProjectRow {
  id: string;
  name: string;
  sector: string;
  item: string;
  county?: string;
  measure?: string;
  work?: string;
  quote: string;
}

/** Either a stretch of the text, or a word that never commits wherever it stands (一体化, 进一步). */
export interface NotCommitment {
  quote?: string;
  word?: string;
  reason: string;
}

/** The registry of units. A measure or indicator in any other unit is refused at import. */
export const UNITS: ReadonlySet<string> = new Set([
  ...['所', '个', '家', '处', '项', '块', '套', '张', '座', '台', '批', '条', '支', '部'],
  ...['人', '名', '人次', '万人', '万人次', '万次', '户', '万户', '岁', '年', '床', '场', '次'],
  ...['%', '‰', '平方米', '元', '万元', '亿元', '公里', '班', '学位', '小区', '社区'],
]);

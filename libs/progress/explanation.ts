import type { Standing } from '@planledger/contracts';
import type { WhyNull } from './figure.js';
import type { Colour } from './lamp.js';
import type { BaselineName, Confidence } from './reading.js';

/**
 * How a figure was made, one level deep (DOMAIN §4.9): recompute() of it gives the figure again from what stands on this
 * page alone. Plain JSON; every number is exact text.
 */
export interface Explanation {
  readonly node: string;
  readonly name: string;
  readonly confidence: Confidence;
  readonly baseline: BaselineName;
  /** Id of the weight set. */
  readonly weightSet: string;
  readonly on: string;
  readonly value: ExplainedValue;
  /** Of a lamp alone: its colour, or none; `value` is null then. */
  readonly colour?: Colour | 'none';
  /** Of a verdict or a gap alone: which; `value` is null then. */
  readonly verdict?: string;
  readonly formula: Formula;
  /** Of the progress rules in force on `on`; null where none were adopted by then. */
  readonly ruleVersion: string | null;
  readonly inputs: readonly Input[];
  /** What the figure is made of; of a measure the counted units, one page of them. */
  readonly children: readonly Child[];
  /** Positions in the ledger: what defined the target, and of a leaf what counts. */
  readonly entries: readonly number[];
  /** At most LEFT_OUT_MAX; `leftOutTotal` says how many there are. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutTotal: number;
  readonly doubts: readonly DoubtNote[];
  readonly page?: Page;
}

export interface ExplainedValue {
  readonly exact: string | null;
  /** As a percentage, where the value is a share. */
  readonly percent: string | null;
  readonly whyNull?: WhyNull;
  readonly whyText?: string;
}

/** Which of the formulas below made the value, and the sentence that says so. */
export interface Formula {
  readonly rule: FormulaRule;
  readonly text: string;
}

export type FormulaRule =
  /** No number: see whyNull. */
  | 'none'
  /** Σ w·v / Σ w over the children that have a value. */
  | 'weighted-mean'
  /** d / T, into [0, 1] */
  | 'capped-quotient'
  /** (x − b) / (T − b), into [0, 1]; where T is not above b: 1 if x ≥ T, else 0 */
  | 'level'
  /** n / N */
  | 'quotient'
  /** min(1, (d + s) / T) */
  | 'under-way'
  /** The sum of the children's values. */
  | 'sum'
  /** How many children there are, on all pages together. */
  | 'count'
  /** How many of the inputs whose symbol begins with `met:` are 1: members, works or years, each met or not. */
  | 'met'
  /** The sum of the inputs. */
  | 'total'
  /** a + (z − a) × t */
  | 'straight-line'
  /** a − b */
  | 'difference'
  /** b + s */
  | 'opening'
  /** a − b, at least 0 */
  | 'shortfall'
  /** The smallest of the children's values. */
  | 'least'
  /** a × b */
  | 'product'
  /** Days from the day `from` to the day `to`; negative where it is the earlier. */
  | 'days'
  /** n / d × k */
  | 'observed-share'
  /** x, as it was recorded. */
  | 'recorded';

export interface Input {
  readonly symbol: string;
  readonly name: string;
  /** Exact: "3/8"; or text where it is no number (a date). */
  readonly value: string;
  readonly unit?: string;
}

export interface Child {
  /** Empty where the reader may not see the project: its number stays. */
  readonly node: string;
  readonly name: string;
  /** Exact; null where the formula does not weigh. */
  readonly weight: string | null;
  readonly value: string | null;
  readonly percent?: string | null;
  readonly whyNull?: WhyNull;
  /** Of an indicator: whether it is satisfied; null: 数据未出. */
  readonly satisfied?: boolean | null;
  /** Of an item or indicator of the evaluation: its verdict; of an indicator that is counted by its grade: the grade. */
  readonly verdict?: string;
  /** Of a lamp, or of what is counted by its lamp: its colour. */
  readonly colour?: Colour | 'none';
}

/** What is not in the figure, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: LeftOutWhy;
  /** Of `uncounted`: the sector's own code of the rule that holds it back. */
  readonly reason?: string;
  /** The sentence for people. */
  readonly text: string;
  readonly node?: string;
  readonly quantity?: string;
  readonly entries?: readonly number[];
}

export type LeftOutWhy =
  | 'strive'
  | 'part-of'
  | 'scheme'
  | 'open-roster'
  | 'no-target'
  | 'unquantified'
  | 'outside-roster'
  | 'uncounted'
  | 'later'
  | 'lost'
  | 'off-plan'
  | 'exempted'
  | 'cancelled'
  | 'moved-out'
  | 'split'
  | 'merged'
  | 'withdrawn'
  | 'added'
  | 'no-weight'
  | 'undecomposed'
  | 'not-final'
  | 'unmet'
  | 'other-verdict'
  | 'other-colour';

export interface DoubtNote {
  readonly doubt: string;
  readonly title: string;
  readonly quotes: readonly string[];
  /** The first gives the number, the worst the verdict. */
  readonly readings: readonly DoubtReading[];
  readonly settledBy: string;
  /** The reading that holds, by which document, and where that stands; null while the doubt is open. */
  readonly settled: {
    readonly reading: string;
    readonly document: string;
    readonly on: string;
    readonly entry: number;
  } | null;
}

export interface DoubtReading {
  readonly reading: string;
  readonly text: string;
  /** The target by this reading, and the share it would give; null where it names none. */
  readonly target: string | null;
  readonly value: string | null;
}

export interface Page {
  /** All children there are, on every page together. */
  readonly total: number;
  /** Give it as `after` for the next page; null on the last. */
  readonly next: string | null;
}

export interface ExplainOptions {
  readonly baseline?: BaselineName;
  /** Most children on a page of leaves, at most PAGE_MAX. */
  readonly limit?: number;
  /** Node of the last child of the page before. */
  readonly after?: string;
  /** Which projects the reader may see; left out: all. */
  readonly visible?: (standing: Standing) => boolean;
}

export const PAGE_DEFAULT = 100;
export const PAGE_MAX = 1_000;
export const LEFT_OUT_MAX = 200;

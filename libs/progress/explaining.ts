import type { Standing } from '@planledger/contracts';
import { type Fraction, toText } from '@planledger/kernel';
import { ruleVersion } from '@planledger/plan';
import {
  type Child,
  type DoubtNote,
  type Explanation,
  type FormulaRule,
  type Input,
  LEFT_OUT_MAX,
  type LeftOut,
  type Page,
} from './explanation.js';
import { figure, type WhyNull } from './figure.js';
import { type Confidence, doubtsOf, type Reading } from './reading.js';
import { PROGRESS_PART } from './rules.js';

/** What is asked: a reading, by whom vouched, and which page of leaves. */
export interface Question {
  readonly reading: Reading;
  readonly confidence: Confidence;
  readonly limit: number;
  /** Node of the last child of the page before. */
  readonly after: string | undefined;
  /** Which projects the reader may see. */
  readonly visible: (standing: Standing) => boolean;
}

/** The parts of an explanation that differ; what is left out is empty. */
export interface Answer {
  readonly value: Fraction | null;
  readonly whyNull?: WhyNull;
  /** False where the value is no share and has no percentage. */
  readonly share?: boolean;
  readonly rule: FormulaRule;
  readonly text: string;
  readonly inputs?: readonly Input[];
  readonly children?: readonly Child[];
  readonly entries?: readonly number[];
  readonly leftOut?: readonly LeftOut[];
  /** Where `leftOut` holds only the first of them. */
  readonly leftOutTotal?: number;
  readonly doubts?: readonly DoubtNote[];
  readonly page?: Page;
}

export function explanation(
  { reading, confidence }: Question,
  node: string,
  name: string,
  answer: Answer,
): Explanation {
  const { value, whyNull, share = true, rule, text, leftOut = [], page } = answer;
  const { exact, percent, whyText } = figure(node, value, whyNull);
  return {
    node,
    name,
    confidence,
    baseline: reading.baseline,
    weightSet: reading.weights.id,
    on: reading.on,
    value: value
      ? { exact, percent: share ? percent : null }
      : { exact, percent, whyNull: whyNull ?? 'unquantified', ...(whyText === undefined ? {} : { whyText }) },
    // Where there is no number there is no formula that made it, only the one that would.
    formula: { rule: value ? rule : 'none', text },
    ruleVersion: ruleVersion(reading.plan, PROGRESS_PART, reading.on) ?? null,
    inputs: answer.inputs ?? [],
    children: answer.children ?? [],
    entries: [...new Set(answer.entries ?? [])].sort((a, b) => a - b),
    leftOut: leftOut.slice(0, LEFT_OUT_MAX),
    leftOutTotal: answer.leftOutTotal ?? leftOut.length,
    doubts: answer.doubts ?? [],
    ...(page ? { page } : {}),
  };
}

export const input = (symbol: string, name: string, value: Fraction | string, unit?: string): Input => ({
  ...{ symbol, name, value: typeof value === 'string' ? value : toText(value) },
  ...(unit === undefined ? {} : { unit }),
});

/** A child that is a share; `weight` null where the formula does not weigh. */
export function shareChild(
  node: string,
  name: string,
  weight: Fraction | null,
  value: Fraction | null,
  whyNull?: WhyNull,
): Child {
  const { exact, percent } = figure(node, value);
  return { node, name, weight: weight && toText(weight), value: exact, percent, ...(whyNull ? { whyNull } : {}) };
}

/** A child that is a quantity. */
export const quantityChild = (node: string, name: string, value: Fraction): Child => ({
  ...{ node, name, weight: null, value: toText(value) },
});

/** The doubts about a node, settled ones too; `valueOf` gives the share by a reading's target, where it gives one. */
export const doubtNotes = (
  { plan }: Reading,
  node: string,
  valueOf: (target: string) => Fraction | null = () => null,
): DoubtNote[] =>
  doubtsOf(plan, node).map(({ doubt, title, quotes, readings, settledBy }) => {
    const settled = plan.settled.get(doubt);
    return {
      ...{ doubt, title, quotes, settledBy },
      readings: readings.map(({ reading, text, target }) => {
        const value = target === '' ? null : valueOf(target);
        return { reading, text, target: target || null, value: value && toText(value) };
      }),
      settled: settled
        ? { reading: settled.reading, document: settled.document, on: settled.on, entry: settled.position }
        : null,
    };
  });

/** Positions of the plan entries that defined these. */
export const definedAt = ({ plan }: Reading, ...codes: readonly string[]): number[] =>
  codes.flatMap((code) => plan.definedAt.get(code) ?? []);

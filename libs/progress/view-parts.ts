import { add, compare, type Fraction, isZero, subtract, sum, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { FormulaRule } from './explanation.js';
import { figureAt, type ViewFigure } from './view-figures.js';
import type { ViewNode } from './view-node.js';

/** A number of a view that is no sum over projects: made of other numbers of the same answer. */
export interface ViewFormula {
  /** Path of the number; `*` for a row. */
  readonly figure: string;
  readonly rule: FormulaRule;
  /** By symbol of the rule: a number, or a path with the rows of `figure` for its `*`, or several with + or − between. */
  readonly of: Readonly<Record<string, string | number>>;
  /** For people. */
  readonly text: string;
}

/** A project, or an indicator, that has rows in a view. */
export interface ViewSource {
  readonly stream: string;
  readonly name: string;
  /** Positions of what stands in its stream. */
  readonly entries: readonly number[];
}

/** A view as it is asked: what it answers of some of its sources is what it would say if there were no others. */
export interface ViewQuestion {
  readonly title: string;
  readonly plan: PlanState;
  /** Version of the sector's rules. */
  readonly rules: string;
  readonly formulas: readonly ViewFormula[];
  /** By stream. */
  readonly sources: readonly ViewSource[];
  readonly answer: (sources: readonly ViewSource[]) => unknown;
  /** Whether the reader may see a project. */
  readonly shows: (stream: string) => boolean;
}

/** A number of the answer, and how it comes apart by projects and indicators. */
export interface ViewParts {
  /** What the view says without any: a target, a roster, a baseline. */
  readonly base: Fraction;
  /** Those that touch the number, by stream. */
  readonly sources: readonly ViewSource[];
  /** What each adds: `base` and all of them are the number. */
  readonly part: (at: number) => Fraction;
  /** True where that is its number alone; false where it is what it adds to those before it. */
  readonly addsUp: boolean;
}

/**
 * What a project adds is what the view says of it alone. Where those do not add up (a place that two projects name counts
 * once) it is what the project adds to those before it, by stream, which always does. The least of the projects' numbers is
 * no sum: then each has its own.
 */
export function partsOf(question: ViewQuestion, { path }: ViewNode, figure: ViewFigure, isLeast = false): ViewParts {
  const { sources } = question;
  const valueOf = (some: readonly ViewSource[]): Fraction | undefined => figureAt(question.answer(some), path)?.value;
  const base = valueOf([]) ?? ZERO;
  const touching = sources.flatMap((source) => {
    const part = subtract(valueOf([source]) ?? base, base);
    return isZero(part) ? [] : [{ source, part }];
  });
  const some = touching.map(({ source }) => source);
  const together = add(base, sum(touching.map(({ part }) => part)));
  if (isLeast || compare(together, figure.value) === 0) {
    return { base, sources: some, part: (at) => touching[at]?.part ?? ZERO, addsUp: true };
  }
  const enough = compare(valueOf(some) ?? base, figure.value) === 0 ? some : sources;
  const upTo = (count: number): Fraction => (count === 0 ? base : (valueOf(enough.slice(0, count)) ?? base));
  return { base, sources: enough, part: (at) => subtract(upTo(at + 1), upTo(at)), addsUp: false };
}

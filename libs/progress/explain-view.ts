import { add, type Fraction, fraction, subtract, toPercent, toText, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import { type Child, type Explanation, type Input, PAGE_DEFAULT, PAGE_MAX } from './explanation.js';
import { input, quantityChild } from './explaining.js';
import { fromText } from './figure.js';
import { recompute } from './recompute.js';
import { asSeen, isSeen } from './seen.js';
import { figureAt, type ViewFigure } from './view-figures.js';
import { parseViewNode, type ViewNode, viewNode } from './view-node.js';
import { partsOf, type ViewFormula, type ViewQuestion, type ViewSource } from './view-parts.js';

/** How a number of a view was made; of a view there is one reading alone, the one that its parameters ask for. */
export type ViewExplanation = Omit<Explanation, 'confidence' | 'baseline' | 'weightSet' | 'on'>;

/** What differs. */
type Made = Pick<Explanation, 'inputs' | 'children' | 'entries' | 'page'> & Pick<ViewFormula, 'rule' | 'text'>;

interface Asked {
  readonly question: ViewQuestion;
  readonly node: ViewNode;
  /** The answer over all sources. */
  readonly all: unknown;
}

/**
 * How a number of a view was made, one level: by its formula from other numbers of the answer, or as b + s, where b is
 * what the view says without any project and s what each project adds. Undefined where there is no such number, and of a
 * project that the reader may not see.
 */
export function explainView(
  question: ViewQuestion,
  node: ViewNode,
  page: { readonly limit?: number; readonly after?: string } = {},
): ViewExplanation | undefined {
  if (!isSeen(question.shows, viewNode(node))) return undefined;
  const asked: Asked = { question, node, all: question.answer(question.sources) };
  const figure = figureAt(asked.all, node.path);
  if (!figure) return undefined;
  // A number of a row of one project, and of what lies in that row.
  if (figure.within.some(({ stream }) => typeof stream === 'string' && !question.shows(stream))) return undefined;
  const formula = formulaFor(question, node);
  const made =
    node.of !== undefined
      ? formula && formula.rule !== 'least'
        ? undefined
        : ofOne(asked, figure, node.of)
      : formula
        ? byFormula(asked, figure, formula)
        : bySources(asked, figure, page);
  return made && asSeen(question.shows, made);
}

function shaped({ question, node }: Asked, value: Fraction, { rule, text, entries, ...made }: Made): ViewExplanation {
  const isShare = rule === 'quotient';
  return {
    node: viewNode(node),
    name: nameOf(question, node.path),
    value: { exact: toText(value), percent: isShare ? toPercent(value) : null },
    formula: { rule, text },
    ruleVersion: question.rules,
    ...made,
    entries: [...new Set(entries)].sort((a, b) => a - b),
    ...{ leftOut: [], leftOutTotal: 0, doubts: [] },
  };
}

const nameOf = ({ title }: ViewQuestion, path: readonly string[]): string => `${title} ${path.join(' ')}`;

const addedBy = ({ node }: Asked, { stream, name }: ViewSource, part: Fraction): Child =>
  quantityChild(viewNode({ ...node, of: stream }), name, part);

function bySources(
  asked: Asked,
  figure: ViewFigure,
  { limit = PAGE_DEFAULT, after }: { readonly limit?: number; readonly after?: string },
): ViewExplanation {
  const { question, node } = asked;
  const { base, sources, part, addsUp } = partsOf(question, node, figure);
  const before = after === undefined ? undefined : parseViewNode(after)?.of;
  const from = sources.findIndex(({ stream }) => stream === before) + 1;
  const until = from + Math.max(1, Math.min(PAGE_MAX, limit));
  const shown = sources.slice(from, until).map((source, at) => addedBy(asked, source, part(from + at)));
  return shaped(asked, figure.value, {
    rule: 'opening',
    text: addsUp
      ? 'b + s：b 为没有任何项目时的数（规划、名册所定），s 为各项目之和，逐个项目见下一级'
      : 'b + s：同一对象只计一次，各项目依次为其在前面项目之外所增',
    inputs: [input('b', '没有项目时', base), input('s', '各项目合计', subtract(figure.value, base))],
    children: shown,
    entries: definedIn(question.plan, figure),
    page: { total: sources.length, next: until < sources.length ? (shown.at(-1)?.node ?? null) : null },
  });
}

/** What one project or indicator adds: the end of the chain, with the entries that stand in its stream. */
function ofOne(asked: Asked, figure: ViewFigure, stream: string): ViewExplanation | undefined {
  const isLeast = formulaFor(asked.question, asked.node)?.rule === 'least';
  const { base, sources, part, addsUp } = partsOf(asked.question, asked.node, figure, isLeast);
  const at = sources.findIndex((source) => source.stream === stream);
  const source = sources[at];
  if (!source) return undefined;
  let before = base;
  for (let each = 0; each < (addsUp ? 0 : at); each += 1) before = add(before, part(each));
  return shaped(asked, part(at), {
    rule: 'difference',
    text: addsUp
      ? 'a − b：只有该项目时的数，减去没有任何项目时的数'
      : 'a − b：有该项目和排在前面的项目时的数，减去只有前面的',
    inputs: [input('a', '有该项目', add(before, part(at))), input('b', '没有该项目', before)],
    children: [{ node: stream, name: source.name, weight: null, value: null }],
    entries: source.entries,
  });
}

/** Positions of what the plan defined of the things that the rows around a number name. */
const definedIn = ({ definedAt }: PlanState, { within }: ViewFigure): number[] =>
  within.flatMap((row) =>
    ['measure', 'indicator', 'code', 'roster'].flatMap((name) => definedAt.get(String(row[name])) ?? []),
  );

/** The formula whose pattern a path fits. */
const formulaFor = ({ formulas }: ViewQuestion, { path }: ViewNode): ViewFormula | undefined =>
  formulas.find(({ figure }) => {
    const steps = figure.split('/');
    return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]);
  });

function byFormula(asked: Asked, figure: ViewFigure, formula: ViewFormula): ViewExplanation | undefined {
  const { question, node } = asked;
  const { rule, text, of } = formula;
  const children: Child[] = [];
  const rows = node.path.filter((_, at) => formula.figure.split('/')[at] === '*');
  const seen = (pattern: string): Fraction => {
    let row = 0;
    const path = pattern.split('/').map((step) => (step === '*' ? (rows[row++] ?? '') : step));
    const value = exactAt({ ...asked, node: { ...node, path } }) ?? ZERO;
    children.push(quantityChild(viewNode({ ...node, path }), nameOf(question, path), value));
    return value;
  };
  const inputs = Object.entries(of).map(([symbol, from]): Input => {
    if (typeof from === 'number') return input(symbol, '常数', fraction(from));
    const [first = '', ...rest] = from.split(/ ([+-]) /);
    let value = seen(first);
    for (let at = 0; at < rest.length; at += 2) {
      value = (rest[at] === '+' ? add : subtract)(value, seen(rest[at + 1] ?? ''));
    }
    return input(symbol, from, value);
  });
  if (rule === 'least') {
    const { sources, part } = partsOf(question, node, figure, true);
    children.push(...sources.map((source, at) => addedBy(asked, source, part(at))));
  }
  // Stated, and made of nothing: by whom the row says, if it is a project.
  const by =
    rule === 'recorded' ? question.sources.filter(({ stream }) => stream === figure.within[0]?.['stream']) : [];
  if (rule === 'recorded') inputs.push(input('x', '数值', figure.value));
  children.push(...by.map(({ stream, name }) => ({ node: stream, name, weight: null, value: null })));
  const entries = [...definedIn(question.plan, figure), ...by.flatMap((source) => source.entries)];
  const made = { rule, text, inputs, children, entries };
  const value = recompute({ ...made, formula: made });
  return value ? shaped(asked, value, made) : undefined;
}

/** The exact value of a number: what an answer writes of a share is rounded. */
function exactAt(asked: Asked): Fraction | undefined {
  const figure = figureAt(asked.all, asked.node.path);
  const formula = formulaFor(asked.question, asked.node);
  if (!figure || !formula) return figure?.value;
  return fromText(byFormula(asked, figure, formula)?.value.exact ?? null) ?? undefined;
}

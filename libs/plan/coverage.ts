import type { MeasureRow } from './format.js';
import type { LoadedPlan } from './loaded.js';
import { condense, type SourceText } from './text.js';

/** A number or a word of completeness in the text that no datum of the plan accounts for. */
export interface Uncovered {
  readonly figure: string;
  readonly chapter: number;
  /** Line of text.txt. */
  readonly line: number;
  /** The words around it, the figure in 【 】. */
  readonly context: string;
}

/** Arabic numbers with their 万 and 亿, runs of Chinese numerals, and the words that promise all of something. */
const FIGURE =
  /\d+(?:\.\d+)?[百千万亿]*|[零〇一二两三四五六七八九十百千万亿半双]+|全覆盖|每个|每县|各县|所有|全部|均设|清零|应(.)尽\1|逐年|翻番/g;
const CHAPTER = /第([一二三四五六七八九十]+)章/g;
const CONTEXT_CHARS = 24;
const DIGITS = '〇一二三四五六七八九';
const TIMES: Readonly<Record<string, bigint>> = { 百: 100n, 千: 1_000n, 万: 10_000n, 亿: 100_000_000n };

/** 十二 → 12; up to 99. */
function chapterNumber(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['〇', numeral];
  return (tens === '' ? 1 : DIGITS.indexOf(tens ?? '')) * 10 + (ones ? DIGITS.indexOf(ones) : 0);
}

/** The chapter of every character: that of the last chapter heading before it, 0 before the first. */
function chaptersOf({ condensed, structure }: SourceText): Uint8Array {
  const chapters = new Uint8Array(condensed.length);
  for (const match of condensed.matchAll(CHAPTER)) {
    if (structure[match.index] === 1) chapters.fill(chapterNumber(match[1] ?? ''), match.index);
  }
  return chapters;
}

/** 38.5 → "38.5", 12万 → "120000": so that it compares with what a row of the plan says. */
function plainFigure(figure: string): string {
  const [, digits = '', times = ''] = /^(\d+(?:\.\d+)?)([百千万亿]*)$/.exec(figure) ?? [];
  if (times === '') return digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const [whole = '', decimals = ''] = digits.split('.');
  const factor = [...times].reduce((product, each) => product * (TIMES[each] ?? 1n), 1n);
  return ((BigInt(whole + decimals) * factor) / 10n ** BigInt(decimals.length)).toString();
}

/** What a measure says in figures: its quantities, and the years between which it holds. */
function figuresOf(measure: MeasureRow): ReadonlySet<string> {
  const each = measure.quantifier === 'each' ? 1 : undefined;
  const quantities = [measure.low ?? each, measure.high, measure.baseline].filter((value) => value !== undefined);
  const years = [measure.due, measure.start].filter((date) => date !== undefined).map((date) => date.slice(0, 4));
  return new Set([...quantities, ...years].map((value) => plainFigure(String(value))));
}

/** A stretch of the text that a datum stands on; `figures`: the Arabic numbers in it that it accounts for, or all. */
interface Claim {
  readonly quote: string;
  readonly figures: ReadonlySet<string> | undefined;
}

function claimsOf(loaded: LoadedPlan): Claim[] {
  const all = (quote: string | undefined): Claim[] => (quote === undefined ? [] : [{ quote, figures: undefined }]);
  return [
    ...loaded.items.flatMap(({ measures = [] }) =>
      measures.map((measure) => ({ quote: measure.quote, figures: figuresOf(measure) })),
    ),
    ...loaded.indicators.flatMap(({ quote }) => all(quote)),
    ...loaded.notCommitments.flatMap(({ quote, word }) => all(quote ?? word)),
  ];
}

/** True where the claim accounts for the figure at start…end; one whose quote stands twice in the text claims both places. */
function holds(source: SourceText, claim: Claim, start: number, end: number, starts: readonly number[]): boolean {
  const length = condense(claim.quote).length;
  if (!starts.some((from) => from <= start && end <= from + length)) return false;
  const figure = source.condensed.slice(start, end);
  return claim.figures === undefined || !/^\d/.test(figure) || claim.figures.has(plainFigure(figure));
}

function startsOf(source: SourceText, quote: string): number[] {
  const condensed = condense(quote);
  const starts: number[] = [];
  for (let at = source.condensed.indexOf(condensed); at >= 0; at = source.condensed.indexOf(condensed, at + 1)) {
    starts.push(at);
  }
  return starts;
}

/**
 * Walks every figure of the text from `firstChapter` on and answers those that nothing accounts for, in the order of
 * the text. A figure is accounted for by an indicator's quote, by a notCommitment's quote or word, or by the quote of a
 * measure that states it: an Arabic number must be one of the measure's own figures, so that two numbers in one sentence
 * need two measures. Headings and list marks are no figures.
 */
export function uncoveredFigures(loaded: LoadedPlan, firstChapter = 2): Uncovered[] {
  const { source } = loaded;
  const { condensed, lines, structure } = source;
  const chapters = chaptersOf(source);
  const claims = claimsOf(loaded).map((claim) => ({ claim, starts: startsOf(source, claim.quote) }));
  const found: Uncovered[] = [];
  for (const { 0: figure, index: start } of condensed.matchAll(FIGURE)) {
    const end = start + figure.length;
    const chapter = chapters[start] ?? 0;
    if (structure[start] === 1 || chapter < firstChapter) continue;
    if (claims.some(({ claim, starts }) => holds(source, claim, start, end, starts))) continue;
    const before = condensed.slice(Math.max(0, start - CONTEXT_CHARS), start);
    const after = condensed.slice(end, end + CONTEXT_CHARS);
    found.push({ figure, chapter, line: lines[start] ?? 0, context: `${before}【${figure}】${after}` });
  }
  return found;
}

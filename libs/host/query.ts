import { isDate } from '@planledger/kernel';
import { BASELINES, CONFIDENCES } from '@planledger/progress';
import { ProblemError } from './problem.js';

export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** `expected` is written so that it reads in any language. */
const malformed = (name: string, expected: string): ProblemError =>
  new ProblemError('QUERY_MALFORMED', { name, expected });

/** A single text parameter of at most `charsMax`; undefined where it is left out. */
export function textParameter(query: Query, name: string, charsMax = 200): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > charsMax) throw malformed(name, `<= ${charsMax}`);
  return value;
}

export function choiceParameter<T extends string>(query: Query, name: string, choices: readonly T[], fallback: T): T {
  const value = textParameter(query, name) ?? fallback;
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw malformed(name, choices.filter(Boolean).join(' | '));
  return chosen;
}

export function integerParameter(query: Query, name: string, bounds: { min: number; max: number }): number | undefined {
  const value = textParameter(query, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d{1,15}$/.test(value) || number < bounds.min || number > bounds.max) {
    throw malformed(name, `${bounds.min}–${bounds.max}`);
  }
  return number;
}

export function dateParameter(query: Query, name: string): string | undefined {
  const value = textParameter(query, name);
  if (value !== undefined && !isDate(value)) throw malformed(name, 'YYYY-MM-DD');
  return value;
}

/** `?after=<stream>@<version>`: the write that the reader wants to see. */
export function afterParameter(query: Query): { stream: string; version: number } | undefined {
  const value = textParameter(query, 'after');
  if (value === undefined) return undefined;
  const match =
    /^(plan|(?:project|indicator|case)\/[A-Za-z0-9._-]{1,80}|period(?:\/[\p{L}\p{N}._:-]{1,80}){3})@(\d{1,9})$/u.exec(
      value,
    );
  if (!match) throw malformed('after', 'stream@version');
  return { stream: match[1] ?? '', version: Number(match[2]) };
}

/** The address of a figure; `example` shows what one looks like to who left it out. */
export function nodeParameter(query: Query, example: string): string {
  const node = textParameter(query, 'node', 300);
  if (!node) throw malformed('node', example);
  return node;
}

/** Which figures are read: what is verified, held against B0, unless the question says otherwise. */
export const basisOf = (query: Query) => ({
  confidence: choiceParameter(query, 'confidence', CONFIDENCES, 'verified'),
  baseline: choiceParameter(query, 'baseline', BASELINES, 'b0'),
});

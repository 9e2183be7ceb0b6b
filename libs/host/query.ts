import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { isDate } from '@planledger/kernel';
import { BASELINES, type Colour, type CompletionInput, CONFIDENCES, STAGES, weightSetsOn } from '@planledger/progress';
import { ProblemError } from './problem.js';

export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** `expected` is written so that it reads in any language. */
export const malformed = (name: string, expected: string): ProblemError =>
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

/** Longest address of a figure, with every filter of a list in it; a cursor is an address too. */
const ADDRESS_CHARS_MAX = 2_000;

/** The address of a figure; `example` shows what one looks like to who left it out. */
export function nodeParameter(query: Query, example: string): string {
  const node = textParameter(query, 'node', ADDRESS_CHARS_MAX);
  if (!node) throw malformed('node', example);
  return node;
}

/** Which figures are read: what is verified, held against B0, unless the question says otherwise. */
export const basisOf = (query: Query) => ({
  confidence: choiceParameter(query, 'confidence', CONFIDENCES, 'verified'),
  baseline: choiceParameter(query, 'baseline', BASELINES, 'b0'),
});

/** The texts of these names that the question gives. */
function textParameters<Name extends string>(query: Query, names: readonly Name[]): Partial<Record<Name, string>> {
  const pairs = names.flatMap((name) => {
    const value = textParameter(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs) as Partial<Record<Name, string>>;
}

const WHOSE = ['sector', 'county', 'unit'] as const;
/** What whoseIn reads. */
export const whoseQuery = applyDecorators(...WHOSE.map((name) => ApiQuery({ name, required: false })));
/** Which sector, county and unit is asked for. */
export const whoseIn = (query: Query): Partial<Record<(typeof WHOSE)[number], string>> => textParameters(query, WHOSE);

const PROJECTS_MAX = 200;
const SKIP_MAX = 1_000_000;
const FILTERED_BY = [...WHOSE, 'item', 'name'] as const;
const COLOURS = ['blue', 'green', 'yellow', 'red', ''] as const;

/** What projectListOf reads beside the basis. */
export const projectListQuery = applyDecorators(
  ...FILTERED_BY.map((name) => ApiQuery({ name, required: false })),
  ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: PROJECTS_MAX } }),
  ApiQuery({ name: 'cursor', required: false, schema: { type: 'integer', minimum: 0, maximum: SKIP_MAX } }),
  ApiQuery({ name: 'colour', required: false, enum: COLOURS.filter(Boolean) }),
  ApiQuery({ name: 'stage', required: false, enum: STAGES }),
);

/** The filter, the basis and the page that a list of projects is asked for, of now and of any moment. */
export function projectListOf(query: Query) {
  const colour = choiceParameter(query, 'colour', COLOURS, '');
  const stage = choiceParameter(query, 'stage', [...STAGES, ''], '');
  return {
    ...textParameters(query, FILTERED_BY),
    ...(colour === '' ? {} : { colour: colour satisfies Colour }),
    ...(stage === '' ? {} : { stage }),
    ...basisOf(query),
    limit: integerParameter(query, 'limit', { min: 1, max: PROJECTS_MAX }) ?? 50,
    skip: integerParameter(query, 'cursor', { min: 0, max: SKIP_MAX }) ?? 0,
  };
}

/** Most children on a page of an explanation that is asked for. */
export const EXPLAINED_CHILDREN_MAX = 500;

/** What `explain` is asked, of now and of any moment: which figure, and which page of its children. */
export function explainedIn(query: Query, example = 'item/B2-1') {
  const node = nodeParameter(query, example);
  const limit = integerParameter(query, 'limit', { min: 1, max: EXPLAINED_CHILDREN_MAX });
  const after = textParameter(query, 'cursor', ADDRESS_CHARS_MAX);
  const page = { ...(limit === undefined ? {} : { limit }), ...(after === undefined ? {} : { after }) };
  return { node, page };
}

/** By the weight set that was asked for; without one by the set in force on the day. */
export function weighed(input: CompletionInput, query: Query): CompletionInput {
  const ids = weightSetsOn(input.plan, input.on).map(({ id }) => id);
  const weights = choiceParameter(query, 'weights', ['', ...ids], '');
  return weights === '' ? input : { ...input, weights };
}

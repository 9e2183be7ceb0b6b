import { type Fraction, fraction, parseDecimal, parseFraction } from '@planledger/kernel';

/**
 * Numbers of an answer of a sector's view, found by path, whatever the view: names of fields, and of a row of a list the
 * texts that tell it from the others. `places/education,2025-09-01/claimed` finds the same row in the answer that any part
 * of the projects gives, which is how a number is taken apart by projects.
 */

/** What names a row of one project, beside the project: the first that it has. */
export const OWN_NAMES = [
  'unit',
  'home',
  'institution',
  'community',
  'place',
  'member',
  'station',
  'town',
  'name',
] as const;
/** What names a row that sums projects up: all that it has. */
const NAMES = [
  ...([
    'measure',
    'indicator',
    'code',
    'programme',
    'purpose',
    'category',
    'use',
    'kind',
    'reporter',
    'owner',
  ] as const),
  ...(['size', 'tier', 'level', 'stage', 'year', 'term', 'period', 'county', 'member', 'work'] as const),
] as const;
/** Digits in these, and in names, are no numbers; `level` may also be one. */
const NO_FIGURES: ReadonlySet<string> = new Set([...OWN_NAMES, ...NAMES, 'stream', 'site', 'document', 'latest']);

export type Row = Readonly<Record<string, unknown>>;
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

/** The number that a field holds, if it is one: a count, a decimal, or an exact fraction. */
export function numberIn(field: string, value: unknown): Fraction | undefined {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && NUMERIC.test(value));
  if (!isNumber || /name$/i.test(field) || (NO_FIGURES.has(field) && field !== 'level')) return undefined;
  if (typeof value === 'number') return Number.isInteger(value) ? fraction(value) : undefined;
  return value.includes('.') ? parseDecimal(value) : parseFraction(value);
}
const NUMERIC = /^-?\d+(\.\d+|\/\d+)?$/;

/** Slashes part an address, commas the names of a row, and an equals sign a parameter from its value. */
export const escaped = (text: string): string => text.replace(/[%/,=]/g, (sign) => encodeURIComponent(sign));

/** What a row is called among the rows of its list; the second of the same name is `~2`. */
function keysOf(rows: readonly unknown[]): string[] {
  const met = new Map<string, number>();
  return rows.map((row, at) => {
    const name = isRow(row) ? nameOf(row) : '';
    const key = name === '' ? String(at) : name;
    const times = (met.get(key) ?? 0) + 1;
    met.set(key, times);
    return times === 1 ? key : `${key}~${times}`;
  });
}

function nameOf(row: Row): string {
  const own = OWN_NAMES.map((name) => row[name]).find(isName);
  const parts = isName(row['stream']) ? [row['stream'], own] : summedOr(own, row);
  return parts
    .filter(isName)
    .map((part) => escaped(String(part)))
    .join(',');
}

/** Looked at only where a row says no project: a list has a row of these for each of ten thousand. */
function summedOr(own: unknown, row: Row): unknown[] {
  const summed = NAMES.filter((name) => numberIn(name, row[name]) === undefined).map((name) => row[name]);
  return summed.some(isName) ? summed : [own];
}

export interface ViewFigure {
  readonly value: Fraction;
  /** The rows and records around it, the nearest first. */
  readonly within: readonly Row[];
}

/** The number at a path of an answer; undefined where there is none, or nothing there. */
export function figureAt(answer: unknown, path: readonly string[]): ViewFigure | undefined {
  const within: Row[] = [];
  let [here, field] = [answer, ''];
  for (const step of path) {
    if (Array.isArray(here)) here = here[keysOf(here).indexOf(step)] as unknown;
    else if (isRow(here) && Object.hasOwn(here, step)) {
      within.unshift(here);
      [here, field] = [here[step], step];
    } else return undefined;
  }
  const value = numberIn(field, here);
  return value && { value, within };
}

/** The same answer, each record with its own address as `node`: that of a number in it is this, a slash and its name. */
export function addressed(answer: unknown, address: string): unknown {
  if (Array.isArray(answer)) {
    const keys = keysOf(answer);
    return answer.map((row, at) => addressed(row, `${address}/${keys[at] ?? ''}`));
  }
  if (!isRow(answer)) return answer;
  // Field by field, and no address for what has none: of a page of rows this is most of what it costs.
  const record: Record<string, unknown> = { node: address };
  for (const [name, value] of Object.entries(answer))
    record[name] = typeof value === 'object' ? addressed(value, `${address}/${name}`) : value;
  return record;
}

/** Paths of all numbers of an answer. */
export function pathsIn(answer: unknown, path: readonly string[] = [], field = ''): string[][] {
  if (Array.isArray(answer)) {
    const keys = keysOf(answer);
    return answer.flatMap((row, at) => pathsIn(row, [...path, keys[at] ?? ''], field));
  }
  if (isRow(answer)) {
    return Object.entries(answer).flatMap(([name, value]) => pathsIn(value, [...path, name], name));
  }
  return numberIn(field, answer) ? [[...path]] : [];
}

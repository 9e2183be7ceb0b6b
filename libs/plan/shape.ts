import { isDate, parseDecimal } from '@planledger/kernel';

/** Where something stands in a file: items, 3, measures, 1, unit. */
export type Path = readonly (string | number)[];
export type Report = (path: Path, reason: string) => void;
/** Reports whatever is wrong with a value read from YAML, and goes on: all problems are named at once. */
export type Shape = (value: unknown, path: Path, report: Report) => void;

/** Longest single text; a quote is a sentence or a table row, never a chapter. */
export const TEXT_CHARS_MAX = 2_000;

/** items[3].measures[1].unit */
export const pathText = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

const kindOf = (value: unknown): string =>
  value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : typeof value;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Shape = (value, path, report) => {
  if (typeof value === 'number') report(path, `must be text; put ${value} in quotes`);
  else if (typeof value !== 'string') report(path, `must be text, not ${kindOf(value)}`);
  else if (value.trim() === '') report(path, 'must not be empty');
  else if (value.length > TEXT_CHARS_MAX) report(path, `is longer than ${TEXT_CHARS_MAX} characters`);
};

/** Text that matches `pattern`; `what` says in words what is wanted. */
export const textLike =
  (pattern: RegExp, what: string): Shape =>
  (value, path, report) => {
    if (typeof value !== 'string') text(value, path, report);
    else if (!pattern.test(value)) report(path, `"${value}" is not ${what}`);
  };

/** Lower-case words joined by hyphens: the ids of this format. */
export const slug = textLike(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id of lower-case letters, digits and single hyphens');

export const oneOf =
  (...words: string[]): Shape =>
  (value, path, report) => {
    if (typeof value !== 'string' || !words.includes(value)) {
      report(
        path,
        `must be one of ${words.join(', ')}, not ${typeof value === 'string' ? `"${value}"` : kindOf(value)}`,
      );
    }
  };

export const flag: Shape = (value, path, report) => {
  if (typeof value !== 'boolean') report(path, `must be true or false, not ${kindOf(value)}`);
};

export const integer =
  (least: number, most: number): Shape =>
  (value, path, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      report(path, `must be a whole number from ${least} to ${most}`);
    }
  };

/** A decimal that loses nothing: an integer, or text such as '38.5'. A bare 38.5 is a floating-point number in YAML. */
export const exactDecimal: Shape = (value, path, report) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return;
  if (typeof value === 'number') report(path, `must be exact; put ${value} in quotes`);
  else if (typeof value !== 'string') report(path, `must be an exact decimal, not ${kindOf(value)}`);
  else if (!parseDecimal(value)) report(path, `"${value}" is not an exact decimal`);
};

export const day: Shape = (value, path, report) => {
  if (typeof value !== 'string' || !isDate(value)) report(path, 'must be an existing day written YYYY-MM-DD');
};

/** A list of at least `least` and at most `most` values of one shape. */
export const list =
  (of: Shape, least = 0, most = 2_000): Shape =>
  (value, path, report) => {
    if (!Array.isArray(value)) return report(path, `must be a list, not ${kindOf(value)}`);
    if (value.length < least) report(path, `needs at least ${least}, has ${value.length}`);
    if (value.length > most) return report(path, `has ${value.length}, more than ${most}`);
    value.forEach((each, index) => of(each, [...path, index], report));
  };

/** A map of ids to values of one shape. */
export const mapOf =
  (of: Shape): Shape =>
  (value, path, report) => {
    if (!isMap(value)) return report(path, `must be a map, not ${kindOf(value)}`);
    for (const [key, each] of Object.entries(value)) of(each, [...path, key], report);
  };

/** A map with exactly these keys, the `optional` ones if need be. An unknown key is most often a misspelt one. */
export const record =
  (required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape =>
  (value, path, report) => {
    if (!isMap(value)) return report(path, `must be a map, not ${kindOf(value)}`);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(required, key) && !Object.hasOwn(optional, key)) report([...path, key], 'unknown key');
    }
    for (const [key, of] of Object.entries(required)) {
      if (Object.hasOwn(value, key)) of(value[key], [...path, key], report);
      else report([...path, key], 'is missing');
    }
    for (const [key, of] of Object.entries(optional))
      if (Object.hasOwn(value, key)) of(value[key], [...path, key], report);
  };

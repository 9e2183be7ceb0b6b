/**
 * Exact fractions. Every share, weight and completion of the system is one; only the last step, writing a figure for
 * people, rounds. Always reduced, the denominator always positive, so that equal fractions are equal field by field.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** n/d in lowest terms. Throws RangeError on d = 0: a share of nothing is null in this system, never 0 and never 1. */
export function fraction(n: bigint | number, d: bigint | number = 1n): Fraction {
  let [num, den] = [BigInt(n), BigInt(d)];
  if (den === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  if (den < 0n) [num, den] = [-num, -den];
  const common = gcd(num, den);
  return common > 1n ? { n: num / common, d: den / common } : { n: num, d: den };
}

export const ZERO: Fraction = fraction(0);
export const ONE: Fraction = fraction(1);

/** Reads an exact decimal such as "38.5" or "-3". Undefined for any other text. */
export function parseDecimal(text: string): Fraction | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  return fraction(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length));
}

/** parseDecimal for text already checked; throws RangeError on anything else. */
export function decimal(text: string): Fraction {
  const value = parseDecimal(text);
  if (!value) throw new RangeError(`not an exact decimal: ${text}`);
  return value;
}

export const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
/** Throws RangeError when b is 0. */
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
/** Negative, zero or positive as a is below, equal to or above b. */
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const isZero = (a: Fraction): boolean => a.n === 0n;
export const equals = (a: Fraction, b: Fraction): boolean => a.n === b.n && a.d === b.d;
export const minimum = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const maximum = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);
export const sum = (values: Iterable<Fraction>): Fraction => {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
};
/** Into [0, 1]. */
export const clampShare = (a: Fraction): Fraction => minimum(maximum(a, ZERO), ONE);

/** Σ w·x / Σ w; null when the weights sum to 0 (nothing applies). */
export function weightedMean(parts: Iterable<{ weight: Fraction; value: Fraction }>): Fraction | null {
  let [weights, total] = [ZERO, ZERO];
  for (const { weight, value } of parts) {
    weights = add(weights, weight);
    total = add(total, multiply(weight, value));
  }
  return isZero(weights) ? null : divide(total, weights);
}

/** Rounds half to even to `decimals` places. */
export function roundHalfEven(a: Fraction, decimals: number): Fraction {
  const scale = 10n ** BigInt(decimals);
  const [scaled, d] = [a.n * scale, a.d];
  let whole = scaled / d;
  let rest = scaled % d;
  if (rest < 0n) [whole, rest] = [whole - 1n, rest + d];
  const twice = rest * 2n;
  if (twice > d || (twice === d && whole % 2n !== 0n)) whole += 1n;
  return fraction(whole, scale);
}

/** Writes a fraction with exactly `decimals` places, rounded half to even. */
export function toDecimal(a: Fraction, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const rounded = roundHalfEven(a, decimals);
  const scaled = (rounded.n * scale) / rounded.d;
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Writes a share as a percentage with `decimals` places. A share below 1 is never written as 100 (DOMAIN §4.4: an unmet
 * value is never shown as its target), nor one above 0 as 0: at the two ends it is cut instead of rounded.
 */
export function toPercent(share: Fraction, decimals = 1): string {
  const step = fraction(1n, 10n ** BigInt(decimals));
  const percent = multiply(share, fraction(100));
  const hundred = fraction(100);
  const shown = roundHalfEven(percent, decimals);
  if (compare(shown, hundred) === 0 && compare(percent, hundred) < 0)
    return toDecimal(subtract(hundred, step), decimals);
  if (isZero(shown) && compare(percent, ZERO) > 0) return toDecimal(step, decimals);
  return toDecimal(percent, decimals);
}

/** Reads what toText wrote: "3/4", "-2", "0". Throws RangeError on anything else. */
export function parseFraction(text: string): Fraction {
  if (text === '0') return ZERO;
  if (text === '1') return ONE;
  const [, n, d = '1'] = /^(-?\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  if (n === undefined) throw new RangeError(`not a fraction: ${text}`);
  return fraction(BigInt(n), BigInt(d));
}

/** "3/4"; whole numbers without a denominator. */
export const toText = (a: Fraction): string => (a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`);

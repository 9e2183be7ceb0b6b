import { type Fraction, fraction, ZERO } from '@planledger/kernel';

/** One term of a mean. */
export interface Weighed {
  readonly weight: Fraction;
  readonly value: Fraction;
}

/**
 * Σ w·v / Σ w, null when the weights sum to 0: the kernel's weightedMean, number for number. The terms are brought to
 * their common denominator first and reduced once: dozens of items with unlike denominators, added one by one, spend an
 * answer's whole time in reducing fractions that grow with every step.
 */
export function meanOf(parts: readonly Weighed[]): Fraction | null {
  const weights = sumOf(parts.map(({ weight }) => weight));
  if (weights.n === 0n) return null;
  const total = common(parts.map(({ weight, value }) => ({ n: weight.n * value.n, d: weight.d * value.d })));
  return fraction(total.n * weights.d, total.d * weights.n);
}

/** Σ of fractions, reduced once. */
export function sumOf(values: readonly Fraction[]): Fraction {
  const { n, d } = common(values);
  return n === 0n ? ZERO : fraction(n, d);
}

/** The sum over the least common denominator, not reduced. */
function common(values: readonly Fraction[]): Fraction {
  let d = 1n;
  for (const value of values) if (value.n !== 0n) d *= value.d / commonDivisor(value.d, d % value.d);
  let n = 0n;
  for (const value of values) if (value.n !== 0n) n += value.n * (d / value.d);
  return { n, d };
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

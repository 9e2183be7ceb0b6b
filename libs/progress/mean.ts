import { divide, equals, type Fraction, fraction, isZero, ZERO } from '@planledger/kernel';

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

/** A mean, and how it came about: the next one of nearly the same terms follows from it. */
export interface RunningMean {
  readonly terms: readonly Weighed[];
  readonly value: Fraction | null;
  readonly weights: Fraction;
  /** A common denominator of all w·v, and their numerators over it. */
  readonly d: bigint;
  readonly numerators: readonly bigint[];
}

/**
 * meanOf, number for number, from the mean before it: where a few values of many have changed and fit its denominator,
 * they are exchanged; where none has, it is the same object; else it is made anew.
 */
export const meanAfter = (before: RunningMean | undefined, terms: readonly Weighed[]): RunningMean =>
  (before && exchanged(before, terms)) ?? meanAnew(terms);

function meanAnew(terms: readonly Weighed[]): RunningMean {
  const products = terms.map(productOf);
  const { d } = common(products);
  const numerators = products.map((product) => product.n * (d / product.d));
  return running({ terms, d, numerators, weights: sumOf(terms.map(({ weight }) => weight)) });
}

function exchanged(before: RunningMean, terms: readonly Weighed[]): RunningMean | undefined {
  const { terms: old, d, weights } = before;
  if (old.length !== terms.length) return undefined;
  let numerators: bigint[] | undefined;
  for (const [index, term] of terms.entries()) {
    const known = old[index];
    if (known?.weight !== term.weight) return undefined;
    if (known.value === term.value || equals(known.value, term.value)) continue;
    const product = productOf(term);
    if (d % product.d !== 0n) return undefined;
    numerators ??= [...before.numerators];
    numerators[index] = product.n * (d / product.d);
  }
  return numerators ? running({ terms, d, numerators, weights }) : before;
}

/** w·v, reduced: a denominator that holds more than it must would never be got rid of. */
const productOf = ({ weight, value }: Weighed): Fraction => fraction(weight.n * value.n, weight.d * value.d);

function running(mean: Omit<RunningMean, 'value'>): RunningMean {
  const { weights, d, numerators } = mean;
  const n = numerators.reduce((sum, each) => sum + each, 0n);
  return { ...mean, value: weights.n === 0n ? null : fraction(n * weights.d, d * weights.n) };
}

/** Each weight's part of 1; equal parts where all are 0. */
export function partsOfOne(weights: readonly Fraction[]): readonly Fraction[] {
  const total = sumOf(weights);
  return weights.map((weight) => (isZero(total) ? fraction(1, weights.length) : divide(weight, total)));
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

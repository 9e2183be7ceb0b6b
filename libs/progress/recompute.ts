import {
  add,
  clampShare,
  compare,
  daysBetween,
  divide,
  type Fraction,
  fraction,
  isZero,
  maximum,
  multiply,
  ONE,
  subtract,
  sum,
  weightedMean,
  ZERO,
} from '@planledger/kernel';
import type { Explanation } from './explanation.js';
import { fromText } from './figure.js';

/** All that a figure follows from. */
type Made = Pick<Explanation, 'inputs' | 'children' | 'page'> & {
  readonly formula: Pick<Explanation['formula'], 'rule'>;
};

/**
 * The figure once more, from nothing but its explanation: an auditor does this by hand, the specs for every node. Equal to
 * `value.exact`, or the explanation is wrong. Throws RangeError where an input that the formula names is missing.
 */
export function recompute({ formula, inputs, children, page }: Made): Fraction | null {
  const text = (symbol: string): string => {
    const found = inputs.find((each) => each.symbol === symbol);
    if (!found) throw new RangeError(`no input ${symbol} for ${formula.rule}`);
    return found.value;
  };
  const input = (symbol: string): Fraction => fromText(text(symbol)) ?? ZERO;
  switch (formula.rule) {
    case 'none':
      return null;
    case 'weighted-mean':
      return weightedMean(
        children.flatMap(({ weight, value }) => {
          const [w, v] = [fromText(weight), fromText(value)];
          return w && v ? [{ weight: w, value: v }] : [];
        }),
      );
    case 'capped-quotient':
      return isZero(input('T')) ? null : clampShare(divide(input('d'), input('T')));
    case 'level': {
      const [x, b, target] = [input('x'), input('b'), input('T')];
      const distance = subtract(target, b);
      if (compare(distance, ZERO) <= 0) return compare(x, target) >= 0 ? ONE : ZERO;
      return clampShare(divide(subtract(x, b), distance));
    }
    case 'quotient':
      return isZero(input('N')) ? null : divide(input('n'), input('N'));
    case 'under-way':
      return clampShare(divide(add(input('d'), input('s')), input('T')));
    case 'sum':
      return sum(children.map(({ value }) => fromText(value) ?? ZERO));
    case 'total':
      return sum(inputs.map(({ value }) => fromText(value) ?? ZERO));
    case 'count':
      return fraction(page?.total ?? children.length);
    case 'met':
      return sum(inputs.filter(({ symbol }) => symbol.startsWith('met:')).map(({ value }) => fromText(value) ?? ZERO));
    case 'straight-line':
      return add(input('a'), multiply(subtract(input('z'), input('a')), input('t')));
    case 'difference':
      return subtract(input('a'), input('b'));
    case 'opening':
      return add(input('b'), input('s'));
    case 'shortfall':
      return maximum(ZERO, subtract(input('a'), input('b')));
    case 'least': {
      const [first, ...rest] = children.map(({ value }) => fromText(value) ?? ZERO);
      return first ? rest.reduce((least, each) => (compare(each, least) < 0 ? each : least), first) : null;
    }
    case 'product':
      return multiply(input('a'), input('b'));
    case 'days':
      return fraction(daysBetween(text('from'), text('to')));
    case 'observed-share':
      return multiply(divide(input('n'), input('d')), input('k'));
    case 'recorded':
      return input('x');
  }
}

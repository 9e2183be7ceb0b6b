import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  compare,
  decimal,
  divide,
  fraction,
  multiply,
  ONE,
  parseDecimal,
  parseFraction,
  roundHalfEven,
  subtract,
  toDecimal,
  toPercent,
  toText,
  ZERO,
} from './fraction.js';

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([n, d]) => fraction(n, d));

describe('fractions', () => {
  test('are exact: what was added and multiplied comes off again', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.n !== 0n) expect(divide(multiply(a, b), b)).toEqual(a);
        expect(parseFraction(toText(a))).toEqual(a);
      }),
    );
  });

  test('refuse a denominator of 0 and text that is no number', () => {
    expect(() => fraction(1, 0)).toThrow(RangeError);
    expect(() => parseFraction('1/x')).toThrow(RangeError);
    expect(() => decimal('1e3')).toThrow(RangeError);
    expect(parseDecimal('')).toBeUndefined();
    expect(toText(decimal('-38.50'))).toBe('-77/2');
  });

  test('round half to even', () => {
    expect(['0.125', '0.135', '-0.125', '2.5'].map((text) => toDecimal(decimal(text), 2))).toEqual([
      '0.12',
      '0.14',
      '-0.12',
      '2.50',
    ]);
    expect(toDecimal(decimal('-0.5'), 0)).toBe('0');
    expect(roundHalfEven(decimal('1.5'), 0)).toEqual(fraction(2));
  });

  test('are never shown as 100 % before they are, nor as 0 % once they are more', () => {
    expect(toPercent(fraction(99_999, 100_000))).toBe('99.9');
    expect(toPercent(fraction(1, 100_000))).toBe('0.1');
    expect([toPercent(ZERO), toPercent(ONE), toPercent(fraction(209, 200))]).toEqual(['0.0', '100.0', '104.5']);
    fc.assert(
      fc.property(fractions, (a) => {
        if (compare(a, ONE) < 0) expect(toPercent(a)).not.toBe('100.0');
        if (compare(a, ZERO) > 0) expect(toPercent(a)).not.toBe('0.0');
      }),
    );
  });
});

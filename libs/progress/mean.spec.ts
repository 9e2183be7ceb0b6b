import { expect, test } from '@jest/globals';
import { fraction, sum, weightedMean } from '@planledger/kernel';
import fc from 'fast-check';
import { meanOf, sumOf } from './mean.js';

const share = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 60 }))
  .map(([n, d]) => fraction(n, d));
const weight = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })).map(([n, d]) => fraction(n, d));

test('the mean over a common denominator is the kernel’s, number for number', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ weight, value: share })), (parts) => {
      expect(meanOf(parts)).toEqual(weightedMean(parts));
      expect(sumOf(parts.map(({ value }) => value))).toEqual(sum(parts.map(({ value }) => value)));
    }),
  );
});

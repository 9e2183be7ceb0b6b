import { expect, test } from '@jest/globals';
import { fraction, sum, weightedMean } from '@planledger/kernel';
import fc from 'fast-check';
import { meanAfter, meanOf, partsOfOne, type RunningMean, sumOf } from './mean.js';

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

test('a mean that follows from the one before it is the mean, number for number', () => {
  const parts = fc.array(fc.record({ weight, value: share }), { minLength: 1, maxLength: 6 });
  const changes = fc.array(fc.record({ at: fc.nat(), value: share, more: fc.option(weight, { nil: undefined }) }));
  fc.assert(
    fc.property(parts, changes, (first, changed) => {
      let terms = first;
      let mean: RunningMean = meanAfter(undefined, terms);
      for (const { at, value, more } of changed) {
        terms = terms.map((term, index) => (index === at % terms.length ? { weight: term.weight, value } : term));
        if (more) terms = [...terms, { weight: more, value }];
        mean = meanAfter(mean, terms);
        expect(mean.value).toEqual(meanOf(terms));
      }
    }),
  );
});

test('parts of one sum to one, in proportion; equal where all weights are 0', () => {
  expect(partsOfOne([fraction(1), fraction(3)])).toEqual([fraction(1, 4), fraction(3, 4)]);
  expect(partsOfOne([fraction(0), fraction(0)])).toEqual([fraction(1, 2), fraction(1, 2)]);
});

import { expect, test } from '@jest/globals';
import { filterOf, queryOf } from './filter.js';

test('what an address asks for is what is searched by, and nothing else of it', () => {
  const address = {
    type: 'outputDelivered',
    sector: '',
    county: ['410212'],
    picked: 'x',
    period: '2025-04',
    page: '9',
  };
  expect(filterOf(address)).toEqual({ type: 'outputDelivered', period: '2025-04' });
});

test('a later page begins where it says, instead of where the search began', () => {
  expect(queryOf({ type: 'outputDelivered', from: '5', sector: undefined }, undefined)).toEqual({
    ...{ type: 'outputDelivered', from: '5' },
  });
  expect(queryOf({ from: '5' }, '77')).toEqual({ from: '77' });
});

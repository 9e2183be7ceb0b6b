import { expect, test } from '@jest/globals';
import { decimalOf, moneyOf, percentOf, withUnit } from './amount.js';

test('money is read in 元, 万元 or 亿元, exactly', () => {
  expect(moneyOf('9999')).toEqual({ scale: 'yuan', amount: '9,999' });
  expect(moneyOf('31200000')).toEqual({ scale: 'wan', amount: '3,120' });
  expect(moneyOf('-123456789')).toEqual({ scale: 'yi', amount: '-1.2346' });
});

test('a fraction is rounded half away from zero, without idle zeros', () => {
  expect(['1480/29', '1/200', '-1/200', '-1/1000', '12000/10'].map((exact) => decimalOf(exact))).toEqual([
    ...['51.03', '0.01', '-0.01', '0', '1,200'],
  ]);
  expect(['1/0', '—'].map((exact) => decimalOf(exact))).toEqual(['1/0', '—']);
});

test('what is not whole is never shown as 100 %', () => {
  expect(['1', '9999/10000', '1/12', '0'].map(percentOf)).toEqual(['100.0%', '99.9%', '8.3%', '0.0%']);
});

test('of units only the percent sign is not in the name of an indicator', () => {
  expect([withUnit('95', '%'), withUnit('7.6', '张')]).toEqual(['95%', '7.6']);
});

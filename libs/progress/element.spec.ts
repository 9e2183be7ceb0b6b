import { expect, test } from '@jest/globals';
import { ElementKind } from '@planledger/contracts';
import { elementName } from './element.js';

test('an element is named in Chinese, with its own name within the project where it has one', () => {
  expect(elementName({ kind: 'funds', element: 'funds' })).toBe('资金');
  expect(elementName({ kind: 'land', element: '土地' })).toBe('土地');
  expect(elementName({ kind: 'staff', element: '编制2024' })).toBe('人才编制 编制2024');
});

test('every kind that can be asked for has a name', () => {
  const kinds = Object.values(ElementKind).filter((kind) => typeof kind === 'string' && kind !== 'UNSPECIFIED');
  const named = kinds.map((kind) => elementName({ kind: String(kind).toLowerCase(), element: 'e' }).replace(/ e$/, ''));
  expect(named.filter((name) => !/^\p{Script=Han}+$/u.test(name))).toEqual([]);
  expect(new Set(named).size).toBe(kinds.length);
});

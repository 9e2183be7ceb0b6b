import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { serve, type Served, walked } from './walk.js';

const PAGES = ['county-clerks-month.md', 'auditors-week.md', 'commissions-month.md'];

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(() => served.stop());

test.each(PAGES)('%s prints what it says, word for word', (page) => {
  const { says, printed, complained } = walked(`docs/walks/${page}`, served.url);
  expect(complained).toBe('');
  expect(says.length).toBeGreaterThan(10);
  expect(printed).toEqual(says);
});

test('no page is left out', () => {
  expect(readdirSync(new URL('../../../docs/walks', import.meta.url)).sort()).toEqual([...PAGES].sort());
});

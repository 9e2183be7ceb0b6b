import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { serve, walked } from './walk.js';

/** A page is some two hundred short processes, one after the other. */
const PAGE_MS = 240_000;
const PAGES = ['county-clerks-month.md', 'auditors-week.md', 'commissions-month.md'];

test.each(PAGES)(
  '%s prints what it says, word for word',
  async (page) => {
    const served = await serve();
    try {
      const { says, printed, complained } = walked(`docs/walks/${page}`, served.url);
      expect(complained).toBe('');
      expect(says.length).toBeGreaterThan(10);
      expect(printed).toEqual(says);
    } finally {
      await served.stop();
    }
  },
  PAGE_MS,
);

test('no page is left out', () => {
  expect(readdirSync(new URL('../../../docs/walks', import.meta.url)).sort()).toEqual([...PAGES].sort());
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serve, type Served, walked } from './walk.js';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.stop());

test('the walk of the README prints what it says, word for word', () => {
  const { says, printed, complained } = walked('README.md', served.url, ['## A first walk', '## Where things are']);
  expect(complained).toBe('');
  expect(says.length).toBeGreaterThan(5);
  expect(printed).toEqual(says);
});

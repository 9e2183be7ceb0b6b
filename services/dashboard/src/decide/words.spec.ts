import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import department from '../department/zh-CN.js';
import ledger from '../i18n/ledger-zh-CN.js';
import { operationsOf, type Schema } from './operations.js';
import { choiceKeys, fieldKeys } from './words.js';
import decide from './zh-CN.js';

/** Of the build: what the surface describes today. */
const operations = operationsOf(
  JSON.parse(readFileSync(new URL('../../../gen/openapi.json', import.meta.url), 'utf8')),
);
const catalogue: object = { department, ledger, decide };
const isSaid = (key: string): boolean =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], catalogue) !==
  undefined;

/** Of a body, every field and every choice as [field, choice]. */
function within(name: string, { type, items, properties, enum: among = [] }: Schema): [string, string | undefined][] {
  if (type === 'array') return within(name, items ?? {});
  if (type === 'object')
    return Object.entries(properties ?? {}).flatMap(([part, each]) => [[part, undefined], ...within(part, each)]);
  return among.map((choice) => [name, choice]);
}

describe('every command that the surface has and no other screen', () => {
  test.each(operations.map(({ name, body, places }) => [name, { body, places }] as const))(
    '%s has its words: its name, its fields and their choices',
    (name, { body, places }) => {
      expect(Object.keys(decide.command)).toContain(name);
      const named = places.filter((place) => place !== 'id').map((place) => [place, undefined] as const);
      for (const [field, choice] of [...named, ...within('', body)]) {
        const keys = choice === undefined ? fieldKeys(field) : choiceKeys(field, choice);
        expect([field, choice, keys.some(isSaid)]).toEqual([field, choice, true]);
      }
    },
  );

  test('and none has a word that is gone', () => {
    expect(Object.keys(decide.command).sort()).toEqual(operations.map(({ name }) => name).sort());
  });
});

import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { config, sourcesIn, violationsIn } from './cruise.js';
import { ROOT } from './root.js';

const PLANTED = join(ROOT, 'test/tidy/planted');

describe('who may import whom', () => {
  it('holds in the real tree', async () => {
    expect(sourcesIn(ROOT).length).toBeGreaterThan(0);
    expect((await violationsIn(ROOT)).map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`)).toEqual([]);
  });

  it('has a planted violation for each rule, and no planted violation without a rule', () => {
    expect(readdirSync(PLANTED).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  // A rule that stopped firing looks exactly like a tree without violations; only a planted one tells them apart.
  it.each(config.forbidden.map((rule) => ({ ...rule })))('$name reports what is planted against it', async (rule) => {
    const base = join(PLANTED, String(rule.name));
    expect(plantedIn(base)).not.toEqual([]);
    const reported = await violationsIn(base, [rule]);
    expect([...new Set(reported.map(({ from }) => from))].sort()).toEqual(plantedIn(base));
  });
});

/** Files that break the rule say so in their first line; the others are what they import, or what the rule allows. */
function plantedIn(base: string): string[] {
  return sourcesIn(base).filter((path) => readFileSync(join(base, path), 'utf8').startsWith('// breaks'));
}

import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesIn } from './cruise.js';
import { ROOT } from './root.js';
import { sharedRuns } from './siblings.js';

const source = (path: string, text: string) => ({ path: `libs/sectors/${path}`, text });
/** 11 tokens a line, as jscpd counts them, and no two lines the same. */
const logic = (lines: number, word = 'fact') =>
  Array.from({ length: lines }, (_, at) => `if (${word}${at} > ${at}) reached(${at});`).join('\n');

describe('sectors are siblings, not copies', () => {
  it('no two of them share a run of 50 tokens', async () => {
    const sources = sourcesIn(ROOT)
      .filter((path) => path.startsWith('libs/sectors/'))
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
    expect(new Set(sources.map(({ path }) => path.split('/')[2])).size).toBeGreaterThan(7);
    expect(await sharedRuns(sources)).toEqual([]);
  });

  it('reports what one of them copied from another, and where', async () => {
    const copied = [
      source('health/rules.ts', `export function beds() {}\n${logic(8)}\n`),
      source('housing/views.ts', `export const flats = 2;\nexport const rooms = 3;\n${logic(8)}\nflats;\n`),
    ];
    expect(await sharedRuns(copied)).toEqual([
      'libs/sectors/housing/views.ts:3 repeats libs/sectors/health/rules.ts:2',
    ]);
    expect(await sharedRuns([...copied].reverse())).toHaveLength(1);
  });

  it('reports a copy that was laid out anew and has remarks of its own', async () => {
    const spread = logic(8).replaceAll(' ', '\n').replaceAll(';', '; // as the law has it\n');
    expect(await sharedRuns([source('health/rules.ts', logic(8)), source('housing/rules.ts', spread)])).toHaveLength(1);
  });

  it('reports a run of exactly 50 tokens, on one line as well, and none of 49', async () => {
    const run = (tokens: number) =>
      Array.from({ length: tokens }, (_, at) => (at % 2 === 0 ? `a${at}` : '+')).join(' ');
    const share = (tokens: number) =>
      sharedRuns([source('health/a.ts', `[${run(tokens)}]`), source('housing/a.ts', `(${run(tokens)})`)]);
    expect(await share(50)).toHaveLength(1);
    expect(await share(49)).toEqual([]);
  });

  it('reports each sector that copied, and every run of it', async () => {
    const [one, other] = [logic(8), logic(8, 'other')];
    const runs = await sharedRuns([
      source('education/rules.ts', `${one}\nconst a = 1;\n${other}`),
      source('health/rules.ts', `${other}\nconst b = 2;\n${one}`),
      source('housing/rules.ts', one),
    ]);
    expect(runs.map((run) => run.replace(/:\d+/g, ''))).toEqual([
      'libs/sectors/health/rules.ts repeats libs/sectors/education/rules.ts',
      'libs/sectors/health/rules.ts repeats libs/sectors/education/rules.ts',
      expect.stringMatching(/^libs\/sectors\/housing\/rules.ts repeats /),
    ]);
  });

  it.each([
    ['a run that is shorter', [source('health/a.ts', logic(4)), source('housing/a.ts', logic(4))]],
    ['what one sector repeats', [source('health/a.ts', logic(8)), source('health/b.ts', logic(8))]],
    ['what stands above them', [source('sector.ts', logic(8)), source('housing/a.ts', logic(8))]],
    ['specs', [source('health/a.spec.ts', logic(8)), source('housing/a.spec.ts', logic(8))]],
    [
      'the words that they import',
      ['health', 'housing'].map((sector) =>
        source(
          `${sector}/a.ts`,
          `import {\n${'  one,\n  type Two,\n'.repeat(20)}} from '../sector.js';\nconst a = 1;\n`,
        ),
      ),
    ],
  ])('lets %s pass', async (_, sources) => {
    expect(await sharedRuns(sources)).toEqual([]);
  });
});

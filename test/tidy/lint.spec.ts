import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import { join } from 'node:path';
import { ROOT } from './root.js';

// Each case is a rule, a path whose globs it stands under, and a text that breaks it: a rule that is configured and
// never fires cannot be told from a clean tree in any other way.
const KERNEL = 'libs/kernel/planted.ts';
const HOST = 'libs/host/planted.ts';
const SWITCH = `type Answer = 'yes' | 'no';
export function asNumber(answer: Answer): number {
  switch (answer) {
    case 'yes':
      return 1;
  }
  return 0;
}`;

const LOST_CATCH = `export async function quietly(run: () => Promise<void>): Promise<void> {
  try {
    return run();
  } catch {
    return;
  }
}`;
/** The type of an injected parameter is a value at run time: turned into a type import, Nest would find nothing. */
const INJECTED = `import { Clock } from './clock.js';
declare const Controller: () => ClassDecorator;
@Controller()
export class Lamps {
  constructor(readonly clock: Clock) {}
}`;

const PLANTED: readonly (readonly [rule: string, path: string, text: string])[] = [
  [
    '@typescript-eslint/no-floating-promises',
    HOST,
    'export const start = (run: () => Promise<void>) => {\n  run();\n};',
  ],
  ['@typescript-eslint/no-misused-promises', HOST, 'export const first = [1].filter(async (n) => n > 0);'],
  ['@typescript-eslint/await-thenable', HOST, 'export const late = async () => {\n  await 1;\n};'],
  ['@typescript-eslint/switch-exhaustiveness-check', KERNEL, SWITCH],
  [
    '@typescript-eslint/consistent-type-imports',
    HOST,
    `import { Rejection } from './r.js';\nexport type R = Rejection;`,
  ],
  ['@typescript-eslint/no-explicit-any', HOST, 'export const all: any[] = [];'],
  ['@typescript-eslint/no-unnecessary-type-assertion', HOST, 'export const one = (n: number) => n as number;'],
  ['@typescript-eslint/restrict-template-expressions', HOST, 'export const say = (o: object) => `${o}`;'],
  ['@typescript-eslint/only-throw-error', HOST, `export const fail = () => {\n  throw 'no';\n};`],
  [
    '@typescript-eslint/no-for-in-array',
    HOST,
    'export const walk = (all: number[]) => {\n  for (const n in all) walk([+n]);\n};',
  ],
  ['@typescript-eslint/return-await', HOST, LOST_CATCH],
  ['no-var', HOST, 'export var one = 1;'],
  ['prefer-const', HOST, 'let one = 1;\nexport const two = one + 1;'],
  ['eqeqeq', HOST, 'export const same = (a: number, b: number) => a == b;'],
  ['no-console', HOST, `console.log('x');`],
  ['no-restricted-syntax', KERNEL, 'export const at = Date.now();'],
  ['no-restricted-syntax', KERNEL, 'export const at = new Date();'],
  ['no-restricted-syntax', KERNEL, 'export const at = Date();'],
  ['no-restricted-syntax', KERNEL, 'export const id = Math.random();'],
  ['no-restricted-syntax', 'libs/plan/planted.ts', 'export const at = Date.now();'],
  ['no-restricted-syntax', 'libs/proof/planted.ts', 'export const at = Date.now();'],
  ['no-restricted-syntax', 'libs/contracts/planted.ts', 'export const at = Date.now();'],
  ['no-restricted-syntax', 'libs/auth/policy.ts', 'export const at = Date.now();'],
  ['no-restricted-globals', KERNEL, 'export const home = process.env;'],
  ['no-restricted-globals', 'libs/project/planted.ts', 'export const id = crypto.randomUUID();'],
  ['no-restricted-imports', 'libs/project/planted.ts', `import { readFileSync } from 'node:fs';\nreadFileSync('x');`],
  ['no-restricted-imports', 'libs/proof/planted.ts', `import { randomUUID } from 'node:crypto';\nrandomUUID();`],
  ...['kernel', 'project', 'sectors', 'progress'].flatMap((name) => {
    const path = `libs/${name}/planted.ts`;
    return [
      ['no-restricted-syntax', path, 'export const cast = (n: number) => n as unknown as string;'],
      ['no-restricted-syntax', path, 'export const at = new Date();'],
    ] as const;
  }),
];

/** Of the dashboard: every text stands in a catalogue, whichever way it would come onto the page. */
const PAGE = 'services/dashboard/src/audit/PlantedView.vue';
const PLANTED_PAGES: typeof PLANTED = [
  ['vue/no-bare-strings-in-template', PAGE, '<template>\n  <p>总览</p>\n</template>'],
  ['vue/no-bare-strings-in-template', PAGE, '<template>\n  <p>Overview</p>\n</template>'],
  ['vue/no-bare-strings-in-template', PAGE, '<template>\n  <input aria-label="总览" />\n</template>'],
  ['vue/no-restricted-syntax', PAGE, `<template>\n  <p>{{ '总览' }}</p>\n</template>`],
  ['vue/no-restricted-syntax', PAGE, '<template>\n  <p>{{ `共${1}` }}</p>\n</template>'],
  [
    'no-restricted-syntax',
    PAGE,
    `<script setup lang="ts">\nconst name = '总览';\n</script>\n\n<template>{{ name }}</template>`,
  ],
  ['no-restricted-syntax', 'services/dashboard/src/audit/words.ts', `export const name = '总览';`],
  [
    'no-restricted-syntax',
    'services/dashboard/src/audit/words.ts',
    'export const of = (count: number) => `共 ${count}`;',
  ],
];

const ALLOWED: readonly (readonly [what: string, path: string, text: string])[] = [
  ['a given time, read as a date', KERNEL, 'export const day = (ms: number) => new Date(ms).getUTCDate();'],
  ['a hash', 'libs/proof/planted.ts', `import { createHash } from 'node:crypto';\ncreateHash('sha256');`],
  ['the import of an injected class', HOST, INJECTED],
  ['the clock, in the host', HOST, 'export const now = () => Date.now();'],
  ['the console, in standalone', 'services/standalone/planted.ts', `console.log('listening');`],
  [
    'the disk, where the plan is read',
    'libs/plan/read.ts',
    `import { readFileSync } from 'node:fs';\nreadFileSync('x');`,
  ],
  ['a text, in a catalogue', 'services/dashboard/src/audit/zh-CN.ts', `export default { name: '总览' };`],
  ['marks between texts, on a page', PAGE, `<template>\n  <p>{{ 1 }}（{{ 2 }}）</p>\n</template>`],
  ['a switch with a default', KERNEL, SWITCH.replace('  }\n  return 0;', '    default:\n      return 0;\n  }')],
];

describe('lint', () => {
  let eslint: ESLint;
  beforeAll(() => {
    const virtual = [...PLANTED, ...ALLOWED].map(([, path]) => path).filter((path) => path.endsWith('/planted.ts'));
    eslint = new ESLint({
      cwd: ROOT,
      overrideConfigFile: join(ROOT, 'test/tidy/eslint.config.js'),
      // The planted texts are no files; typed rules need a program that holds them all the same.
      overrideConfig: {
        files: ['**/planted.ts'],
        languageOptions: {
          parserOptions: {
            projectService: {
              allowDefaultProject: [...new Set(virtual)],
              defaultProject: 'tsconfig.base.json',
              maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: PLANTED.length,
            },
          },
        },
      },
    });
  });
  const reported = async (path: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath: join(ROOT, path) });
    return result?.messages.map(({ ruleId, message }) => ruleId ?? message);
  };

  it('has a planted violation for every rule it turns on', async () => {
    const configs = (await Promise.all([KERNEL, HOST].map((path) => eslint.calculateConfigForFile(path)))) as {
      rules: Record<string, unknown>;
    }[];
    const turnedOn = new Set(configs.flatMap(({ rules }) => Object.keys(rules)));
    expect([...turnedOn].sort()).toEqual([...new Set(PLANTED.map(([rule]) => rule))].sort());
  });

  it.each([...PLANTED, ...PLANTED_PAGES])('%s in %s: %j', async (rule, path, text) => {
    expect(await reported(path, text)).toEqual([rule]);
  });

  it.each(ALLOWED)('lets %s pass', async (_, path, text) => {
    expect(await reported(path, text)).toEqual([]);
  });
});

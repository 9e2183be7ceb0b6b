import { defineConfig } from 'eslint/config';
import { resolve } from 'node:path';
import tseslint from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import vueParser from 'vue-eslint-parser';

// What the compiler does not see: promises nobody waits for, switches that miss a case, clocks and dice in pure code.
// lint.spec.ts plants a violation for each of the rules that matter.

const CLOCKS_AND_DICE = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Take the time as an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time as an argument.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take the time as an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Take the id as an argument.' },
];
const DOUBLE_CAST = {
  selector: "TSAsExpression > TSAsExpression[typeAnnotation.type='TSUnknownKeyword']",
  message: 'A cast through unknown switches the compiler off; narrow the value instead.',
};
const OUTSIDE_WORLD = ['process', 'performance', 'crypto', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'].map(
  (name) => ({ name, message: 'Pure code is given what it needs.' }),
);

const SPECS = ['**/*.spec.ts', '**/conformance{.ts,-*.ts,/**}', '**/fixtures{.ts,-*.ts,/**}'];
/** Pure by design: a figure must come out the same on replay, years later and on another machine. */
const PURE = [
  'libs/kernel/**/*.ts',
  'libs/contracts/*.ts',
  'libs/plan/**/*.ts',
  'libs/project/**/*.ts',
  'libs/sectors/**/*.ts',
  'libs/progress/**/*.ts',
  'libs/proof/**/*.ts',
  'libs/auth/policy.ts',
];
/** The dashboard's pages; vue-tsc reads their types. */
const PAGES = ['services/dashboard/src/**/*.{ts,vue}'];
const CATALOGUES = ['services/dashboard/src/**/*zh-CN.ts'];
const TEXT_OUTSIDE = [
  { selector: 'Literal[value=/[\u4e00-\u9fff]/]', message: 'A text: put it into the catalogue.' },
  {
    selector: 'TemplateElement[value.raw=/[\u4e00-\u9fff]/]',
    message: 'A text: put it into the catalogue.',
  },
];
const CASTLESS = ['kernel', 'project', 'sectors', 'progress'].map((name) => `libs/${name}/**/*.ts`);

export default defineConfig(
  { ignores: ['**/dist/**', '**/gen/**', '**/node_modules/**', 'test/tidy/planted/**'] },
  {
    files: ['**/*.ts'],
    ignores: [...PAGES, 'services/dashboard/vite.config.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: resolve(import.meta.dirname, '../..') },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      // A default is a decision: folds name the events they know and leave the others alone.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['services/standalone/**/*.ts', 'test/load/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: PURE,
    ignores: SPECS,
    rules: {
      'no-restricted-syntax': ['error', ...CLOCKS_AND_DICE],
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD],
      'no-restricted-imports': [
        'error',
        {
          // A hash is a function of its input; the rest of node:crypto is dice.
          paths: [
            { name: 'node:crypto', allowImportNames: ['createHash', 'hash'], message: 'Pure code may only hash.' },
          ],
          patterns: [
            { regex: '^(node:(?!crypto$)|(fs|os|path|crypto|timers)(/|$))', message: 'Pure code does no I/O.' },
          ],
        },
      ],
    },
  },
  { files: CASTLESS, ignores: SPECS, rules: { 'no-restricted-syntax': ['error', ...CLOCKS_AND_DICE, DOUBLE_CAST] } },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['services/dashboard/src/**/*.vue'] })),
  {
    files: PAGES,
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  { files: PAGES, ignores: [...CATALOGUES, ...SPECS], rules: { 'no-restricted-syntax': ['error', ...TEXT_OUTSIDE] } },
  {
    files: ['services/dashboard/src/**/*.vue'],
    rules: {
      // Every text stands in a catalogue.
      'vue/no-bare-strings-in-template': ['error', { allowlist: [...'（）：、，；·←→×÷%/|—–-+#()=<>…≥≤“”*'] }],
      'vue/no-restricted-syntax': ['error', ...TEXT_OUTSIDE],
      // How lines are broken is prettier's.
      ...Object.fromEntries(
        ['max-attributes-per-line', 'singleline-html-element-content-newline', 'html-self-closing', 'html-indent'].map(
          (rule) => [`vue/${rule}`, 'off'],
        ),
      ),
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      // A screen is named as its route.
      'vue/multi-word-component-names': 'off',
    },
  },
  // The files of libs/plan that find and read what stands on the disk.
  { files: ['libs/plan/load.ts', 'libs/plan/read.ts'], rules: { 'no-restricted-imports': 'off' } },
);

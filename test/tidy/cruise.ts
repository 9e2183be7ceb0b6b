import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './root.js';

const require = createRequire(import.meta.url);

export const config = require(join(ROOT, 'test/tidy/dependency-cruiser.cjs')) as Required<
  Pick<IConfiguration, 'forbidden' | 'options'>
>;

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Runs the import rules over the sources below `base`, the real tree or a planted one. A package is resolved to its
 * sources in that same tree, not through node_modules: there a planted tree would reach the real packages, and the real
 * tree what the compiler wrote.
 */
export async function violationsIn(base: string, rules = config.forbidden): Promise<Violation[]> {
  const result = await cruise(
    sourcesIn(base),
    { ...config.options, baseDir: base, validate: true, ruleSet: { forbidden: rules } },
    { alias: packagesIn(base), bustTheCache: true },
  );
  return (result.output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
}

/** Sources below `base`, relative to it. */
export function sourcesIn(base: string): string[] {
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /^(libs|services|test)\/.*\.ts$/.test(path) && !/(^|\/)(node_modules|dist|gen|planted)\//.test(path),
    )
    .sort();
}

function packagesIn(base: string): Record<string, string> {
  const manifests = ['libs', 'services'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name, 'package.json')),
  );
  return Object.fromEntries(
    manifests.map((manifest) => {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name: string };
      return [name, join(base, relative(ROOT, dirname(manifest)))];
    }),
  );
}

import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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
      (path) =>
        /^(libs|services|deploy|test)\/.*\.ts$/.test(path) && !/(^|\/)(node_modules|dist|gen|planted)\//.test(path),
    )
    .sort();
}

/** Package names follow from the folder: libs/ledger is @planledger/ledger, deploy/local @planledger/local, services/audit @planledger/audit-service. */
function packagesIn(base: string): Record<string, string> {
  const folders = (['libs', 'services', 'deploy'] as const).flatMap((kind) =>
    existsSync(join(base, kind)) ? readdirSync(join(base, kind)).map((name) => ({ kind, name })) : [],
  );
  return Object.fromEntries(
    folders.map(({ kind, name }) => [
      `@planledger/${name}${kind === 'services' ? '-service' : ''}`,
      join(base, kind, name),
    ]),
  );
}

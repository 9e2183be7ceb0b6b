import { SERVICES } from '@planledger/cluster';
import { SERVICE_VARIABLES, PREPARE_VARIABLES } from '@planledger/host';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The top of the tree: compiled tests stand in test/dist/deployment. */
export const ROOT = resolve(import.meta.dirname, '../../..');
/** What deploy/checks/install.sh has fetched. */
export const CHECKS = join(ROOT, 'deploy/checks/.tools');

export type Data = Readonly<Record<string, unknown>>;

/** The documents of a YAML file, anchors and merges resolved; throws where one is no YAML or says a key twice. */
export function documents(text: string): Data[] {
  return parseAllDocuments(text, { merge: true, uniqueKeys: true }).flatMap((document) => {
    const [problem] = document.errors;
    if (problem) throw problem;
    const data = document.toJS({ maxAliasCount: 1_000 }) as Data | null;
    return data === null ? [] : [data];
  });
}

export const readYaml = (path: string): Data => documents(readFileSync(join(ROOT, path), 'utf8'))[0] ?? {};

/** Services that ask audit for histories. */
export const ASKING_AUDIT = SERVICES.filter((name) =>
  readFileSync(join(ROOT, 'services', name, 'main.ts'), 'utf8').includes(", 'audit')"),
);

const KNOWN: ReadonlySet<string> = new Set(SERVICE_VARIABLES);
const KNOWN_TO_PREPARE: ReadonlySet<string> = new Set([...SERVICE_VARIABLES, ...PREPARE_VARIABLES]);
/** Without these a service ends with 78. */
const REQUIRED = ['HOST', 'PORT', 'PLANS', 'OIDC_ISSUER', 'MONGODB_URL_FILE', 'KAFKA_BROKERS'];
const REQUIRED_OF_ASKING = ['AUDIT_URL', 'SERVICE_CLIENT_ID', 'SERVICE_CLIENT_SECRET_FILE'];

/** What is wrong with the names of variables that a process is given: unknown, missing, or a secret that is told. */
export function environmentProblems(process: string, names: readonly string[]): string[] {
  const known = process === 'prepare' ? KNOWN_TO_PREPARE : KNOWN;
  const required = process === 'prepare' ? ['PLANS', 'MONGODB_URL_FILE', 'KAFKA_BROKERS'] : REQUIRED;
  const all = ASKING_AUDIT.includes(process) ? [...required, ...REQUIRED_OF_ASKING] : required;
  return [
    ...names.filter((name) => !known.has(name)).map((name) => `${process}: ${name} is unknown`),
    ...all.filter((name) => !names.includes(name)).map((name) => `${process}: ${name} is missing`),
    ...names
      .filter((name) => known.has(`${name}_FILE`))
      .map((name) => `${process}: ${name} is a secret, and said in the environment`),
  ];
}

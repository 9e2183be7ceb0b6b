/** A tracked file and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** What DESIGN lets stand at the top; dotfiles besides. */
const TOP = new Set([
  ...['services', 'libs', 'proto', 'deploy', 'test', 'docs'],
  ...['docker-compose.yml', 'nx.json', 'package.json', 'package-lock.json', 'tsconfig.base.json'],
  ...['README.md', 'LICENSE', 'CHANGELOG.md'],
]);

export function strayAtTop(paths: readonly string[]): string[] {
  const tops = new Set(paths.map((path) => path.split('/')[0] ?? path));
  return [...tops].filter((top) => !TOP.has(top) && !top.startsWith('.'));
}

export const LINES_MAX = 300;

/** Code that is written by hand; data, texts and what is generated may be as long as they are. */
const isCode = (path: string) =>
  /^(libs|services|deploy|test)\/.*\.(ts|vue|js|cjs|mjs)$/.test(path) &&
  !/\/(gen|data|planted)\/|zh-CN\.ts$/.test(path);

/** Files over the limit without a reason, and reasons that are no longer needed. */
export function tooLong(sources: readonly Source[], reasons: ReadonlyMap<string, string>): string[] {
  const long = sources.filter(({ path, text }) => isCode(path) && linesOf(text) > LINES_MAX);
  const paths = new Set(long.map(({ path }) => path));
  return [
    ...long.filter(({ path }) => !reasons.has(path)).map(({ path, text }) => `${path}: ${linesOf(text)} lines`),
    ...[...reasons.keys()].filter((path) => !paths.has(path)).map((path) => `${path}: has a reason and needs none`),
  ];
}

const linesOf = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Names that say nothing of what is inside: whatever fits nowhere ends up there. */
export function emptyNames(paths: readonly string[]): string[] {
  return paths.filter(
    (path) =>
      isCode(path) &&
      path
        .split('/')
        .map((part) => part.replace(/\..*$/, ''))
        .some((part) => /^(utils?|commons?|helpers?|misc|shared)$|(^|-)impl$|Impl$/i.test(part)),
  );
}

/** `IThing` and `ThingImpl`: one of the two names is missing. */
export function emptyTypeNames(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    isCode(path)
      ? [...text.matchAll(/\binterface (I[A-Z][a-z]\w*)|\b(?:class|interface|type|const|function) (\w+Impl)\b/g)].map(
          (match) => `${path}: ${match[1] ?? match[2]}`,
        )
      : [],
  );
}

/** Files that only pass on what others export. A package's own index.ts is the one place for that. */
export function barrels(sources: readonly Source[], reasons: ReadonlyMap<string, string>): string[] {
  return sources
    .filter(
      ({ path, text }) =>
        isCode(path) && !/^(libs|services|deploy)\/[^/]+\/index\.ts$/.test(path) && isBarrel(path, text),
    )
    .map(({ path }) => path)
    .filter((path) => !reasons.has(path));
}

function isBarrel(path: string, text: string): boolean {
  if (path.endsWith('/index.ts')) return true;
  const code = text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '').trim();
  const rest = code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']*';?/g, '').trim();
  return code !== '' && rest === '';
}

/** A lockfile that names download addresses installs from there, whatever registry the reader has configured. */
export function downloadAddresses(lockfile: string): string[] {
  return [...lockfile.matchAll(/"resolved": "([a-z+]+:\/\/[^"]*)"/g)].map((match) => match[1] ?? '');
}

/** Dependencies that are not pinned to one version: two installs of the same commit would differ. */
export function inexactVersions({ path, text }: Source): string[] {
  const manifest = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'].flatMap((part) =>
    Object.entries(manifest[part] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
      .map(([name, version]) => `${path}: ${name} ${String(version)}`),
  );
}

import { resolve } from 'node:path';

/** What the operator sets; everything else is a named constant beside what it bounds. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Folders of plans to load and serve. */
  readonly planFolders: readonly string[];
  /** Serve the demo plan. */
  readonly demo: boolean;
  readonly oidc: OidcConfig | undefined;
}

export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** The public client as which the dashboard signs people in. */
  readonly client: string;
  readonly jwksUrl: string | undefined;
  /** Dotted paths of the claims that say who somebody is. */
  readonly claims: { unit: string; role: string; sectors: string; counties: string; plans: string };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads arguments and environment; every wrong one is named, all at once. */
export function readConfig(
  args: readonly string[],
  env: Environment,
  defaultPlans: readonly string[],
): Config | string[] {
  const problems: string[] = [];
  for (const arg of args) if (arg !== '--empty') problems.push(`unknown argument ${arg}; known: --empty`);
  const port = portOf(env, problems);
  const oidc = oidcOf(env, problems);
  // Demo people sign in with a word; they are let in from this machine only.
  const host = hostOf(env);
  if (!oidc && host !== LOCAL)
    problems.push(
      'HOST may differ from 127.0.0.1 only with OIDC_ISSUER set: demo people sign in from this machine only',
    );
  if (problems.length > 0) return problems;
  const folders = (env['PLAN'] ?? '').split(':').filter(Boolean);
  return {
    port,
    host,
    dataDir: resolve(env['DATA_DIR'] ?? 'data'),
    planFolders: (folders.length > 0 ? folders : defaultPlans).map((folder) => resolve(folder)),
    demo: !args.includes('--empty') && folders.length === 0,
    oidc,
  };
}

const LOCAL = '127.0.0.1';
export const hostOf = (env: Environment): string => env['HOST'] ?? LOCAL;

export function portOf(env: Environment, problems: string[]): number {
  const port = Number(env['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`PORT must be 0 to 65535, not ${env['PORT'] ?? ''}`);
  return port;
}

/** The identity provider; undefined where none is named. */
export function oidcOf(env: Environment, problems: string[]): OidcConfig | undefined {
  const issuer = env['OIDC_ISSUER'];
  if (!issuer) return undefined;
  if (!URL.canParse(issuer)) problems.push(`OIDC_ISSUER must be a URL, not ${issuer}`);
  const jwksUrl = env['OIDC_JWKS_URL'];
  if (jwksUrl && !URL.canParse(jwksUrl)) problems.push(`OIDC_JWKS_URL must be a URL, not ${jwksUrl}`);
  const claim = (name: string): string => env[`OIDC_CLAIM_${name.toUpperCase()}`] ?? `planledger.${name}`;
  return {
    issuer,
    audience: env['OIDC_AUDIENCE'] ?? 'planledger',
    client: env['OIDC_CLIENT_ID'] ?? 'planledger-dashboard',
    jwksUrl,
    claims: {
      unit: claim('unit'),
      role: claim('role'),
      sectors: claim('sectors'),
      counties: claim('counties'),
      plans: claim('plans'),
    },
  };
}

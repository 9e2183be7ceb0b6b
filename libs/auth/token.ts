import { randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { checkAgainst, type TokenCheck } from './bearer.js';
import type { ClaimPaths } from './claims.js';
import type { DemoPerson } from './demo-people.js';
import { issuerKeys } from './issuer-keys.js';

export const DEMO_ISSUER = 'planledger-demo';
export const TOKEN_AUDIENCE = 'planledger';
const DEMO_KEY_BYTES = 32;
const DEMO_CLAIMS: ClaimPaths = {
  unit: 'unit',
  role: 'role',
  sectors: 'sectors',
  counties: 'counties',
  plans: 'plans',
};

export interface DemoTokens {
  /** A token of one of the people. Throws RangeError for an id that is not in the list: look before you ask. */
  readonly issue: (personId: string) => Promise<string>;
  readonly check: TokenCheck;
}

/**
 * Tokens of the embedded profile, on 127.0.0.1 only. The key is made at start and kept nowhere: a restart signs
 * everybody out. `random` is for tests, which need to sign what an honest start never would.
 */
export function demoTokens(options: {
  readonly people: readonly DemoPerson[];
  readonly nowMs: () => number;
  readonly lifetimeSeconds: number;
  readonly random?: (bytes: number) => Uint8Array;
}): DemoTokens {
  const { nowMs, lifetimeSeconds, random = randomBytes } = options;
  const key = random(DEMO_KEY_BYTES);
  const people = new Map(options.people.map((person) => [person.id, person]));
  const check = checkAgainst({
    key,
    algorithms: ['HS256'],
    issuer: DEMO_ISSUER,
    audience: TOKEN_AUDIENCE,
    claims: DEMO_CLAIMS,
    nowMs,
    toleranceSeconds: 0,
  });
  return {
    issue: async (personId) => {
      const person = people.get(personId);
      if (!person) throw new RangeError('no such demo person');
      const nowSeconds = Math.floor(nowMs() / 1_000);
      const { unit, role, sectors, counties, plans } = person;
      return new SignJWT({ unit, role, sectors, counties, plans })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setIssuer(DEMO_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setSubject(personId)
        .setJti(randomUUID())
        .setIssuedAt(nowSeconds)
        .setExpirationTime(nowSeconds + lifetimeSeconds)
        .sign(key);
    },
    check: async (bearer) => {
      const principal = await check(bearer);
      return principal && people.has(principal.subject) ? principal : undefined;
    },
  };
}

/** Asymmetric only: a public key published by the issuer must never serve as a shared secret. */
const OIDC_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
/** The issuer's clock and ours may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;

export interface OidcTokens {
  readonly check: TokenCheck;
  /** True while the issuer's keys are at hand; asks the issuer for them when they are not. Never rejects. */
  readonly ready: () => Promise<boolean>;
}

/**
 * Tokens of an OpenID Connect provider; this system never issues any. `issuer` MUST be written exactly as the tokens'
 * `iss`. The provider MUST mark access tokens typ at+jwt (RFC 9068; in Keycloak a setting of the client).
 */
export function oidcTokens(options: {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are; left out, its discovery document says so. */
  readonly jwksUrl?: string;
  readonly claims: ClaimPaths;
  readonly nowMs?: () => number;
}): OidcTokens {
  const { issuer, audience, jwksUrl, claims, nowMs = Date.now } = options;
  const keys = issuerKeys({ issuer, jwksUrl, nowMs });
  const check = checkAgainst({
    key: keys.key,
    algorithms: OIDC_ALGORITHMS,
    issuer,
    audience,
    claims,
    nowMs,
    toleranceSeconds: CLOCK_TOLERANCE_SECONDS,
  });
  return { check, ready: keys.ready };
}

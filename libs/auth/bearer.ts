import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { principalFrom, type ClaimPaths } from './claims.js';
import { IssuerUnavailable } from './issuer-keys.js';
import type { Principal } from './policy.js';

/**
 * Who the bearer of this token is; undefined when it is not to be trusted, for whatever reason: the caller gets a 401
 * and no more. Rejects with IssuerUnavailable, and with nothing else, while the issuer's keys cannot be had: that is a 503,
 * for a 401 would sign people out who did nothing wrong. MUST NOT log or keep anything of the token. `bearer` is the text
 * after "Bearer ".
 */
export type TokenCheck = (bearer: string) => Promise<Principal | undefined>;

export const TOKEN_MAX_BYTES = 8_192;
/** Three parts, none empty, in the letters of base64url: one character is one byte. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The cheap half of the check, before anything is decoded, hashed or looked up. */
export const looksLikeToken = (bearer: string): boolean =>
  typeof bearer === 'string' && bearer.length <= TOKEN_MAX_BYTES && COMPACT.test(bearer);

/** What every token is held against. All of it is configuration: nothing is taken from the token's own header. */
export interface Trust {
  readonly key: Uint8Array | JWTVerifyGetKey;
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimPaths;
  readonly nowMs: () => number;
  readonly toleranceSeconds: number;
}

/** A check after RFC 8725 and RFC 9068: an access token (typ at+jwt), never an ID token, of this issuer for us. */
export function checkAgainst(trust: Trust): TokenCheck {
  const key: JWTVerifyGetKey = typeof trust.key === 'function' ? trust.key : keyOnly(trust.key);
  return async (bearer) => {
    if (!looksLikeToken(bearer)) return undefined;
    try {
      const { payload } = await jwtVerify(bearer, key, {
        algorithms: [...trust.algorithms],
        issuer: trust.issuer,
        audience: trust.audience,
        typ: 'at+jwt',
        requiredClaims: ['sub', 'exp', 'iat'],
        currentDate: new Date(trust.nowMs()),
        clockTolerance: trust.toleranceSeconds,
      });
      return repeatsName(bearer) ? undefined : principalFrom(payload, trust.claims);
    } catch (error) {
      if (error instanceof IssuerUnavailable) throw error;
      // Malformed, forged or expired: all are one 401.
      return undefined;
    }
  };
}

const keyOnly =
  (key: Uint8Array): JWTVerifyGetKey =>
  async () =>
    key;

/** True when header or payload says a name twice: two readers might then believe different things of one token. */
function repeatsName(bearer: string): boolean {
  return bearer
    .split('.', 2)
    .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
    .some(repeatsNameIn);
}

/** `json` MUST be well-formed. */
function repeatsNameIn(json: string): boolean {
  const open: Set<unknown>[] = [];
  let text = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') text = token;
    else {
      const names = open.at(-1);
      const name: unknown = JSON.parse(text);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

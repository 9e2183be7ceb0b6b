import { hash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { looksLikeToken, type TokenCheck } from './bearer.js';
import type { Principal } from './policy.js';

/** How long a revoked role may still work. */
const CACHE_MAX_AGE_MS = 60_000;
const CACHE_MAX_ENTRIES = 10_000;

interface Kept {
  readonly principal: Principal;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/**
 * A check that remembers whom it has verified, by the token's SHA-256 and never the token, until its `exp`, at most 60 s.
 * A refusal is not remembered: keys are rotated, clocks catch up, and bad tokens would push out the good.
 */
export function cached(
  check: TokenCheck,
  nowMs: () => number,
  { max = CACHE_MAX_ENTRIES }: { readonly max?: number } = {},
): TokenCheck {
  const entries = new Map<string, Kept>();

  const keep = (digest: string, kept: Kept): void => {
    entries.delete(digest);
    entries.set(digest, kept);
    // A Map gives the oldest first, and what was kept longest is nearest its end.
    for (const oldest of entries.keys()) {
      if (entries.size <= max) break;
      entries.delete(oldest);
    }
  };

  return async (bearer) => {
    if (!looksLikeToken(bearer)) return undefined;
    const digest = hash('sha256', bearer, 'base64');
    const now = nowMs();
    const kept = entries.get(digest);
    // A clock set back must not lengthen anybody's stay.
    if (kept && kept.sinceMs <= now && now < kept.untilMs) return kept.principal;
    entries.delete(digest);
    const principal = await check(bearer);
    if (!principal) return undefined;
    const untilMs = Math.min(expiryMs(bearer), now + CACHE_MAX_AGE_MS);
    keep(digest, { principal, sinceMs: now, untilMs });
    return principal;
  };
}

/** `exp` of a token that has been verified. Without one, the time it is kept until has long gone. */
function expiryMs(verified: string): number {
  try {
    return (decodeJwt(verified).exp ?? 0) * 1_000;
  } catch {
    return 0;
  }
}

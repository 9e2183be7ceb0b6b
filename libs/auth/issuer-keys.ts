import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

const FETCH_TIMEOUT_MS = 5_000;
/** One address is asked at most once in this time, so that a storm of bad tokens is no storm upon the issuer. */
const FETCH_PAUSE_MS = 5_000;

/** The keys are there, and none of them is the token's. */
const OF_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/** The issuer does not give its keys, or none that can be read: of a token nothing can be said, neither good nor bad. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  readonly retryAfterSeconds = FETCH_PAUSE_MS / 1_000;
}

export interface IssuerKeys {
  /** Rejects with IssuerUnavailable where the keys cannot be had, with an error of jose's where none of them fits. */
  readonly key: JWTVerifyGetKey;
  readonly ready: () => Promise<boolean>;
}

/**
 * The public keys of an issuer, fetched when first needed and again when they are old or a key is unknown. An issuer
 * out of reach fails the one call and is asked again later; it never stops the process.
 */
export function issuerKeys(options: {
  readonly issuer: string;
  readonly jwksUrl: string | undefined;
  readonly nowMs: () => number;
}): IssuerKeys {
  const getJson = patiently(options.nowMs);
  let found = options.jwksUrl === undefined ? undefined : new URL(options.jwksUrl);
  let finding: Promise<URL> | undefined;
  let keys: RemoteKeys | undefined;

  const keySet = async (): Promise<RemoteKeys> => {
    if (!found) {
      finding ??= discover(options.issuer, getJson).finally(() => (finding = undefined));
      found = await finding;
    }
    keys ??= createRemoteJWKSet(found, {
      timeoutDuration: FETCH_TIMEOUT_MS,
      [customFetch]: async (url) => Response.json(await getJson(url)),
    });
    return keys;
  };

  return {
    key: async (header, token) => {
      try {
        return await (
          await keySet()
        )(header, token);
      } catch (cause) {
        if (OF_THE_TOKEN.some((kind) => cause instanceof kind)) throw cause;
        throw new IssuerUnavailable(`the keys of ${options.issuer} cannot be had: ${String(cause)}`, { cause });
      }
    },
    ready: async () => {
      try {
        const set = await keySet();
        if (!set.fresh) await set.reload();
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The address of the keys, out of the issuer's discovery document (OpenID Connect Discovery 1.0 §4). */
async function discover(issuer: string, getJson: (url: string) => Promise<unknown>): Promise<URL> {
  const document = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { issuer: named, jwks_uri: address } = document as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) throw new Error('the discovery document is of another issuer');
  const url = new URL(String(address));
  if (url.protocol !== 'https:' && url.protocol !== new URL(issuer).protocol)
    throw new Error('the keys of an https issuer must come by https');
  return url;
}

/** GET as JSON, no redirects, at most one request per address and FETCH_PAUSE_MS. */
function patiently(nowMs: () => number): (url: string) => Promise<unknown> {
  const askedMs = new Map<string, number>();
  return async (url) => {
    const now = nowMs();
    const asked = askedMs.get(url) ?? -Infinity;
    // The first half: a clock set back must not silence us until it has caught up.
    if (asked <= now && now < asked + FETCH_PAUSE_MS) throw new Error('asked a moment ago');
    askedMs.set(url, now);
    const response = await fetch(url, {
      headers: { accept: 'application/json, application/jwk-set+json' },
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    });
    if (response.status !== 200) throw new Error('the issuer did not answer 200');
    return response.json();
  };
}

import type { History } from '@planledger/views';
import { allowInsecureRequests, clientCredentialsGrant, type Configuration, discovery } from 'openid-client';
import { askForEntries, type Audit, brokenOff } from './entries-http.js';
import type { AuditAccess } from './service-config.js';

const ANSWER_MS_MAX = 10_000;
const PAGE_ENTRIES = 500;

/**
 * The entries of a stream as audit tells them (`GET entries?stream=`, the stored bytes in base64), a page after the other.
 * Rejects with AuditUnavailable where audit does not answer to the end, or not with 200: the follower that asked tries again.
 */
export function historyOverHttp(audit: Audit): History {
  async function pageFrom(plan: string, stream: string, from: number): Promise<Page> {
    const query = { stream, from: String(from), limit: String(PAGE_ENTRIES) };
    const answer = await askForEntries(audit, plan, query, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return (await answer.json().catch(brokenOff)) as Page;
  }
  return async (plan, stream, fromVersion) => {
    const found: Uint8Array[] = [];
    for (let from: number | null = 1; from !== null;) {
      const page = await pageFrom(plan, stream, from);
      for (const { version, bytes } of page.entries)
        if (version >= fromVersion) found.push(Buffer.from(bytes, 'base64'));
      from = page.next;
    }
    return found;
  };
}

interface Page {
  readonly entries: readonly { readonly version: number; readonly bytes: string }[];
  readonly next: number | null;
}

/** A token is asked for anew this long before it ends, so that none ends on its way. */
const RENEW_BEFORE_MS = 30_000;

/**
 * The token under which a service asks another: by client credentials (RFC 6749 §4.4) at the identity provider, which
 * says role `service`. Kept until shortly before it ends; whoever asks while it is being renewed waits for the same one.
 * Over plain http only where the issuer itself is so named.
 */
export function serviceToken(
  issuer: string,
  { clientId, clientSecret }: Pick<AuditAccess, 'clientId' | 'clientSecret'>,
  nowMs: () => number = Date.now,
): () => Promise<string> {
  let known: Promise<string> | undefined;
  /** When the known one is to be renewed; while it is being asked for, whoever comes waits for it. */
  let until = Infinity;
  let provider: Promise<Configuration> | undefined;

  async function ask(): Promise<string> {
    const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
    provider ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute,
      timeout: ANSWER_MS_MAX / 1_000,
    });
    provider.catch(() => (provider = undefined));
    const { access_token: token, expires_in: seconds = 60 } = await clientCredentialsGrant(await provider);
    until = nowMs() + seconds * 1_000 - RENEW_BEFORE_MS;
    return token;
  }

  return () => {
    if (known && nowMs() < until) return known;
    until = Infinity;
    const asked = ask();
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  };
}

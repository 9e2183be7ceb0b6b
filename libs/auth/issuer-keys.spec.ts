import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { IssuerUnavailable } from './issuer-keys.js';
import { oidcTokens, type OidcTokens } from './token.js';

const START_MS = 1_800_000_000_000;
const DISCOVERY = '/.well-known/openid-configuration';
const paths = { unit: 'unit', role: 'role', sectors: 'sectors', counties: 'counties', plans: 'plans' };
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

let server: Server;
let origin: string;
let asked: string[];
let answers: Record<string, { status: number; body: unknown }>;
let clockMs: number;
let tokens: OidcTokens;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function token({ kid = 'k' } = {}): string {
  const seconds = START_MS / 1_000;
  const claims = { iss: origin, aud: 'planledger', sub: 'u-1', iat: seconds, exp: seconds + 3_600, unit: 'city-audit' };
  const input = `${encode({ alg: 'EdDSA', typ: 'at+jwt', kid })}.${encode({ ...claims, role: 'auditor', sectors: '*', counties: '*', plans: '*' })}`;
  return `${input}.${signWith(null, Buffer.from(input), privateKey).toString('base64url')}`;
}
const subject = async (): Promise<string | undefined> => (await tokens.check(token()))?.subject;

beforeEach(async () => {
  asked = [];
  clockMs = START_MS;
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status, body } = answers[request.url ?? ''] ?? { status: 404, body: {} };
    response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = {
    [DISCOVERY]: { status: 200, body: { issuer: origin, jwks_uri: `${origin}/keys` } },
    '/keys': { status: 200, body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] } },
  };
  tokens = oidcTokens({ issuer: origin, audience: 'planledger', claims: paths, nowMs: () => clockMs });
});
afterEach(() => new Promise<void>((closed) => server.close(() => closed())));

describe('the keys of an issuer', () => {
  test('are discovered when first needed, once for all who ask together', async () => {
    expect(asked).toEqual([]);
    expect(await Promise.all([subject(), subject(), subject()])).toEqual(['u-1', 'u-1', 'u-1']);
    expect(await subject()).toBe('u-1');
    expect(await tokens.ready()).toBe(true);
    expect(asked).toEqual([DISCOVERY, '/keys']);
  });

  test('are fetched by readiness, before anybody has come', async () => {
    expect(await tokens.ready()).toBe(true);
    expect(asked).toEqual([DISCOVERY, '/keys']);
  });

  test.each([
    ['discovery is down', DISCOVERY, 503, undefined],
    ['the keys are down', '/keys', 500, undefined],
    ['discovery is no JSON', DISCOVERY, 200, '<html>'],
    ['discovery redirects', DISCOVERY, 302, undefined],
    ['the keys redirect', '/keys', 302, undefined],
    ['discovery is of another issuer', DISCOVERY, 200, { issuer: 'https://issuer.example', jwks_uri: 'http://x/' }],
    ['discovery names no keys', DISCOVERY, 200, {}],
    ['the keys are no key set', '/keys', 200, { keys: 'none' }],
  ])('while %s: not ready, no token judged, and well again on its own', async (_, path, status, body) => {
    const good = answers[path];
    if (!good) throw new Error('unreachable: a path of the two above');
    // Where the answer is wrong in nothing but its status, or stands behind a redirect, it still is no answer.
    answers[path] = { status, body: body ?? good.body };
    answers['/elsewhere'] = good;
    await expect(subject()).rejects.toThrow(IssuerUnavailable);
    expect(await tokens.ready()).toBe(false);
    answers[path] = good;
    clockMs += 5_000;
    expect(await tokens.ready()).toBe(true);
    expect(await subject()).toBe('u-1');
  });

  test('at hand, they refuse a token of another key, and go on while the issuer is away', async () => {
    expect(await subject()).toBe('u-1');
    answers = {};
    const foreign = token({ kid: 'another' });
    expect(await tokens.check(foreign)).toBeUndefined();
    expect(await subject()).toBe('u-1');
  });

  test('of an issuer nobody answers for: no token is judged, and nothing breaks', async () => {
    await new Promise<void>((closed) => server.close(() => closed()));
    await expect(subject()).rejects.toThrow(IssuerUnavailable);
    expect(await tokens.ready()).toBe(false);
    server.listen(0, '127.0.0.1');
  });

  test('of an https issuer do not come by http', async () => {
    const issuer = 'https://issuer.example';
    const document = { issuer, jwks_uri: `${origin}/keys` };
    const fetching = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(document));
    tokens = oidcTokens({ issuer, audience: 'planledger', claims: paths, nowMs: () => clockMs });
    const ready = await tokens.ready();
    const addresses = fetching.mock.calls.map(([address]) => address);
    fetching.mockRestore();
    expect(ready).toBe(false);
    expect(addresses).toEqual([`${issuer}${DISCOVERY}`]);
  });

  test('are asked for at most every 5 seconds, however many tokens come, and whatever the clock does', async () => {
    answers[DISCOVERY] = { status: 503, body: {} };
    const refused = () => expect(subject()).rejects.toThrow(IssuerUnavailable);
    for (let i = 0; i < 20; i += 1) await refused();
    expect(asked).toHaveLength(1);
    clockMs += 4_999;
    await refused();
    expect(asked).toHaveLength(1);
    clockMs += 1;
    await refused();
    expect(asked).toHaveLength(2);
    clockMs -= 3_600_000;
    await refused();
    expect(asked).toHaveLength(3);
  });
});

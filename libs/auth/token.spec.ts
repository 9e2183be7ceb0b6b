import { createHmac, generateKeyPairSync, sign as signWith, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { TOKEN_MAX_BYTES } from './bearer.js';
import { DEMO_PEOPLE } from './demo-people.js';
import { BAD_TOKENS, forged, type Forge } from './forged-tokens.js';
import { demoTokens, oidcTokens, type OidcTokens } from './token.js';

const NOW_SECONDS = 1_800_000_000;
const nowMs = (): number => NOW_SECONDS * 1_000;
const person = { unit: '410212-education', role: 'clerk', sectors: ['education'], counties: ['410212'], plans: '*' };
const clerk = { subject: 'clerk-education-410212', ...person };
const claims = { sub: clerk.subject, aud: 'planledger', iat: NOW_SECONDS, exp: NOW_SECONDS + 300, ...person };

const DEMO_KEY = Buffer.alloc(32, 7);
const hmac = (hash: string) => (input: string) => createHmac(hash, DEMO_KEY).update(input).digest();
const demo = demoTokens({ people: DEMO_PEOPLE, nowMs, lifetimeSeconds: 300, random: () => DEMO_KEY });
const demoForge: Forge = {
  header: { alg: 'HS256', typ: 'at+jwt' },
  claims: { ...claims, iss: 'planledger-demo' },
  sign: hmac('sha256'),
  unlisted: { alg: 'HS512', sign: hmac('sha512') },
  publicText: 'planledger-demo',
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pss = { key: rsa.privateKey, padding: 6, saltLength: 32 };
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const jwk = (key: KeyObject, kid: string): object => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });
const keys = [jwk(rsa.publicKey, 'rsa'), jwk(ec.publicKey, 'ec'), jwk(ed.publicKey, 'ed')];
const bySha =
  (hash: string) =>
  (input: string): Buffer =>
    signWith(hash, Buffer.from(input), rsa.privateKey);

let server: Server;
let oidc: OidcTokens;
let oidcForge: Forge;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const paths = { unit: 'unit', role: 'role', sectors: 'sectors', counties: 'counties', plans: 'plans' };
  oidc = oidcTokens({ issuer: origin, audience: 'planledger', jwksUrl: `${origin}/keys`, claims: paths, nowMs });
  oidcForge = {
    header: { alg: 'RS256', typ: 'at+jwt', kid: 'rsa' },
    claims: { ...claims, iss: origin },
    sign: bySha('sha256'),
    unlisted: { alg: 'RS512', sign: bySha('sha512') },
    publicText: rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
});
afterAll(() => new Promise<void>((closed) => server.close(() => closed())));

const MAKERS = [
  { maker: 'the demo', check: (token: string) => demo.check(token), forge: () => demoForge },
  { maker: 'the identity provider', check: (token: string) => oidc.check(token), forge: () => oidcForge },
];

describe.each(MAKERS)('a token of $maker', ({ check, forge }) => {
  test('that is in order says who it is', async () => {
    expect(await check(forged(forge()))).toEqual(clerk);
  });

  test.each([
    ['typ written in full', { header: { typ: 'application/at+jwt' } }, {}],
    ['one audience of several', { claims: { aud: ['account', 'planledger'] } }, {}],
    ['a role in a list with strange ones', { claims: { role: ['offline_access', 'clerk'] } }, {}],
    ['a star in a list', { claims: { counties: ['*'] } }, { counties: '*' }],
    ['no county at all', { claims: { counties: [] } }, { counties: [] }],
    ['nbf now', { claims: { nbf: NOW_SECONDS } }, {}],
    ['a foreign key named but not used', { header: { jku: 'http://127.0.0.1:9/', jwk: { kty: 'oct', k: 'AA' } } }, {}],
  ])('may have %s', async (_, change, difference) => {
    expect(await check(forged(forge(), change))).toEqual({ ...clerk, ...difference });
  });

  test('may be as long as 8 KiB and no longer', async () => {
    const padded = (length: number): string => forged(forge(), { claims: { padding: 'x'.repeat(length) } });
    const room = TOKEN_MAX_BYTES - padded(0).length;
    let length = Math.floor((room * 3) / 4) - 4;
    while (padded(length + 1).length <= TOKEN_MAX_BYTES) length += 1;
    expect(padded(length).length).toBeGreaterThan(TOKEN_MAX_BYTES - 3);
    expect(await check(padded(length))).toEqual(clerk);
    expect(await check(padded(length + 1))).toBeUndefined();
  });

  test.each(Object.entries(BAD_TOKENS))('is refused: %s', async (_, make) => {
    expect(await check(make(forge()))).toBeUndefined();
  });

  test('is refused when it is no text', async () => {
    for (const strange of [undefined, null, 7, {}, [forged(forge())]])
      expect(await check(strange as string)).toBeUndefined();
  });

  test('is never written to a log, good or bad', async () => {
    const spies = [
      ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => jest.spyOn(console, level)),
      jest.spyOn(process.stdout, 'write'),
      jest.spyOn(process.stderr, 'write'),
    ];
    const tokens = [forged(forge()), ...Object.values(BAD_TOKENS).map((make) => make(forge()))];
    await Promise.all(tokens.map(check));
    const calls = spies.flatMap((spy) => spy.mock.calls);
    for (const spy of spies) spy.mockRestore();
    expect(calls).toEqual([]);
  });
});

test('the bad tokens are 40 kinds at least', () => {
  expect(Object.keys(BAD_TOKENS).length).toBeGreaterThanOrEqual(40);
});

describe('the demo signs people in', () => {
  test('each with what the list says of him', async () => {
    for (const { id, name: _, ...rest } of DEMO_PEOPLE)
      expect(await demo.check(await demo.issue(id))).toEqual({ subject: id, ...rest });
  });

  test('for the lifetime it was given, to the second', async () => {
    let seconds = NOW_SECONDS;
    const tokens = demoTokens({ people: DEMO_PEOPLE, nowMs: () => seconds * 1_000, lifetimeSeconds: 300 });
    const token = await tokens.issue('auditor');
    seconds += 299;
    expect((await tokens.check(token))?.role).toBe('auditor');
    seconds += 1;
    expect(await tokens.check(token)).toBeUndefined();
  });

  test('nobody it does not know, however well signed', async () => {
    await expect(demo.issue('mayor')).rejects.toThrow(RangeError);
    expect(await demo.check(forged(demoForge, { claims: { sub: 'mayor' } }))).toBeUndefined();
  });

  test('anew at every start: the key is made, not kept', async () => {
    const start = () => demoTokens({ people: DEMO_PEOPLE, nowMs, lifetimeSeconds: 300 });
    const [first, second] = [start(), start()];
    const token = await first.issue('auditor');
    expect(await first.check(token)).toBeDefined();
    expect(await second.check(token)).toBeUndefined();
  });
});

describe('the identity provider', () => {
  test.each([
    ['PS256', 'rsa', (input: string) => signWith('sha256', Buffer.from(input), pss)],
    [
      'ES256',
      'ec',
      (input: string) => signWith('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
    ],
    ['EdDSA', 'ed', (input: string) => signWith(null, Buffer.from(input), ed.privateKey)],
  ] as const)('may sign with %s', async (alg, kid, sign) => {
    const forge = { ...oidcForge, header: { ...oidcForge.header, alg, kid }, sign };
    expect(await oidc.check(forged(forge))).toEqual(clerk);
  });

  test('may be 5 seconds ahead of us or behind', async () => {
    const nbf = (ahead: number): string => forged(oidcForge, { claims: { nbf: NOW_SECONDS + ahead } });
    const exp = (ahead: number): string => forged(oidcForge, { claims: { exp: NOW_SECONDS + ahead } });
    expect(await oidc.check(nbf(5))).toEqual(clerk);
    expect(await oidc.check(nbf(6))).toBeUndefined();
    expect(await oidc.check(exp(-4))).toEqual(clerk);
    expect(await oidc.check(exp(-5))).toBeUndefined();
  });

  test('keeps claims where it likes', async () => {
    const issuer = String(oidcForge.claims['iss']);
    const paths = {
      unit: 'https://planledger.example/unit',
      role: 'realm_access.roles',
      sectors: 'scope.of.sectors',
      counties: 'scope.of.counties',
      plans: 'plans',
    };
    const nested = oidcTokens({ issuer, audience: 'planledger', jwksUrl: `${issuer}/keys`, claims: paths, nowMs });
    const { unit, role, sectors, counties, plans } = person;
    const moved = {
      ...{ unit: undefined, role: undefined, sectors: undefined, counties: undefined, plans },
      [paths.unit]: unit,
      realm_access: { roles: ['offline_access', role] },
      scope: { of: { sectors, counties } },
    };
    expect(await nested.check(forged(oidcForge, { claims: moved }))).toEqual(clerk);
    expect(await nested.check(forged(oidcForge))).toBeUndefined();
    expect(await nested.check(forged(oidcForge, { claims: { ...moved, scope: 'openid' } }))).toBeUndefined();
  });

  test('was asked for its keys once by each check, and no address out of a token ever', async () => {
    expect(await oidc.ready()).toBe(true);
    expect(asked).toEqual(['/keys', '/keys']);
  });
});

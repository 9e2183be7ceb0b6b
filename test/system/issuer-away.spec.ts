import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEmbedded } from '@planledger/host';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';

/** Discard (RFC 863): nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';
const claims = { unit: 'unit', role: 'role', sectors: 'sectors', counties: 'counties', plans: 'plans' };
/** Well-formed, of no issuer at all. */
const TOKEN = ['{"alg":"RS256","typ":"at+jwt","kid":"k"}', '{}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

let app: TestApp;

beforeAll(async () => {
  const oidc = { issuer: NOBODY, audience: 'planledger', client: 'dashboard', jwksUrl: undefined, claims };
  app = await startTestApp({
    services: SERVICES,
    open: (folder, clock) => openEmbedded(folder, oidc, clock),
    prepare: async (platform) => {
      expect(await loadInto(platform, DEMO_PLAN, shipped('kaifeng-145'), true)).toEqual([]);
      platform.plans.push(DEMO_PLAN);
    },
  });
});
afterAll(() => app.close());

const bearer = { authorization: `Bearer ${TOKEN}` };

test('while the identity provider is away nobody is signed out: 503 with Retry-After, and not ready', async () => {
  const { status, headers, body } = await app.get(undefined, `/api/plans/${DEMO_PLAN}/completion`, bearer);
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '5']);
  expect(await app.get(undefined, '/health/ready')).toMatchObject({
    status: 503,
    body: { status: 'no keys of the identity provider' },
  });
});

test('who shows no token, or nothing that looks like one, is told to sign in all the same', async () => {
  for (const headers of [undefined, { authorization: 'Bearer nonsense' }])
    expect((await app.get(undefined, `/api/plans/${DEMO_PLAN}/completion`, headers)).status).toBe(401);
});

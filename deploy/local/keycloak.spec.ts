import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEMO_PEOPLE, oidcTokens, TOKEN_AUDIENCE } from '@planledger/auth';
import { serviceToken } from '@planledger/host';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Keycloak, startKeycloak } from './index.js';

const START_MS_MAX = 330_000;
/** As the services read them when nothing else is set. */
const CLAIMS = {
  unit: 'planledger.unit',
  role: 'planledger.role',
  sectors: 'planledger.sectors',
  counties: 'planledger.counties',
  plans: 'planledger.plans',
};

let folder: string;
let keycloak: Keycloak;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planledger-keycloak-'));
  keycloak = await startKeycloak({ folder });
}, START_MS_MAX);
afterAll(async () => {
  await keycloak.stop();
  rmSync(folder, { recursive: true });
});

it('signs every demo person in with the rights they have without it', async () => {
  const { check } = oidcTokens({ issuer: keycloak.issuer, audience: TOKEN_AUDIENCE, claims: CLAIMS });
  for (const { id, unit, role, sectors, counties, plans } of DEMO_PEOPLE) {
    expect(await check(await keycloak.token(id))).toEqual({ subject: id, unit, role, sectors, counties, plans });
  }
});

it('signs services in as role service, each time with a token that reads every plan', async () => {
  const { check } = oidcTokens({ issuer: keycloak.issuer, audience: TOKEN_AUDIENCE, claims: CLAIMS });
  const principal = await check(await serviceToken(keycloak.issuer, keycloak.service)());
  expect(principal).toMatchObject({ role: 'service', unit: 'system', plans: '*', sectors: '*', counties: '*' });
  await expect(serviceToken(keycloak.issuer, { ...keycloak.service, clientSecret: 'guessed' })()).rejects.toThrow();
});

it('signs nobody else in', async () => {
  await expect(keycloak.token('mayor')).rejects.toThrow('mayor was not signed in');
});

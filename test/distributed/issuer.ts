import { DEMO_PEOPLE, TOKEN_AUDIENCE } from '@planledger/auth';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * An OpenID Connect provider in this process, as services see Keycloak: discovery, keys, and tokens for services by
 * client credentials. It starts at once, where Keycloak takes half a minute; deploy/local/keycloak.spec.ts holds the real one
 * to the same.
 */
export interface Issuer {
  readonly issuer: string;
  readonly service: { readonly clientId: string; readonly clientSecret: string };
  /** An access token of a demo person. */
  token(person: string): Promise<string>;
  close(): Promise<void>;
}

const HOURS = 12;

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'key', alg: 'ES256', use: 'sig' }] };
  const service = { clientId: 'planledger-services', clientSecret: randomBytes(16).toString('hex') };
  const people = new Map(DEMO_PEOPLE.map((person) => [person.id, person]));
  let issuer = '';

  const sign = (subject: string, claims: object): Promise<string> =>
    new SignJWT({ planledger: claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'key', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(`${HOURS}h`)
      .sign(privateKey);

  async function granted(request: IncomingMessage): Promise<object | undefined> {
    const asked = new URLSearchParams(await text(request));
    const basic = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
    const [id = asked.get('client_id'), secret = asked.get('client_secret')] = basic ? basic.split(':') : [];
    if (id !== service.clientId || secret !== service.clientSecret) return undefined;
    const claims = { unit: 'system', role: 'service', plans: '*', sectors: '*', counties: '*' };
    return { access_token: await sign(service.clientId, claims), token_type: 'Bearer', expires_in: HOURS * 3_600 };
  }

  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration')
      answer(200, { issuer, jwks_uri: `${issuer}/keys`, token_endpoint: `${issuer}/token` });
    else if (request.url === '/keys') answer(200, keys);
    else if (request.url === '/token')
      void granted(request).then((token) => answer(token ? 200 : 401, token ?? { error: 'invalid_client' }));
    else answer(404, {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    service,
    token(id) {
      const person = people.get(id);
      if (!person) throw new Error(`no demo person ${id}`);
      const { unit, role, sectors, counties, plans } = person;
      return sign(id, { unit, role, sectors, counties, plans });
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

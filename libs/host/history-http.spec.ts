import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { historyOverHttp, serviceToken } from './history-http.js';

/** What the server was asked, and what it answers next. */
let asked: { path: string; authorization: string | undefined }[];
let answer: (path: string) => { status: number; body: unknown };
let server: Server;
let url: string;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { url: path = '', headers } = request;
    asked.push({ path, authorization: headers.authorization });
    const { status, body } = answer(path);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(
  () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
);

const stored = (version: number) => ({ version, bytes: Buffer.from(`entry ${version}`).toString('base64') });

test('the entries of a stream come page after page, from the version asked for on', async () => {
  answer = (path) => ({
    status: 200,
    body: path.includes('from=1&') ? { entries: [1, 2].map(stored), next: 70 } : { entries: [stored(3)], next: null },
  });
  const history = historyOverHttp({ url, token: () => Promise.resolve('token') });
  const texts = (await history('kaifeng-145', 'project/a', 2)).map((bytes) => Buffer.from(bytes).toString());
  expect(texts).toEqual(['entry 2', 'entry 3']);
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/plans/kaifeng-145/entries?stream=project%2Fa&from=1&limit=500',
    '/api/plans/kaifeng-145/entries?stream=project%2Fa&from=70&limit=500',
  ]);
  expect(asked[0]?.authorization).toBe('Bearer token');
});

test('an answer other than 200 is no empty history', async () => {
  answer = () => ({ status: 503, body: {} });
  const history = historyOverHttp({ url, token: () => Promise.resolve('token') });
  await expect(history('kaifeng-145', 'project/a', 1)).rejects.toThrow(
    'audit answered 503 when asked for kaifeng-145/project/a',
  );
});

const discovery = () => ({ issuer: url, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys` });
const CLIENT = { clientId: 'planledger-services', clientSecret: 'open sesame' };

test('a token is asked for once, by all who need it at once, and anew shortly before it ends', async () => {
  let [issued, now] = [0, 0];
  answer = (path) =>
    path === '/token'
      ? { status: 200, body: { access_token: `token-${++issued}`, token_type: 'bearer', expires_in: 300 } }
      : { status: 200, body: discovery() };
  const token = serviceToken(url, CLIENT, () => now);
  expect(await Promise.all([token(), token(), token()])).toEqual(['token-1', 'token-1', 'token-1']);
  now = 269_000;
  expect(await token()).toBe('token-1');
  now = 270_000;
  expect(await token()).toBe('token-2');
  expect(asked.map(({ path }) => path)).toEqual(['/.well-known/openid-configuration', '/token', '/token']);
});

test('a provider that does not answer is asked again by whoever needs a token next', async () => {
  answer = () => ({ status: 503, body: {} });
  const token = serviceToken(url, CLIENT);
  await expect(token()).rejects.toThrow();
  answer = (path) =>
    path === '/token' ? { status: 401, body: { error: 'invalid_client' } } : { status: 200, body: discovery() };
  await expect(token()).rejects.toThrow();
  answer = (path) =>
    path === '/token'
      ? { status: 200, body: { access_token: 'at last', token_type: 'bearer', expires_in: 300 } }
      : { status: 200, body: discovery() };
  expect(await token()).toBe('at last');
});

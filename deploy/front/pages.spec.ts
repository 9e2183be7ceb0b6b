import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { claimPort } from '@planledger/local/ports';
import { SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ask } from './fixtures-services.js';
import { type Front, startFront } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'planledger-pages-'));
const pages = join(folder, 'built');
const PAGE = '<!doctype html><title>规划台账</title>';
let front: Front;

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), PAGE);
  writeFileSync(join(pages, 'assets/index-1a2b.js'), 'export {};');
  writeFileSync(join(pages, 'assets/index-1a2b.js.gz'), gzipSync('export {};'));
  const listen = `127.0.0.1:${await claimPort()}`;
  const upstreams = Object.fromEntries(Object.keys(SERVICES_BY_NAME).map((name) => [name, ['127.0.0.1:1']]));
  const issuer = 'https://sign-in.example/realms/x';
  front = await startFront({ folder: join(folder, 'front'), listen, upstreams, pages, issuer });
});
afterAll(async () => {
  await front.stop();
  rmSync(folder, { recursive: true });
});

it('serves the dashboard at every address that is one of its views', async () => {
  for (const path of ['/', '/sign-in', '/kaifeng-145/overview', '/kaifeng-145/projects/pths1z4vw4cst?on=2025-01-01']) {
    const { status, text, headers } = await ask(front.url, 'GET', path);
    expect({ path, status, text }).toEqual({ path, status: 200, text: PAGE });
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toMatch(
      /default-src 'self'.*connect-src 'self' https:\/\/sign-in\.example$/,
    );
  }
});

it('has browsers keep what its name changes with', async () => {
  const { status, headers } = await ask(front.url, 'GET', '/assets/index-1a2b.js');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript',
    'cache-control': expect.stringMatching(/immutable/),
  });
  expect((await ask(front.url, 'GET', '/assets/index-0000.js')).status).toBe(404);
});

it('sends what the build compressed as it is', async () => {
  const sent = await fetch(`${front.url}/assets/index-1a2b.js`, { headers: { 'accept-encoding': 'gzip' } });
  expect([sent.headers.get('content-encoding'), sent.headers.get('content-type')]).toEqual(['gzip', 'text/javascript']);
  expect(await sent.text()).toBe('export {};');
});

it('gives no page for an address of the surface that is none', async () => {
  for (const path of ['/api/nothing', '/api', '/metrics', '/health/ready', '/docs/nothing', '/nginx.conf/../api/x'])
    expect({ path, status: (await ask(front.url, 'GET', path)).status }).toEqual({ path, status: 404 });
  for (const path of ['/nginx.conf', '/front.log', '/run/nginx.pid'])
    expect({ path, text: (await ask(front.url, 'GET', path)).text }).toEqual({ path, text: PAGE });
});

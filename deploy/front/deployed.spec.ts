import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type OwnedProcess, startOwned } from '@planledger/local/owned-process';
import { claimPort } from '@planledger/local/ports';
import { SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { execFileSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, type TinyService, tinyService } from './fixtures-services.js';
import { writeFront } from './write.js';

// As in a container: written by the command, run by nobody in a folder that nobody may write to.

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const asNobody = (command: string, ...args: string[]): [string, string[]] =>
  isRoot
    ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', command, ...args]]
    : [command, args];
const GENERATE = new URL('generate.js', import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), 'planledger-deployed-'));
const site = join(folder, 'site');
const run = join(folder, 'run');
const log = join(folder, 'front.log');
let service: TinyService;
let url: string;
let nginx: OwnedProcess | undefined;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  mkdirSync(run);
  writeFileSync(log, '');
  if (isRoot) for (const own of [run, log]) chownSync(own, NOBODY, NOBODY);
  service = await tinyService('audit');
});
afterEach(async () => {
  await nginx?.stop();
  nginx = undefined;
  service.received.length = 0;
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

async function start(...options: string[]): Promise<void> {
  const listen = `127.0.0.1:${await claimPort()}`;
  execFileSync(process.execPath, [GENERATE, site, '--run', run, '--listen', listen, ...options]);
  const [command, args] = asNobody('nginx', '-e', 'stderr', '-p', site, '-c', 'nginx.conf');
  nginx = startOwned({ command, args, log });
  url = `http://${listen}`;
  await nginx.until(() =>
    ask(url, 'GET', '/health/live').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
}

describe('a front in a container', () => {
  it('writes to one folder only, as nobody', async () => {
    const everywhere = Object.keys(SERVICES_BY_NAME).flatMap((name) => ['--upstream', `${name}=${service.address}`]);
    await start(...everywhere);
    expect((await ask(url, 'GET', '/openapi.json')).status).toBe(200);
    expect((await ask(url, 'GET', '/docs')).status).toBe(200);
    const body = 'x'.repeat(200_000);
    expect((await ask(url, 'POST', '/api/plans/x/projects', {}, body)).text).toBe('audit');
    expect(service.received[0]?.body).toBe(body);
    const touched = execFileSync('find', [folder, '-user', String(NOBODY), '-printf', '%P\n'], { encoding: 'utf8' });
    if (isRoot) expect(touched.split('\n').filter((path) => !/^(run($|\/)|front\.log$|$)/.test(path))).toEqual([]);
    expect(() => execFileSync(...asNobody('touch', join(site, 'written')), { stdio: 'ignore' })).toThrow();
  });

  it('finds a service by a name that came after its start, where it is told whom to ask', async () => {
    const names = await nameServer();
    const port = service.address.split(':')[1];
    await start('--resolver', `127.0.0.1:${names.address().port}`, '--upstream', `audit=audit.ledger:${port}`);
    const entries = () => ask(url, 'GET', '/api/plans/x/entries?at=%2F');
    expect(await entries()).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    names.known.add('audit.ledger');
    expect(await entries()).toMatchObject({ status: 200, text: 'audit' });
    expect(service.received[0]?.url).toBe('/api/plans/x/entries?at=%2F');
    names.close();
  });
});

describe('the command', () => {
  it('says how it is used', () => {
    const used = () => execFileSync(process.execPath, [GENERATE], { stdio: 'pipe' });
    expect(used).toThrow(/one FOLDER must be given\nusage: /);
  });

  it('refuses services that are none, and addresses that are none', async () => {
    const refused = (upstreams: Record<string, string[]>, resolver?: string) =>
      expect(writeFront(site, { upstreams, resolver })).rejects;
    await refused({ intakes: ['a:1'] }).toThrow('no service is called intakes; there are intake, ');
    await refused({ intake: ['a:1', 'b'] }).toThrow('intake: an address is HOST:PORT, not b');
    await refused({ audit: ['a:1', 'b:1'] }, '127.0.0.11').toThrow('with a resolver a service has one name, not 2');
  });
});

/** Says that `known` names are this machine, and that there are no others. */
async function nameServer(): Promise<Socket & { known: Set<string> }> {
  const known = new Set<string>();
  const socket = createSocket('udp4', (query, { port }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const isKnown = known.has(labels.join('.'));
    const flags = isKnown ? [0x81, 0x80] : [0x81, 0x83];
    const head = Buffer.from([...query.subarray(0, 2), ...flags, 0, 1, 0, isKnown ? 1 : 0, 0, 0, 0, 0]);
    const answer = Buffer.from(isKnown ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1] : []);
    socket.send(Buffer.concat([head, query.subarray(12, at + 5), answer]), port, '127.0.0.1');
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return Object.assign(socket, { known });
}

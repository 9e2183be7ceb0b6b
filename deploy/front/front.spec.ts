import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp, languageOf, openEmbedded, surfaceProblem } from '@planledger/host';
import { claimPort } from '@planledger/local/ports';
import { SERVICES, SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentsAlone, joined, ownedRoutes, type OwnedRoute } from './documents.js';
import { ask, openExchange, type TinyService, tinyService } from './fixtures-services.js';
import { type Front, startFront } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'planledger-front-'));
const services = new Map<string, TinyService>();
let standIn: TinyService;
let secondReader: TinyService;
let front: Front;
let routes: readonly OwnedRoute[];
let document: object;
let standalone: { url: string; stop(): Promise<void> };

beforeAll(async () => {
  for (const name of Object.keys(SERVICES_BY_NAME)) services.set(name, await tinyService(name));
  standIn = await tinyService('intake');
  secondReader = await tinyService('aggregator');
  const upstreams = Object.fromEntries([...services].map(([name, { address }]) => [name, [address]]));
  upstreams['intake']?.push(standIn.address);
  upstreams['aggregator']?.push(secondReader.address);
  const listen = `127.0.0.1:${await claimPort()}`;
  front = await startFront({ folder: join(folder, 'front'), listen, upstreams });
  const documents = await documentsAlone();
  routes = ownedRoutes(documents);
  document = joined(documents);
  standalone = await startStandalone();
});
afterEach(() => {
  for (const service of everyService()) {
    service.behave();
    service.received.length = 0;
  }
});
afterAll(async () => {
  await front.stop();
  await standalone.stop();
  for (const service of everyService()) await service.close();
  rmSync(folder, { recursive: true });
});

async function startStandalone(): Promise<typeof standalone> {
  const platform = openEmbedded(join(folder, 'data'), undefined, () => 0);
  const app = await createApp(platform, SERVICES, { docs: false });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return { url, stop: () => app.close().then(() => platform.close()) };
}

const everyService = (): TinyService[] => [...services.values(), standIn, secondReader];
const serviceNamed = (name: string): TinyService => {
  const service = services.get(name);
  if (!service) throw new Error(`no ${name}`);
  return service;
};
const received = () => everyService().flatMap((service) => service.received);

/** What a parameter may hold once it is encoded, each mark of a path among it. */
const withParameters = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(`开封 ${name}/2?#%&;..`));
const QUERY = '?by=%E5%8E%BF%E5%8C%BA%20x&after=a%40b%2Bc/d&empty=';
const BODY = '{"name":"第一小学“新建”","n":1}\n';
const HEADERS = {
  authorization: 'Bearer some.token',
  'accept-language': 'en, zh;q=0.5',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};
const OF_A_WRITE = { 'idempotency-key': 'command-0001', 'if-match': '"7"' };

describe('a request', () => {
  it('reaches the owner of its route and nobody else, as it was sent', async () => {
    expect(routes.length).toBeGreaterThan(100);
    for (const { method, path, owner, streamed } of routes) {
      const at = `${withParameters(path)}${QUERY}`;
      const write = { ...OF_A_WRITE, 'content-type': streamed ? 'application/x-ndjson' : 'application/json' };
      const headers = { ...HEADERS, ...(method === 'POST' ? write : {}), host: 'ledger.example' };
      const body = method === 'POST' ? BODY : '';
      const answer = await ask(front.url, method, at, headers, body);
      expect({ at, status: answer.status, owner: answer.text }).toEqual({ at, status: 200, owner });
      expect(received()).toEqual([{ method, url: at, headers: expect.objectContaining(headers), body }]);
      for (const service of everyService()) service.received.length = 0;
    }
  });

  it('goes where the standalone server would answer it, or nowhere', async () => {
    const paths = [
      ...[
        '/api/plans/x/completion',
        '/api/plans/x',
        '/api/plans/x?',
        '/api/plans/x/projects/%E5%AD%A6',
        '/nothing',
        '/',
      ],
      ...[
        '/api/plans//completion',
        '/api/plans/x/completion/',
        '/api/plans/x//completion',
        '/api/plans/',
        '/api/plans',
      ],
      ...['/api/plans/a%2Fb/completion', '/api/plans/a%2fb/commands', '/api/plans/%25/gaps', '/api/plans/x/Completion'],
      ...['/api/plans/x%3Fy/due', '/api/plans/x/completion%3Fby', '/api/plans/x/completion;a', '/api/plans/x/live?a/b'],
      ...[
        '//api/plans/x/gaps',
        '/api/plans/../gaps',
        '/api/plans/x/../x/gaps',
        '/api/plans/x/gaps?c=/../../y',
        '/metricsx',
      ],
      ...['/api/plans/x/sectors/health/projects', '/api/plans/x/sectors/%E5%AD%A6/projects', '/api/plans/x/commands'],
    ];
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      for (const path of paths) {
        const theirs = await ask(standalone.url, method, path);
        const ours = await ask(front.url, method, path);
        const at = `${method} ${path}`;
        expect({ at, found: ours.status !== 404 }).toEqual({ at, found: theirs.status !== 404 });
        expect({ at, reached: received().length }).toEqual({ at, reached: theirs.status === 404 ? 0 : 1 });
        if (theirs.status === 404) {
          expect(ours.text).toEqual(theirs.text);
          expect(ours.headers['content-type']).toEqual(theirs.headers['content-type']);
        }
        for (const service of everyService()) service.received.length = 0;
      }
    }
  });

  it('is given an id that its answer names too, whatever it brought along', async () => {
    const { headers } = await ask(front.url, 'GET', '/api/plans/x/gaps', { 'x-request-id': 'forged' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(received()[0]?.headers['x-request-id']).toBe(headers['x-request-id']);
    expect(readFileSync(join(folder, 'front/front.log'), 'utf8')).toContain(String(headers['x-request-id']));
  });

  it('to what each service answers for itself goes nowhere', async () => {
    for (const path of ['/metrics', '/health/ready', '/api/demo/people']) {
      expect((await ask(front.url, 'GET', path)).status).toBe(404);
    }
    expect(received()).toEqual([]);
  });

  it('is refused in the language that it asks for', async () => {
    for (const language of ['zh', 'en', 'EN-gb;q=0.8', ' en', 'fr, en', 'english', 'zh, en', '']) {
      const { text } = await ask(front.url, 'GET', '/nothing', { 'accept-language': language });
      expect(JSON.parse(text)).toEqual(surfaceProblem('NOT_FOUND', languageOf(language)));
    }
  });
});

describe('a body', () => {
  const write = { ...OF_A_WRITE, 'content-type': 'application/json' };
  const ofBytes = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));

  it('is as long as the standalone server takes it, and one byte more is refused in the same words', async () => {
    const path = '/api/plans/x/projects';
    expect((await ask(front.url, 'POST', path, write, ofBytes(262_144))).status).toBe(200);
    expect(received()[0]?.body).toHaveLength(262_144);
    const ours = await ask(front.url, 'POST', path, write, ofBytes(262_145));
    const theirs = await ask(standalone.url, 'POST', path, write, ofBytes(262_145));
    expect(ours).toMatchObject({ status: 413, text: theirs.text });
    expect(ours.headers['content-type']).toBe(theirs.headers['content-type']);
    expect(received()).toHaveLength(1);
  });

  it('of lines may be longer', async () => {
    const lines = { 'content-type': 'application/x-ndjson' };
    expect((await ask(front.url, 'POST', '/api/plans/x/commands', lines, ofBytes(1_000_000))).status).toBe(200);
    expect(received()[0]?.body).toHaveLength(1_000_000);
  });
});

describe('a stream', () => {
  it('of events comes one by one', async () => {
    let write = (_event: string): unknown => undefined;
    for (const reader of [serviceNamed('aggregator'), secondReader]) {
      reader.behave((_, reply) => {
        reply.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        write = (event) => reply.write(event);
      });
    }
    const events = openExchange(front.url, 'GET', '/api/plans/x/live');
    events.end();
    await events.begun();
    // None is written before the last one has come through: a front that gathers them never goes on.
    for (const event of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
      write(event);
      expect(await events.next()).toBe(event);
    }
    events.close();
  });

  it('of lines goes there and comes back while it is being sent', async () => {
    serviceNamed('intake').behave((incoming, reply) => {
      reply.writeHead(200, { 'content-type': 'application/x-ndjson' });
      incoming.on('data', (line: Buffer) => reply.write(`answer to ${line.toString()}`));
      incoming.on('end', () => reply.end());
    });
    const headers = { 'content-type': 'application/x-ndjson' };
    const lines = openExchange(front.url, 'POST', '/api/plans/x/commands', headers);
    for (const line of ['1\n', '2\n', '3\n']) {
      lines.send(line);
      expect(await lines.next()).toBe(`answer to ${line}`);
    }
    lines.end();
    expect(await lines.next()).toBe('');
    lines.close();
  });
});

describe('where a service', () => {
  it('is down, a problem says so and when to come again; the others go on, and it is reached once it is back', async () => {
    const path = '/api/plans/x/entries';
    await serviceNamed('audit').close();
    for (const language of ['zh', 'en'] as const) {
      const { status, headers, text } = await ask(front.url, 'GET', path, { 'accept-language': language });
      expect(status).toBe(503);
      expect(JSON.parse(text)).toEqual(surfaceProblem('SERVICE_UNAVAILABLE', language));
      expect(headers).toMatchObject({
        'retry-after': '5',
        'content-type': 'application/problem+json; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
    }
    expect((await ask(front.url, 'GET', '/api/plans/x/gaps')).text).toBe('aggregator');
    await serviceNamed('audit').open();
    expect((await ask(front.url, 'GET', path)).text).toBe('audit');
  });

  it('refuses for itself, its words come through', async () => {
    serviceNamed('audit').behave((_, reply) => reply.writeHead(503, { 'retry-after': '1' }).end('its own words'));
    const answer = await ask(front.url, 'GET', '/api/plans/x/entries');
    expect(answer).toMatchObject({ status: 503, text: 'its own words', headers: { 'retry-after': '1' } });
  });

  it('drops a write after it has come, the write is sent to nobody again; the next one goes to who stands by', async () => {
    const write = () => ask(front.url, 'POST', '/api/plans/x/projects', OF_A_WRITE, BODY);
    for (const _ of [1, 2, 3]) expect((await write()).status).toBe(200);
    expect(standIn.received).toEqual([]);
    // Over a connection that was used before, the case in which a proxy is tempted most.
    for (const service of [serviceNamed('intake'), standIn]) service.behave((incoming) => incoming.socket.destroy());
    const { status, text } = await write();
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(received()).toHaveLength(4);
    standIn.behave();
    expect((await write()).status).toBe(200);
    expect(standIn.received).toHaveLength(1);
  });

  it('drops a read, another instance is asked', async () => {
    const readers = [serviceNamed('aggregator'), secondReader];
    readers[0]?.behave((incoming) => incoming.socket.destroy());
    // They take turns: of two, one begins with the instance that drops it.
    for (const _ of readers) expect((await ask(front.url, 'GET', '/api/plans/x/gaps')).status).toBe(200);
    expect(readers[0]?.received).toHaveLength(1);
    expect(readers[1]?.received).toHaveLength(2);
  });
});

describe('the front itself', () => {
  it('serves the joined document', async () => {
    const answer = await ask(front.url, 'GET', '/openapi.json');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.text)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('serves the page of the documentation with all that it loads, from itself', async () => {
    const page = await ask(front.url, 'GET', '/docs');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const loaded = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(loaded).toHaveLength(3);
    for (const path of loaded) {
      const { status, headers } = await ask(front.url, 'GET', path);
      expect({ path, status, type: headers['content-type'] }).toEqual({
        path,
        status: 200,
        type: path.endsWith('.css') ? 'text/css' : 'text/javascript',
      });
    }
    for (const path of ['/nginx.conf', '/front.log', '/docs/../nginx.conf', '/run/nginx.pid'])
      expect((await ask(front.url, 'GET', path)).status).toBe(404);
  });

  it('is alive', async () => {
    expect((await ask(front.url, 'GET', '/health/live')).text).toBe('{"status":"live"}');
  });
});

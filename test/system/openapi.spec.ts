import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApp, openEmbedded } from '@planledger/host';
import { SERVICES } from '@planledger/standalone-service/services';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Content {
  readonly content?: Record<string, { schema?: object; examples?: Record<string, { value: unknown }> }>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema?: object }[];
  readonly requestBody?: Content & { required?: boolean };
  readonly responses: Record<string, Content & { description?: string }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string; description: string };
  readonly security: readonly Record<string, unknown>[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

/** The document does not describe itself. */
const UNDESCRIBED = /^\/openapi\.json$/;
const OPEN = ['live-health', 'ready', 'demoPeople', 'demoToken', 'signIn'];

const folder = mkdtempSync(join(tmpdir(), 'planledger-openapi-'));
const platform = openEmbedded(folder, undefined, () => 0);
let app: Awaited<ReturnType<typeof createApp>>;
let document: Document;
let operations: { at: string; path: string; method: string; operation: Operation }[] = [];

beforeAll(async () => {
  app = await createApp(platform, SERVICES, { docs: false });
  await app.listen(0, '127.0.0.1');
  document = (await (await fetch(`${await app.getUrl()}/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      at: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    })),
  );
});
afterAll(async () => {
  await app.close();
  await platform.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the HTTP server routes, read off its own tree: `GET /api/plans/{plan}`. */
function servedRoutes(): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^((?:│ {3}| {4})*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    parents.length = depth;
    parents.push(part);
    const path = parents.join('').replaceAll(/:(\w+)/g, '{$1}');
    // A GET answers HEAD as well.
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${path}`]));
  });
}

/** Every value in the document, with where it stands. */
function* everything(value: unknown, at = '#'): Generator<[string, unknown]> {
  yield [at, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* everything(inner, `${at}/${key}`);
}

describe('/openapi.json', () => {
  test('describes exactly the routes that are served', () => {
    const served = servedRoutes().filter((route) => !UNDESCRIBED.test(route.split(' ')[1] ?? ''));
    expect(served.length).toBeGreaterThan(45);
    expect(operations.map(({ at }) => at).sort()).toEqual(served.sort());
  });

  test('is a valid document: versions, ids, parameters, bodies and answers', () => {
    const wrong: string[] = [];
    expect(document.openapi).toMatch(/^3\.[01]\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const ids = operations.map(({ operation }) => operation.operationId ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const { at, path, method, operation } of operations) {
      const { operationId, summary, parameters, requestBody, responses } = operation;
      if (!operationId || !summary) wrong.push(`${at}: no id or summary`);
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      if (
        inPath
          .map(({ name }) => name)
          .sort()
          .join() !== named.sort().join()
      )
        wrong.push(`${at}: path parameters`);
      if (inPath.some(({ required }) => required !== true)) wrong.push(`${at}: an optional path parameter`);
      if (parameters.some(({ schema }) => typeof schema !== 'object')) wrong.push(`${at}: a parameter without schema`);
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      if (new Set(keys).size < keys.length) wrong.push(`${at}: a parameter twice`);
      if (method === 'get' && requestBody) wrong.push(`${at}: a GET with a body`);
      for (const [status, { description }] of Object.entries(responses)) {
        if (!/^[1-5]\d\d$/.test(status) || !description) wrong.push(`${at}: answer ${status}`);
      }
      const contents = [requestBody, ...Object.values(responses)].flatMap((one) => Object.entries(one?.content ?? {}));
      for (const [media, { schema }] of contents) {
        if (!media.includes('/') || typeof schema !== 'object') wrong.push(`${at}: ${media} without schema`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('refers to nothing that is not there', () => {
    const references = [...everything(document)].filter(([at]) => at.endsWith('/$ref')).map(([, target]) => target);
    expect(references.length).toBeGreaterThan(100);
    const resolves = (reference: unknown): boolean => {
      const steps = String(reference).slice(2).split('/');
      return (
        steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], document) !==
        undefined
      );
    };
    expect(references.filter((reference) => !String(reference).startsWith('#/') || !resolves(reference))).toEqual([]);
    const schemes = document.security.flatMap((requirement) => Object.keys(requirement));
    expect(schemes.filter((scheme) => !(scheme in document.components.securitySchemes))).toEqual([]);
  });

  test('says of each route how it succeeds, and how it may refuse', () => {
    const wrong: string[] = [];
    const asks = ({ responses }: Operation, ...codes: string[]): string[] =>
      codes.filter((code) => !(code in responses));
    for (const { at, method, path, operation } of operations) {
      const open = OPEN.includes(operation.operationId ?? '');
      if (!Object.keys(operation.responses).some((status) => status.startsWith('2'))) wrong.push(`${at}: no success`);
      const signedIn = (operation.security ?? document.security).length > 0;
      if (signedIn === open) wrong.push(`${at}: ${open ? 'asks for a token' : 'asks for none'}`);
      // A retry writes nothing into the ledger.
      const write = method === 'post' && path.startsWith('/api/plans/') && !path.endsWith('/retry');
      const codes = [
        ...(open ? [] : ['401', '403']),
        ...(path.includes('{plan}') ? ['400', '404'] : []),
        ...(write ? ['200', '201', '409', '412', '413', '415', '422', '503'] : []),
      ];
      for (const code of asks(operation, ...codes)) wrong.push(`${at}: says nothing of ${code}`);
      if (!write || operation.operationId === 'commands') continue;
      const headers = operation.parameters.filter((parameter) => parameter.in === 'header');
      const key = headers.find(({ name }) => name === 'Idempotency-Key');
      if (!key?.required || !headers.some(({ name }) => name === 'If-Match')) wrong.push(`${at}: headers`);
      if (!operation.requestBody?.required) wrong.push(`${at}: an optional body`);
      if (!operation.requestBody?.content?.['application/json']?.examples) wrong.push(`${at}: no example`);
    }
    expect(wrong).toEqual([]);
  });

  test('lists every code of a problem', async () => {
    const answer = await fetch(`${await app.getUrl()}/api/plans/kaifeng-145/completion`);
    const { code } = (await answer.json()) as { code: string };
    expect(document.info.description).toContain(`\`${code}\` (${answer.status})`);
    expect(document.info.description).toContain('`CODE_TAKEN` (409)');
    expect(document.info.description).toContain('`OTHER_UNIT` (403)');
  });
});

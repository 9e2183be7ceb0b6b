import { createApp, openApiDocument, openEmbedded, type ServiceModule } from '@planledger/host';
import { SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

export type Document = ReturnType<typeof openApiDocument>;
type PathItem = Document['paths'][string];

export const METHODS = ['get', 'post'] as const;
/** The only operational route that the front has too; what else lies outside /api is asked of each service itself. */
const LIVE = '/health/live';

/** Tokens of an identity provider, which is asked for nothing here: the routes of demo people exist without one only. */
const OIDC = {
  issuer: 'https://issuer.invalid',
  audience: 'planledger',
  client: 'planledger-dashboard',
  jwksUrl: undefined,
  claims: { unit: 'unit', role: 'role', sectors: 'sectors', counties: 'counties', plans: 'plans' },
};

/** The OpenAPI document of a process that runs these services, as it would serve it with OIDC_ISSUER set. */
export async function documentOf(services: readonly ServiceModule[]): Promise<Document> {
  const folder = mkdtempSync(join(tmpdir(), 'planledger-document-'));
  const platform = openEmbedded(folder, OIDC, () => 0);
  try {
    const app = await createApp(platform, services, { docs: false });
    const document = openApiDocument(app);
    await app.close();
    return document;
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

let made: Promise<ReadonlyMap<string, Document>> | undefined;

/** The documents of all services, each running alone, by name. They are made once: nothing but the code decides them. */
export const documentsAlone = (): Promise<ReadonlyMap<string, Document>> => (made ??= makeDocuments());

async function makeDocuments(): Promise<ReadonlyMap<string, Document>> {
  const documents = new Map<string, Document>();
  for (const [name, service] of Object.entries(SERVICES_BY_NAME)) documents.set(name, await documentOf([service]));
  return documents;
}

/** A route and the one service that answers it. */
export interface OwnedRoute {
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it: `/api/plans/{plan}`. */
  readonly path: string;
  readonly owner: string;
  /** The body is read line by line while it comes; it has no size to be held to. */
  readonly streamed: boolean;
}

/** Who owns which route of /api; throws where two do, or where there is a method that the front does not know. */
export function ownedRoutes(documents: ReadonlyMap<string, Document>): readonly OwnedRoute[] {
  const routes = new Map<string, OwnedRoute>();
  for (const [owner, { paths }] of documents) {
    for (const [path, item] of ofTheApi(paths)) {
      const unknown = Object.keys(item).filter((method) => !METHODS.some((known) => known === method));
      if (unknown.length > 0) throw new Error(`${owner}: ${path} has ${unknown.join(' and ')}, unknown to the front`);
      for (const method of METHODS) {
        const operation = item[method];
        if (!operation) continue;
        const key = `${method} ${path}`;
        const other = routes.get(key)?.owner;
        if (other !== undefined) throw new Error(`${key} is owned by ${other} and by ${owner}`);
        const body = operation.requestBody;
        const streamed = body !== undefined && 'content' in body && 'application/x-ndjson' in body.content;
        routes.set(key, { method: method === 'get' ? 'GET' : 'POST', path, owner, streamed });
      }
    }
  }
  return [...routes.values()];
}

/** One document of all their routes; throws where they differ in anything but those, which would have no one truth. */
export function joined(documents: ReadonlyMap<string, Document>): Document {
  const [first] = documents.values();
  if (!first) throw new Error('no service');
  const schemas: NonNullable<NonNullable<Document['components']>['schemas']> = {};
  const paths: Record<string, PathItem> = { ...Object.fromEntries(Object.entries(first.paths).filter(isLive)) };
  for (const [owner, document] of documents) {
    const { components, paths: theirs, ...about } = document;
    const { components: ofFirst, paths: _, ...aboutFirst } = first;
    if (!isDeepStrictEqual(about, aboutFirst)) throw new Error(`${owner} tells of the whole system otherwise`);
    if (!isDeepStrictEqual(components?.securitySchemes, ofFirst?.securitySchemes))
      throw new Error(`${owner} signs people in otherwise`);
    for (const [name, schema] of Object.entries(components?.schemas ?? {})) {
      if (schemas[name] && !isDeepStrictEqual(schemas[name], schema))
        throw new Error(`${owner} has another schema ${name}`);
      schemas[name] = schema;
    }
    for (const [path, item] of ofTheApi(theirs)) paths[path] = { ...paths[path], ...item };
  }
  return { ...first, paths, components: { ...first.components, schemas } };
}

const isLive = ([path]: readonly [string, PathItem]): boolean => path === LIVE;

const ofTheApi = (paths: Document['paths']): [string, PathItem][] =>
  Object.entries(paths).filter(([path]) => path.startsWith('/api/'));

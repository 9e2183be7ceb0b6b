import { beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES, SERVICES_BY_NAME } from '@planledger/standalone-service/services';
import {
  type Document,
  documentOf,
  documentsAlone,
  joined,
  METHODS,
  ownedRoutes,
  type OwnedRoute,
} from './documents.js';
import { nginxConf } from './nginx.js';

let alone: ReadonlyMap<string, Document>;
let standalone: Document;
beforeAll(async () => {
  alone = await documentsAlone();
  standalone = await documentOf(SERVICES);
});

const operationsOf = ({ paths }: Document): [string, unknown][] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, unknown][] => (item[method] ? [[`${method} ${path}`, item[method]]] : [])),
  );
const ofTheApi = ([at]: readonly [string, unknown]): boolean => at.includes(' /api/');

/** The documents, one of them changed. */
const changed = (name: string, change: (document: Document) => void): ReadonlyMap<string, Document> => {
  const copy = JSON.parse(JSON.stringify(alone.get(name))) as Document;
  change(copy);
  return new Map([...alone, [name, copy]]);
};

describe('the document of the front', () => {
  it('is that of all services in one process, operation by operation', () => {
    const ours = operationsOf(joined(alone)).filter(ofTheApi);
    const theirs = operationsOf(standalone).filter(ofTheApi);
    expect(theirs.length).toBeGreaterThan(100);
    expect(ours.map(([at]) => at).sort()).toEqual(theirs.map(([at]) => at).sort());
    const known = new Map(ours);
    for (const [at, operation] of theirs) expect({ at, operation: known.get(at) }).toEqual({ at, operation });
  });

  it('has the same shapes, problems and sign-in', () => {
    const { paths: _, ...about } = joined(alone);
    const { paths: __, ...theirs } = standalone;
    expect(about).toEqual(theirs);
  });

  it('has of the operational routes the one that the front answers itself, and no demo people', () => {
    const others = operationsOf(joined(alone)).filter((operation) => !ofTheApi(operation));
    expect(others.map(([at]) => at)).toEqual(['get /health/live']);
    expect(Object.keys(joined(alone).paths).filter((path) => path.startsWith('/api/demo'))).toEqual([]);
  });

  it('is not made where a schema, the description or the sign-in has two versions', () => {
    const schema = changed('audit', ({ components }) => Object.assign(components?.schemas ?? {}, { Problem: {} }));
    expect(() => joined(schema)).toThrow('audit has another schema Problem');
    expect(() => joined(changed('audit', ({ info }) => (info.version = '2')))).toThrow('audit tells of the whole');
    const signIn = changed('health', ({ components }) => delete components?.securitySchemes);
    expect(() => joined(signIn)).toThrow('health signs people in otherwise');
  });
});

describe('the routes of the front', () => {
  it('have one owner each', () => {
    const routes = ownedRoutes(alone);
    expect(routes).toHaveLength(operationsOf(standalone).filter(ofTheApi).length);
    expect(new Set(routes.map(({ owner }) => owner))).toEqual(new Set(Object.keys(SERVICES_BY_NAME)));
    const two = changed('audit', ({ paths }) => (paths['/api/plans/{plan}/gaps'] = { get: { responses: {} } }));
    expect(() => ownedRoutes(two)).toThrow('get /api/plans/{plan}/gaps is owned by aggregator and by audit');
  });

  it('are not made of a method that the front would not pass on', () => {
    const strange = changed('audit', ({ paths }) => (paths['/api/plans/{plan}/x'] = { put: { responses: {} } }));
    expect(() => ownedRoutes(strange)).toThrow('audit: /api/plans/{plan}/x has put');
  });

  it('that fit one request are tried from the fixed one to the one with a parameter', () => {
    const route = (path: string, owner: string): OwnedRoute => ({ method: 'GET', path, owner, streamed: false });
    const routes = [route('/api/{a}/b', 'loose'), route('/api/x/{b}', 'tighter'), route('/api/x/b', 'tight')];
    const conf = nginxConf(routes, { listen: '1', run: '/tmp', upstreams: {} });
    expect([...conf.matchAll(/"~\^\(GET.*" (\w+);/g)].map(([, owner]) => owner)).toEqual(['tight', 'tighter', 'loose']);
    const odd = [route('/api/{from}-{to}', 'odd')];
    expect(() => nginxConf(odd, { listen: '1', run: '/tmp', upstreams: {} })).toThrow('how to match {from}-{to}');
  });
});

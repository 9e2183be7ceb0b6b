import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Principal, type Role, ROLE_NAMES } from '@planledger/auth';
import { Authorise } from '@planledger/host';
import { caseIdFor, COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';
import { type Place, PLACES, SEES, TABLE } from './who-may.js';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
const ID = projectIdFor(DEMO_PLAN, 'scopes-register');
const [SUPERVISION, FINDING] = ['scopes-supervise', 'scopes-find'].map((key) => caseIdFor(DEMO_PLAN, key));
/** Names the month of the project's unit, whoever asks. */
const MONTH = { unit: '410212-education', sector: 'education' };

let app: TestApp;
const TOO_EARLY = 'allowed, but refused for its date';

interface Route {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly operationId: string;
  readonly example: object;
}
let routes: Route[] = [];
const positions = { claim: 0, report: 0, answer: 0, exemption: 0, rebaseline: 0, correction: 0 };

function person(role: Role, place: Place, sector: string, plans: Principal['plans'] = '*'): Principal {
  const own = { plans, sectors: [sector], counties: ['410212'], unit: `410212-${sector}`, role };
  const other = sector === 'health' ? 'housing' : 'health';
  const moved: Record<Place, Partial<Principal>> = {
    'own unit': {},
    'sibling unit': { unit: `410212-${sector}-2` },
    'other county': { counties: ['410221'], unit: `410221-${sector}` },
    'other sector': { sectors: [other], unit: `410212-${other}` },
  };
  return { subject: `${role}-${place}`.replaceAll(' ', '-'), ...own, ...moved[place] };
}

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  // Tokens of people who do not exist, to stand in every place; the demo people sign in as before.
  const { checkToken } = app.platform;
  const forged = (token: string): Principal => JSON.parse(Buffer.from(token.slice(7), 'base64url').toString());
  const check = (token: string) => (token.startsWith('forged.') ? Promise.resolve(forged(token)) : checkToken(token));
  Object.assign(app.platform, { checkToken: check });

  const { paths } = (await app.document()) as { paths: Record<string, Record<string, Operation>> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = methods[method];
      const example = Object.values(operation?.requestBody?.content ?? {})[0]?.examples?.['demo']?.value ?? {};
      return operation ? [{ path, method, operationId: operation.operationId, example }] : [];
    }),
  );

  const send = async (name: string, path = '', change = {}, who = CLERK, key?: string): Promise<number> => {
    const row = COMMANDS.find((one) => one.name === name);
    const at = path || (row?.path ?? '').replace('{id}', ID).replace('{period}', '2025-09');
    const answer = await app.post(who, `${PLAN}/${at}`, { ...row?.example, ...change }, key);
    expect({ name, status: answer.status, problem: answer.body.detail }).toMatchObject({ name, status: 201 });
    return answer.body.entries[0].position;
  };
  await send('openPeriod', '', {}, 'commission');
  await send('registerProject', '', { codes: [] }, CLERK, 'scopes-register');
  await send('linkProject');
  await send('setMilestonePlan');
  positions.claim = await send('claimMilestone', `projects/${ID}/milestones/start/claim`);
  const siting = await send('claimMilestone', `projects/${ID}/milestones/siting/claim`);
  positions.answer = await send('verifyMilestone', `projects/${ID}/milestones/siting/verify`, {}, 'verifier-education');
  await send('claimMilestone', `projects/${ID}/milestones/acceptance/claim`, { occurredOn: '2025-07-15' });
  positions.report = await send('reportProgress');
  positions.exemption = await send('exemptMilestone', `projects/${ID}/milestones/land/exempt`);
  positions.rebaseline = await send('requestRebaseline');
  await send('deliverOutput');
  await send('issueSupervision', '', { about: `project/${ID}` }, 'commission', 'scopes-supervise');
  await send('raiseFinding', '', { about: `project/${ID}` }, 'auditor', 'scopes-find');
  // September closed, a retraction of what was posted in it waits for a second person.
  await send('submitReport');
  for (const who of ['approver-education-410212', 'county-commission-410212', 'verifier-education']) {
    await send('approveReport', '', {}, who);
  }
  await send('closePeriod', '', {}, 'commission');
  const retraction = { occurredOn: '2024-07-04', why: 'reported-twice', reason: '与上一条重复填报，予以撤回。' };
  positions.correction = await send('retractEntry', `entries/${siting}/retract`, retraction);
});
afterAll(() => app.close());

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { content: Record<string, { examples?: Record<string, { value: object }> }> };
}

async function ask(route: Route, who: Principal, change: object = {}, plan = DEMO_PLAN, position = positions.claim) {
  const at = /progress\/\{position\}/.test(route.path) ? positions.report : position;
  const id = /cases/.test(route.path) ? SUPERVISION : /findings/.test(route.path) ? FINDING : ID;
  const path = route.path
    .replace('{plan}', plan)
    .replace('{id}', id ?? '')
    .replace('{period}', route.operationId === 'openPeriod' ? '2025-08' : '2025-09')
    .replace('{code}', route.path.includes('indicators') ? 'I13' : 'start')
    .replace('{unit}', 'school-9')
    .replace('{doubt}', 'district-cdc')
    .replace('{element}', 'central-funds')
    .replace('{position}', String(at));
  const stop = new AbortController();
  const response = await fetch(`${app.url}${path}`, {
    method: route.method.toUpperCase(),
    signal: stop.signal,
    headers: {
      authorization: `Bearer forged.${Buffer.from(JSON.stringify(who)).toString('base64url')}`,
      'idempotency-key': `scopes-${route.operationId}-${who.subject}`,
      ...(route.method === 'post' ? { 'content-type': mediaOf(route) } : {}),
    },
    ...(route.method === 'post' ? { body: JSON.stringify({ ...route.example, ...change }) } : {}),
  });
  const text = response.headers.get('content-type')?.includes('event-stream') ? '' : await response.text();
  stop.abort();
  const code = text.startsWith('{') ? (JSON.parse(text.split('\n')[0] ?? '') as { code?: string }).code : undefined;
  return { status: response.status, code, text };
}
function positionFor(name: string): number {
  if (name.endsWith('answer')) return positions.answer;
  if (name.endsWith('re-baselining')) return positions.rebaseline;
  if (name.endsWith('late correction')) return positions.correction;
  return name.endsWith('Request') ? positions.exemption : positions.claim;
}
const mediaOf = ({ operationId }: Route): string =>
  operationId === 'commands' ? 'application/x-ndjson' : 'application/json';

describe('who may do what, and to which object', () => {
  test('has a row for every route that writes or shows one project', () => {
    const aboutObjects = routes.filter(
      ({ path, method, operationId }) =>
        (method === 'post' && path.startsWith('/api/plans/') && operationId !== 'commands') ||
        path.endsWith('projects/{id}'),
    );
    // The sectors' detail routes are one handler, and so are their retries.
    const ids = aboutObjects.map(({ operationId }) =>
      operationId.replace(/^.*-(project|retryParked)$/, 'education-$1'),
    );
    expect(ids.filter((id) => !(id in TABLE))).toEqual([]);
  });

  test.each(Object.entries(TABLE))('%s', async (name, who) => {
    const operationId = name.split(' ')[0] ?? '';
    const route = routes.find((one) => one.operationId === operationId);
    if (!route) throw new Error(`no route ${operationId}`);
    const sector = operationId === 'observeIndicator' ? 'health' : 'education';
    // Allowed, a write gets as far as its date, which is in the future: refused by rule, so nothing is written.
    const future = operationId === 'observeIndicator' ? { period: '2098', county: '410212' } : {};
    const opens = operationId === 'registerProject' || operationId === 'carryInProject';
    const registered = opens ? { unit: '410212-education' } : {};
    const month = route.path.includes('{period}') ? MONTH : {};
    const about = /(cases|findings)$/.test(route.path) ? { about: `project/${ID}` } : {};
    const dated = sector === 'health' ? {} : { occurredOn: '2098-12-31' };
    const retries = operationId.endsWith('-retryParked');
    const change = retries ? { stream: `project/${ID}` } : { ...dated, ...future, ...registered, ...month, ...about };
    const position = positionFor(name);
    const { position: before } = await app.platform.ledger.head(DEMO_PLAN);
    const expected: string[] = [];
    const answered: string[] = [];
    for (const role of Object.keys(ROLE_NAMES) as Role[]) {
      for (const place of PLACES) {
        const { status, code } = await ask(route, person(role, place, sector), change, DEMO_PLAN, position);
        const allowed = who[role]?.includes(place) ?? false;
        // Nothing is parked: the stream's standing is published again, and the ledger stays as it is.
        const yes = route.method === 'get' || retries ? '200' : TOO_EARLY;
        expected.push(`${role}, ${place}: ${allowed ? yes : '403'}`);
        answered.push(
          `${role}, ${place}: ${code === 'FUTURE_DATE' || code === 'PERIOD_NOT_OVER' ? TOO_EARLY : status}`,
        );
      }
    }
    expect(answered).toEqual(expected);
    expect((await app.platform.ledger.head(DEMO_PLAN)).position).toBe(before);
  });

  test('a sector’s list shows each only the projects that he may see', async () => {
    await app.caughtUp(DEMO_PLAN);
    const list = routes.find(({ operationId }) => operationId === 'education-projects');
    if (!list) throw new Error('no list');
    for (const [role, places] of Object.entries(SEES) as [Role, readonly Place[]][]) {
      for (const place of PLACES) {
        const { status, text } = await ask(list, person(role, place, 'education'));
        expect([role, place, status, text.includes(ID)]).toEqual([role, place, 200, places.includes(place)]);
      }
    }
  });
});

test('a service of the system may read entries, and of everything else not even that it is there', async () => {
  const { position } = await app.platform.ledger.head(DEMO_PLAN);
  const allowed: string[] = [];
  for (const route of routes.filter(({ path }) => path.includes('{plan}'))) {
    const { status } = await ask(route, { ...person('service', 'own unit', 'education'), sectors: '*', counties: '*' });
    if (status !== 403) allowed.push(route.operationId);
  }
  expect(allowed.sort()).toEqual(['entries', 'entry']);
  expect((await app.platform.ledger.head(DEMO_PLAN)).position).toBe(position);
});

describe('a plan that is not one’s own', () => {
  test('answers every route and role exactly as one that is not there', async () => {
    const inPlans = routes.filter(({ path }) => path.includes('{plan}'));
    expect(inPlans.length).toBeGreaterThan(40);
    const different: string[] = [];
    for (const route of inPlans) {
      for (const role of Object.keys(ROLE_NAMES) as Role[]) {
        const who = person(role, 'own unit', 'education', ['another-plan']);
        const [closed, missing] = [await ask(route, who), await ask(route, who, {}, 'no-such-plan')];
        if (closed.status !== 404 || closed.text !== missing.text) different.push(`${route.operationId}, ${role}`);
      }
    }
    expect(different).toEqual([]);
  });
});

test('a handler that says neither Needs nor Open is refused to everybody', async () => {
  type Guard = ConstructorParameters<typeof Authorise>;
  const nothing = { get: () => undefined } as unknown as Guard[0];
  const guard = new Authorise(nothing, app.platform);
  const authorization = `Bearer ${await app.token('commission')}`;
  const http = { getRequest: () => ({ headers: { authorization }, params: {} }) };
  const context = { getHandler: () => () => undefined, switchToHttp: () => http };
  await expect(guard.canActivate(context as unknown as Parameters<Authorise['canActivate']>[0])).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

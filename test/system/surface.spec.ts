import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '@planledger/auth';
import { COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
/** Services sign in at an identity provider alone; what they may stands in who-may-do-what.spec.ts. */
type Person = Exclude<Role, 'service'>;
const PEOPLE: Readonly<Record<Person, string>> = {
  clerk: CLERK,
  approver: 'approver-education-410212',
  verifier: 'verifier-education',
  'county-commission': 'county-commission-410212',
  commission: 'commission',
  auditor: 'auditor',
  operator: 'operator',
};
const READERS: Role[] = ['clerk', 'approver', 'verifier', 'county-commission', 'commission', 'auditor'];

/** Who may use which route at all, written out: not computed from the policy that it checks. */
const ALLOWED: Readonly<Record<string, readonly Role[] | 'everybody'>> = {
  registerProject: ['clerk'],
  linkProject: ['clerk', 'commission'],
  setMilestonePlan: ['clerk'],
  claimMilestone: ['clerk'],
  verifyMilestone: ['verifier', 'commission'],
  rejectMilestone: ['verifier', 'commission'],
  reportProgress: ['clerk'],
  verifyProgress: ['verifier', 'commission'],
  rejectProgress: ['verifier', 'commission'],
  deliverOutput: ['clerk'],
  stateOutputFacts: ['clerk'],
  verifyOutput: ['verifier', 'commission'],
  rejectOutput: ['verifier', 'commission'],
  revokeOutput: ['verifier'],
  suspendProject: ['clerk'],
  resumeProject: ['clerk'],
  cancelProject: ['commission'],
  moveProjectOut: ['commission'],
  requestElement: ['clerk'],
  allocateElement: ['commission'],
  useElement: ['clerk'],
  releaseElement: ['clerk'],
  requestRebaseline: ['clerk'],
  exemptMilestone: ['clerk'],
  // Which of the two, the request decides; see the examples below.
  approveRequest: ['verifier', 'commission'],
  rejectRequest: ['verifier', 'commission'],
  observeIndicator: ['verifier'],
  bindCode: ['clerk'],
  enterReserve: ['clerk'],
  leaveReserve: ['clerk'],
  carryInProject: ['clerk'],
  planUnitMilestone: ['clerk'],
  flagOffPlan: ['county-commission', 'commission'],
  admitOffPlan: ['commission'],
  splitProject: ['commission'],
  mergeProject: ['commission'],
  issuePlan: ['commission'],
  adjustPlan: ['commission'],
  closePlan: ['commission'],
  decomposeTarget: ['commission'],
  approveWeights: ['commission'],
  approveThresholds: ['commission'],
  adoptRules: ['commission'],
  adoptRoster: ['commission'],
  adoptChecklist: ['commission'],
  settleDoubt: ['commission'],
  approveEvaluation: ['commission'],
  publishReport: ['commission'],
  correctEntry: ['clerk', 'verifier', 'commission'],
  retractEntry: ['clerk', 'verifier', 'commission'],
  openPeriod: ['commission'],
  submitReport: ['clerk'],
  returnReport: ['approver', 'county-commission', 'verifier'],
  approveReport: ['approver', 'county-commission', 'verifier'],
  closePeriod: ['verifier', 'commission'],
  issueSupervision: ['county-commission', 'commission'],
  escalateCase: ['county-commission', 'commission'],
  closeCase: ['county-commission', 'commission'],
  raiseFinding: ['auditor'],
  rectifyFinding: ['clerk', 'verifier'],
  commands: READERS,
  project: READERS,
  plan: READERS,
  completion: READERS,
  gaps: READERS,
  indicators: READERS,
  lamps: READERS,
  elements: READERS,
  lampHistory: READERS,
  projects: READERS,
  due: READERS,
  periods: READERS,
  cases: READERS,
  requests: READERS,
  reports: READERS,
  explain: READERS,
  live: READERS,
  entries: ['commission', 'auditor'],
  entry: ['commission', 'auditor'],
  replayProject: ['commission', 'auditor'],
  replayCompletion: ['commission', 'auditor'],
  replayGaps: ['commission', 'auditor'],
  replayElements: ['commission', 'auditor'],
  replayIndicators: ['commission', 'auditor'],
  replayLamps: ['commission', 'auditor'],
  replayLampHistory: ['commission', 'auditor'],
  evaluation: ['commission', 'auditor'],
  diff: ['commission', 'auditor'],
  replayExplain: ['commission', 'auditor'],
  parked: ['operator'],
  metrics: ['operator'],
  'live-health': 'everybody',
  ready: 'everybody',
  demoPeople: 'everybody',
  demoToken: 'everybody',
  signIn: 'everybody',
  me: [...READERS, 'operator'],
  sectors: READERS,
};

interface Route {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly operation: { operationId: string; responses: Record<string, unknown> };
}

let app: TestApp;
let routes: Route[] = [];
const ID = projectIdFor(DEMO_PLAN, 'surface-nobody');

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  const { paths } = (await app.document()) as { paths: Record<string, Record<'get' | 'post', Route['operation']>> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) =>
      methods[method] ? [{ path, method, operation: methods[method] }] : [],
    ),
  );
});
afterAll(() => app.close());

const allowedOn = ({ operation: { operationId }, path }: Route): readonly Role[] | 'everybody' | undefined =>
  path.includes('/sectors/') ? READERS : path.endsWith('/retry') ? ALLOWED['parked'] : ALLOWED[operationId];

const filled = (path: string): string =>
  path
    .replace('{plan}', DEMO_PLAN)
    .replace('{id}', ID)
    .replace('{code}', path.includes('indicators') ? 'I05' : 'start')
    .replace('{unit}', 'school-9')
    .replace('{element}', 'central-funds')
    .replace('{doubt}', 'district-cdc')
    .replace('{period}', '2025-09')
    .replace('{position}', '600');

async function ask(route: Route, person: string | undefined): Promise<number> {
  const url = `${app.url}${filled(route.path)}`;
  const headers: Record<string, string> = { 'idempotency-key': `surface-${route.operation.operationId}` };
  if (person !== undefined) headers['authorization'] = `Bearer ${await app.token(person)}`;
  if (route.operation.operationId === 'commands') headers['content-type'] = 'application/x-ndjson';
  else if (route.method === 'post') headers['content-type'] = 'application/json';
  const stop = new AbortController();
  const body = route.method === 'post' ? { body: route.operation.operationId === 'commands' ? '' : '{}' } : {};
  const response = await fetch(url, { method: route.method.toUpperCase(), headers, signal: stop.signal, ...body });
  stop.abort();
  return response.status;
}

describe('every route', () => {
  test('has an operation id, its problems, and a row that says who may use it', () => {
    expect(routes.length).toBeGreaterThan(45);
    expect(routes.filter((route) => allowedOn(route) === undefined).map(({ path }) => path)).toEqual([]);
    for (const route of routes) {
      const { responses } = route.operation;
      expect(Object.keys(responses)).toContain(
        route.operation.operationId === 'commands' || route.method === 'get'
          ? '200'
          : Object.keys(responses).includes('201')
            ? '201'
            : '200',
      );
      if (allowedOn(route) !== 'everybody')
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403']));
    }
    for (const row of COMMANDS) expect(routes.map(({ operation }) => operation.operationId)).toContain(row.name);
  });

  test('answers each role as the table says, and nobody without a token', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const allowed = allowedOn(route) ?? [];
      const { operationId } = route.operation;
      if (allowed === 'everybody') {
        if ([401, 403].includes(await ask(route, undefined))) wrong.push(`${operationId} refuses`);
        continue;
      }
      if ((await ask(route, undefined)) !== 401) wrong.push(`${operationId} without a token`);
      for (const [role, person] of Object.entries(PEOPLE) as [Person, string][]) {
        const status = await ask(route, person);
        const refused = status === 403;
        // A clerk of education may not read other sectors' projects: that is the object's matter, tested below.
        if (route.path.includes('/sectors/') && !route.path.includes('/education/') && allowed.includes(role)) continue;
        if (refused === allowed.includes(role)) wrong.push(`${operationId} answers ${role} with ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the object decides', () => {
  const example = COMMANDS.find(({ name }) => name === 'registerProject')?.example ?? {};
  test.each([
    ['another county', { county: '410221' }, 'OTHER_COUNTY'],
    ['another sector', { sector: 'health', template: 'building' }, 'OTHER_SECTOR'],
    ['another unit', { unit: '410212-health' }, 'OTHER_UNIT'],
  ])('a clerk cannot write for %s', async (_name, change, code) => {
    const answer = await app.post(CLERK, `${PLAN}/projects`, { ...example, codes: [], ...change });
    expect([answer.status, answer.body.code]).toEqual([403, code]);
  });

  test('who claims cannot verify, nor anybody of his unit', async () => {
    const city = { ...example, codes: [], county: '410200', name: '市直小学新建项目' };
    const answer = await app.post('clerk-education-city', `${PLAN}/projects`, city, 'surface-city-1');
    const id = projectIdFor(DEMO_PLAN, 'surface-city-1');
    expect(answer.status).toBe(201);
    for (const name of ['linkProject', 'setMilestonePlan']) {
      const row = COMMANDS.find((one) => one.name === name);
      await app.post('clerk-education-city', `${PLAN}/${row?.path.replace('{id}', id) ?? ''}`, row?.example);
    }
    await app.post('clerk-education-city', `${PLAN}/projects/${id}/milestones/siting/claim`, {
      occurredOn: '2024-04-01',
    });
    const own = await app.post('verifier-education', `${PLAN}/projects/${id}/milestones/siting/verify`, {
      occurredOn: '2024-04-02',
    });
    expect([own.status, own.body.code]).toEqual([403, 'OWN_CLAIM_UNIT']);
    const other = await app.post('commission', `${PLAN}/projects/${id}/milestones/siting/verify`, {
      occurredOn: '2024-04-02',
    });
    expect(other.status).toBe(201);
  });
});

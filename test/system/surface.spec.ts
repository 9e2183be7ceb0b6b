import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '@planledger/auth';
import { caseIdFor, COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
const PEOPLE: Readonly<Record<Role, string>> = {
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
  observeIndicator: ['verifier'],
  correctEntry: ['clerk', 'verifier', 'commission'],
  retractEntry: ['clerk', 'verifier', 'commission'],
  approveRequest: ['verifier', 'commission'],
  rejectRequest: ['verifier', 'commission'],
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
  periods: READERS,
  cases: READERS,
  reports: READERS,
  explain: READERS,
  live: READERS,
  entries: ['commission', 'auditor'],
  entry: ['commission', 'auditor'],
  replayProject: ['commission', 'auditor'],
  replayCompletion: ['commission', 'auditor'],
  replayGaps: ['commission', 'auditor'],
  replayExplain: ['commission', 'auditor'],
  metrics: ['operator'],
  'live-health': 'everybody',
  ready: 'everybody',
  demoPeople: 'everybody',
  demoToken: 'everybody',
};

interface Route {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly operation: {
    operationId: string;
    responses: Record<string, unknown>;
    requestBody?: { content: Record<string, { schema?: object; examples?: Record<string, { value: object }> }> };
  };
}

let app: TestApp;
let routes: Route[] = [];
let document: Record<string, unknown>;
const ID = projectIdFor(DEMO_PLAN, 'surface-register');

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  document = await app.document();
  const paths = document['paths'] as Record<string, Record<'get' | 'post', Route['operation']>>;
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) =>
      methods[method] ? [{ path, method, operation: methods[method] }] : [],
    ),
  );
});
afterAll(() => app.close());

const allowedOn = ({ operation: { operationId }, path }: Route): readonly Role[] | 'everybody' | undefined =>
  path.includes('/sectors/') ? READERS : ALLOWED[operationId];

const filled = (path: string, plan = DEMO_PLAN): string =>
  path
    .replace('{plan}', plan)
    .replace('{id}', ID)
    .replace('{code}', path.includes('indicators') ? 'I05' : 'start')
    .replace('{unit}', 'school-9')
    .replace('{period}', '2025-09')
    .replace('{position}', '600');

async function ask(route: Route, person: string | undefined, plan = DEMO_PLAN): Promise<number> {
  const url = `${app.url}${filled(route.path, plan)}`;
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
      for (const [role, person] of Object.entries(PEOPLE) as [Role, string][]) {
        const status = await ask(route, person);
        const refused = status === 403;
        // A clerk of education may not read other sectors' projects: that is the object's matter, tested below.
        if (route.path.includes('/sectors/') && !route.path.includes('/education/') && allowed.includes(role)) continue;
        if (refused === allowed.includes(role)) wrong.push(`${operationId} answers ${role} with ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('says nothing of another plan', async () => {
    const inPlans = routes.filter(({ path }) => path.includes('{plan}'));
    for (const route of inPlans) expect(await ask(route, 'commission', 'no-such-plan')).toBe(404);
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

describe('the examples of the document', () => {
  test('are accepted, each at its route, in the order in which work goes', async () => {
    const order = [
      ['registerProject', CLERK],
      ['linkProject', CLERK],
      ['setMilestonePlan', CLERK],
      ['claimMilestone', CLERK],
      ['rejectMilestone', 'verifier-education'],
      ['claimMilestone', CLERK],
      ['correctEntry', CLERK],
      ['verifyMilestone', 'verifier-education'],
      ['reportProgress', CLERK],
      ['verifyProgress', 'verifier-education'],
      ['reportProgress', CLERK],
      ['rejectProgress', 'verifier-education'],
      ['suspendProject', CLERK],
      ['resumeProject', CLERK],
      ['claimMilestone acceptance', CLERK],
      ['deliverOutput', CLERK],
      ['rejectOutput', 'verifier-education'],
      ['deliverOutput', CLERK],
      ['stateOutputFacts', CLERK],
      ['verifyOutput', 'verifier-education'],
      ['revokeOutput', 'verifier-education'],
      ['reportProgress', CLERK],
      ['retractEntry', CLERK],
      ['observeIndicator', 'verifier-health'],
      ['cancelProject', 'commission'],
      ['issueSupervision', 'commission'],
      ['escalateCase', 'commission'],
      ['closeCase', 'commission'],
      ['raiseFinding', 'auditor'],
      ['rectifyFinding', CLERK],
      ['openPeriod', 'commission'],
      ['registerProject second', CLERK],
      ['linkProject', CLERK],
      ['submitReport', CLERK],
      ['returnReport', 'approver-education-410212'],
      ['submitReport', CLERK],
      ['approveReport', 'approver-education-410212'],
      ['approveReport', 'county-commission-410212'],
      ['approveReport', 'verifier-education'],
      ['closePeriod', 'commission'],
      // The link was posted in the month that is closed now.
      ['retractEntry link', CLERK],
      ['rejectRequest', 'verifier-education'],
      ['retractEntry link', CLERK],
      ['approveRequest', 'verifier-education'],
    ] as const;
    let [last, link, id, opened] = [0, 0, ID, ''];
    const sent = new Set<string>();
    for (const [index, [step, person]] of order.entries()) {
      const [operationId = '', code = 'start'] = step.split(' ');
      const route = routes.find(({ operation }) => operation.operationId === operationId);
      const value = Object.values(route?.operation.requestBody?.content ?? {})[0]?.examples?.['demo']?.value ?? {};
      const changed = code === 'acceptance' ? { occurredOn: '2025-07-15' } : code === 'second' ? { codes: [] } : {};
      const key = step === 'registerProject' ? 'surface-register' : `surface-example-${index}`;
      if (code === 'second') id = projectIdFor(DEMO_PLAN, key);
      if (/^(cases|findings)$/.test((route?.path ?? '').split('/').at(-1) ?? '')) opened = caseIdFor(DEMO_PLAN, key);
      const at = (route?.path ?? '')
        .replace('{plan}', DEMO_PLAN)
        .replace('{id}', /(cases|findings)\/\{id\}/.test(route?.path ?? '') ? opened : id)
        .replace('{unit}', 'school-9')
        .replace('{period}', '2025-09')
        .replace('{position}', String(code === 'link' ? link : last))
        .replace('{code}', operationId === 'observeIndicator' ? 'I13' : code);
      const answer = await app.post(person, at, { ...value, ...changed }, key);
      expect({ step, status: answer.status, problem: answer.body.detail }).toEqual({
        step,
        status: 201,
        problem: undefined,
      });
      last = answer.body.entries[0].position;
      if (operationId === 'linkProject') link = last;
      sent.add(operationId);
    }
    const other = { ...(COMMANDS[0]?.example ?? {}), codes: [], name: '祥符区第十小学新建项目' };
    await app.post(CLERK, `${PLAN}/projects`, other, 'surface-register-2');
    const moved = projectIdFor(DEMO_PLAN, 'surface-register-2');
    const moveOut = COMMANDS.find(({ name }) => name === 'moveProjectOut');
    expect((await app.post('commission', `${PLAN}/projects/${moved}/move-out`, moveOut?.example)).status).toBe(201);
    sent.add('moveProjectOut');
    const documented = routes.filter(
      ({ operation }) => Object.values(operation.requestBody?.content ?? {})[0]?.examples,
    );
    const unsent = documented
      .map(({ operation }) => operation.operationId)
      .filter((id) => !sent.has(id) && id !== 'demoToken');
    expect(unsent).toEqual([]);
  });

  test('refer to schemas that exist, closed against unknown fields', () => {
    const schemas = (document['components'] as { schemas: Record<string, { additionalProperties?: boolean }> }).schemas;
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name ?? '',
    );
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
    for (const { body } of COMMANDS) expect(schemas[body.name]?.additionalProperties).toBe(false);
  });
});

describe('a write', () => {
  const body = { ...(COMMANDS[0]?.example ?? {}), codes: [], name: '三次提交的项目' };

  test('sent three times at once is one entry and three equal receipts', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => app.post(CLERK, `${PLAN}/projects`, body, 'surface-thrice')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const other = await app.post(CLERK, `${PLAN}/projects`, { ...body, name: '另一内容' }, 'surface-thrice');
    expect([other.status, other.body.code]).toEqual([422, 'ID_REUSED']);
  });

  test('of fifty racing registrations under one approval code wins once', async () => {
    const raced = { ...body, codes: [{ kind: 'approval', value: '汴发改审〔2024〕7号' }] };
    const answers = await Promise.all(Array.from({ length: 50 }, () => app.post(CLERK, `${PLAN}/projects`, raced)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'CODE_TAKEN')).toHaveLength(49);
  });

  test('by two hundred at once on one stream leaves no gap in its versions', async () => {
    const id = projectIdFor(DEMO_PLAN, 'surface-thrice');
    for (const name of ['linkProject', 'setMilestonePlan']) {
      const row = COMMANDS.find((one) => one.name === name);
      await app.post(CLERK, `${PLAN}/${row?.path.replace('{id}', id) ?? ''}`, row?.example);
    }
    const report = COMMANDS.find(({ name }) => name === 'reportProgress')?.example;
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => app.post(CLERK, `${PLAN}/projects/${id}/progress`, report)),
    );
    const versions = answers.map((answer) => Number(answer.body.entries[0].version)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 200 }, (_, index) => index + 4));
    const stale = await app.post(CLERK, `${PLAN}/projects/${id}/progress`, report, 'surface-stale', {
      'if-match': '"3"',
    });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION']);
  });

  test('of a wrong shape is told every violation; a refusal speaks the reader’s language', async () => {
    const bad = await app.post(CLERK, `${PLAN}/projects`, { occurredOn: 'yesterday', extra: 1 });
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['occurredOn', 'extra', 'name', 'sector']),
    );
    const surrogate = await app.post(CLERK, `${PLAN}/projects`, '{"name":"\\ud800"}');
    expect(surrogate.body.errors[0].problem).toBe('must be well-formed Unicode');
    const id = projectIdFor(DEMO_PLAN, 'surface-thrice');
    const path = `${PLAN}/projects/${id}/milestones/foundation/claim`;
    const zh = await app.post(CLERK, path, { occurredOn: '2024-09-30' });
    const en = await app.post(CLERK, path, { occurredOn: '2024-09-30' }, undefined, { 'accept-language': 'en' });
    expect([zh.status, zh.body.code]).toEqual([422, 'MILESTONE_FOLLOWS_QUANTITY']);
    expect(zh.body.detail).toMatch(/请填报进度/);
    expect(en.body.detail).toMatch(/report progress/);
  });

  test('as NDJSON is answered line by line, in order, bad lines harming nobody', async () => {
    const line = (commandId: string, change: object): string =>
      JSON.stringify({ command: 'registerProject', commandId, body: { ...body, ...change } });
    const lines = [
      line('ndjson-line-1', {}),
      'not json',
      line('ndjson-line-2', { sector: 'health' }),
      line('ndjson-line-3', {}),
    ];
    const answer = await app.post(CLERK, `${PLAN}/commands`, lines.join('\n'), undefined, {
      'content-type': 'application/x-ndjson',
    });
    const answers = String(answer.body)
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { commandId: string | null; status: number });
    expect(answers.map(({ commandId, status }) => [commandId, status])).toEqual([
      ['ndjson-line-1', 201],
      [null, 400],
      ['ndjson-line-2', 403],
      ['ndjson-line-3', 201],
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMANDS } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';
import { begins, claims, SCHOOLS } from '../scenarios/deeds.js';
import { httpTown } from '../scenarios/http-town.js';
import { approve, at, closes, monthOf, opens, reports } from '../scenarios/month-deeds.js';
import { does, type Town } from '../scenarios/town.js';

const PLAN = 'kaifeng-145-demo';
let app: TestApp;
let town: Town;
/** A correction of September that waits for approval. */
let request = 0;

beforeAll(async () => {
  app = await startTestApp({
    services: SERVICES,
    clock: () => Date.parse('2025-10-31T09:00:00+08:00'),
    prepare: async (platform) => {
      expect(await loadInto(platform, PLAN, shipped('kaifeng-145'), true)).toEqual([]);
      platform.plans.push(PLAN);
    },
  });
  town = httpTown(app, PLAN);
  const september = monthOf(town, 'education');
  await opens(september);
  const built = await begins(town, SCHOOLS);
  const { siting } = await claims(built, { siting: '2025-09-12' });
  await reports(september);
  await approve(september);
  await closes(september);
  const retraction = { occurredOn: '2025-09-12', why: 'reported-twice', reason: '与上一条重复填报，予以撤回。' };
  request = await does(town, built.clerk, `entries/${siting ?? 0}/retract`, retraction);
  for (const month of ['2025-06', '2025-07', '2025-08']) await opens(monthOf(town, 'health', month));
  for (const title of ['一', '二', '三']) {
    const body = { occurredOn: '2025-10-20', title: `督办${title}`, toUnit: '410212-health', due: '2025-11-10' };
    await does(town, 'commission', 'cases', body);
  }
  await town.caughtUp();
});
afterAll(() => app.close());

const get = async (path: string) => {
  const { status, body } = await town.read('clerk-health-410212', path);
  return { status, body };
};

describe.each([
  ['periods', 'periods', 'stream', 4],
  ['cases', 'cases', 'id', 3],
] as const)('the %s', (path, list, key, count) => {
  test('come page by page, each once, and are seen by who reads the plan', async () => {
    const found: string[] = [];
    for (let cursor = '', more = true; more;) {
      const { status, body } = await get(`${path}?limit=2&cursor=${encodeURIComponent(cursor)}`);
      expect(status).toBe(200);
      found.push(...body[list].map((row: Record<string, string>) => row[key]));
      more = body.next !== null;
      cursor = body.next ?? '';
    }
    expect(found).toHaveLength(count);
    expect(found).toEqual([...new Set(found)].sort());
  });

  test.each(['status=lost', 'limit=0', 'limit=501', 'after=period/x@1', 'after=plans@3'])(
    'asked with %s: 400',
    async (query) => {
      const { status, body } = await get(`${path}?${query}`);
      expect([status, body.code]).toEqual([400, 'QUERY_MALFORMED']);
    },
  );
});

test('the periods are those of the month, unit, sector and status that are asked for', async () => {
  const months = async (query: string) =>
    (await get(`periods?${query}`)).body.periods.map(({ month }: { month: string }) => month);
  expect(await months('sector=health')).toEqual(['2025-06', '2025-07', '2025-08']);
  expect(await months('sector=health&month=2025-07')).toEqual(['2025-07']);
  expect(await months('status=closed')).toEqual(['2025-09']);
  expect(await months('unit=410212-education&status=open')).toEqual([]);
});

test('who reports reads his own report at once, by its stream and version', async () => {
  const june = monthOf(town, 'health', '2025-06');
  const { body: receipt } = await town.send(june.clerk, at(june, 'submit'), { occurredOn: '2025-10-08', nil: false });
  const { stream, version } = receipt.entries[0];
  const { body } = await get(`periods?month=2025-06&after=${stream}@${version}`);
  expect(body.periods).toMatchObject([{ stream, version, status: 'submitted' }]);
  const issue = { occurredOn: '2025-10-20', title: '督办四', toUnit: '410212-veterans', due: '2025-11-10' };
  const { body: opened } = await town.send('commission', 'cases', issue);
  const seen = await get(`cases?unit=410212-veterans&after=${opened.entries[0].stream}@1`);
  expect(seen.body.cases).toHaveLength(1);
});

test('who decides of the plan reads figures by his decision at once', async () => {
  const { example } = COMMANDS.find(({ name }) => name === 'approveThresholds') ?? {};
  const { body: receipt } = await town.send('commission', 'plan/thresholds', { ...example });
  const { stream, version, position } = receipt.entries[0];
  expect(stream).toBe('plan');
  const { body } = await get(`completion?after=${stream}@${version}`);
  expect(body.planPosition).toBe(position);
  // A decision that is not there is waited for in vain, and what there is is answered.
  const { status } = await get(`completion?after=plan@${version + 1}`);
  expect(status).toBe(200);
});

test('what waits for a decision is listed for who sees what it is about', async () => {
  const asked = async (reader: string, query = '') => (await town.read(reader, `requests${query}`)).body;
  const all = await asked('verifier-education');
  expect(all).toMatchObject({
    requests: [
      { position: request, kind: 'correction', sector: 'education', county: '410212', unit: '410212-education' },
    ],
    next: null,
  });
  expect(all.requests[0]).toMatchObject({ on: '2025-09-12', milestone: null, entry: expect.any(Number) });
  expect((await asked('clerk-health-410212')).requests).toEqual([]);
  expect((await asked('commission', '?kind=rebaseline')).requests).toEqual([]);
  expect((await asked('commission', '?kind=correction&county=410212&limit=1')).requests).toHaveLength(1);
  expect((await asked('commission', '?sector=health')).requests).toEqual([]);
  expect((await town.read('commission', 'requests?kind=wish')).status).toBe(400);
});

test('a request is decided over NDJSON too, line after line', async () => {
  const line = (commandId: string, position: string) =>
    JSON.stringify({ command: 'approveRequest', commandId, params: { position }, body: { occurredOn: '2025-10-20' } });
  const lines = [
    line('ask-nobody', '999999'),
    line('approve-it', String(request)),
    line('approve-again', String(request)),
  ];
  const answer = await app.post('verifier-education', `/api/plans/${PLAN}/commands`, lines.join('\n'), undefined, {
    'content-type': 'application/x-ndjson',
  });
  const answers = String(answer.body)
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { status: number; problem?: { code: string } });
  expect(answers.map(({ status, problem }) => [status, problem?.code])).toEqual([
    [404, 'ENTRY_UNKNOWN'],
    [201, undefined],
    [409, 'REQUEST_NOT_PENDING'],
  ]);
  await town.caughtUp();
  expect((await town.read('commission', 'requests')).body.requests).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Channel, decodeEntry } from '@planledger/contracts';
import { COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';
import { request } from 'node:http';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
const ID = projectIdFor(DEMO_PLAN, 'writes-register');
const NDJSON = { 'content-type': 'application/x-ndjson' };

let app: TestApp;
const example = (name: string): object => COMMANDS.find((row) => row.name === name)?.example ?? {};
const project = { ...example('registerProject'), codes: [], name: '祥符区写入测试小学' };
const register = (change: object = {}, key?: string, headers?: Record<string, string>) =>
  app.post(CLERK, `${PLAN}/projects`, { ...project, ...change }, key, headers);
const head = async (): Promise<number> => (await app.platform.ledger.head(DEMO_PLAN)).position;

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  expect((await register({}, 'writes-register')).status).toBe(201);
  for (const [path, name] of Object.entries({ 'plan-items': 'linkProject', 'milestone-plan': 'setMilestonePlan' }))
    expect((await app.post(CLERK, `${PLAN}/projects/${ID}/${path}`, example(name))).status).toBe(201);
});
afterAll(() => app.close());

describe('a write is refused before it is decided', () => {
  test.each([
    ['text/plain', JSON.stringify(project)],
    ['application/x-www-form-urlencoded', 'name=x&sector=education'],
    ['application/x-ndjson', JSON.stringify(project)],
    ['application/jsonp', JSON.stringify(project)],
  ])('as %s: 415', async (type, body) => {
    const answer = await app.post(CLERK, `${PLAN}/projects`, body, undefined, { 'content-type': type });
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA']);
    expect(answer.body.detail).toMatch(/不支持的内容类型/);
  });

  test('many at once as plain JSON: 415', async () => {
    const answer = await app.post(CLERK, `${PLAN}/commands`, {});
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA']);
  });

  test('over the limit of 256 KiB: 413', async () => {
    const answer = await register({ name: '大'.repeat(100_000) });
    expect([answer.status, answer.body.code]).toEqual([413, 'TOO_LARGE']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['no JSON at all', '{"name":', []],
    ['a list', '[]', ['']],
    [
      'fields of the wrong types',
      { estimateYuan: '5', codes: {}, name: 7 },
      ['codes', 'codes.kind', 'codes.value', 'estimateYuan', 'name'],
    ],
    [
      'unknown fields, also inside',
      { foo: 1, codes: [{ kind: 'national', value: 'x', bar: 2 }] },
      ['codes[0].bar', 'foo'],
    ],
    ['null for what may be left out', { site: null, reason: null, unit: null }, ['reason', 'site', 'unit']],
    ['a nesting that no body needs', { foo: JSON.parse('[['.repeat(50) + ']]'.repeat(50)) }, [`foo${'.0'.repeat(11)}`]],
  ])('%s: 400, every violation listed', async (_name, body, fields) => {
    const sent = typeof body === 'string' ? body : { ...project, ...body };
    const answer = await app.post(CLERK, `${PLAN}/projects`, sent);
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_MALFORMED']);
    const named = (answer.body.errors ?? []) as { field: string }[];
    expect([...new Set(named.map(({ field }) => field))].sort()).toEqual(fields);
  });

  test('text that is no well-formed Unicode: 400', async () => {
    const answer = await app.post(CLERK, `${PLAN}/projects`, '{"name":"\\ud800"}');
    expect([answer.status, answer.body.errors[0].problem]).toEqual([400, 'must be well-formed Unicode']);
  });

  test('nested so deep that walking it would break: 400', async () => {
    const answer = await app.post(CLERK, `${PLAN}/projects`, `{"foo":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(answer.status).toBe(400);
  });

  const reasoned = ['rejectMilestone', 'suspendProject', 'cancelProject', 'moveProjectOut', 'revokeOutput'];
  test.each([...reasoned, 'rejectOutput', 'exemptMilestone', 'rejectRequest'])(
    '%s without its reason: 400',
    async (name) => {
      const row = COMMANDS.find((one) => one.name === name);
      const path = (row?.path ?? '').replace('{id}', ID).replace('{code}', 'start').replace('{unit}', 'school-9');
      const people = { verifier: 'verifier-education', commission: 'commission', clerk: CLERK };
      const person = /cancel|move/i.test(name) ? 'commission' : /suspend|exempt/.test(name) ? 'clerk' : 'verifier';
      const answer = await app.post(people[person], `${PLAN}/${path}`, { ...row?.example, reason: undefined });
      expect([answer.status, answer.body.errors?.map(({ field }: { field: string }) => field)]).toEqual([
        400,
        expect.arrayContaining(['reason']),
      ]);
    },
  );

  test.each(['', 'short', 'with space in it', 'ü'.repeat(9), 'x'.repeat(81)])('under the key %j: 400', async (key) => {
    const answer = await register({}, encodeURI(key));
    expect([answer.status, answer.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
  });

  test.each(['3', 'W/"3"', '"x"', '*', '"-1"'])('with If-Match %s: 400, naming the header', async (match) => {
    const answer = await register({}, undefined, { 'if-match': match });
    expect([answer.status, answer.body.code]).toEqual([400, 'QUERY_MALFORMED']);
    expect(answer.body.detail).toContain('If-Match');
  });
});

test('a write that a rule refuses: 422, in the language of the reader', async () => {
  const path = `${PLAN}/projects/${ID}/milestones/foundation/claim`;
  const zh = await app.post(CLERK, path, { occurredOn: '2024-09-30' });
  const en = await app.post(CLERK, path, { occurredOn: '2024-09-30' }, undefined, { 'accept-language': 'en' });
  expect([zh.status, zh.body.code]).toEqual([422, 'MILESTONE_FOLLOWS_QUANTITY']);
  expect(zh.body.detail).toMatch(/请填报进度/);
  expect(en.body.detail).toMatch(/report progress/);
});

describe('a write is the same write', () => {
  test('sent three times at once: one entry and three equal receipts; with another content it is refused', async () => {
    const before = await head();
    const answers = await Promise.all([1, 2, 3].map(() => register({}, 'writes-thrice')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const other = await register({ name: '另一内容' }, 'writes-thrice');
    expect([other.status, other.body.code, await head()]).toEqual([422, 'ID_REUSED', before + 1]);
  });

  test('with its fields in another order; another body under its id is none', async () => {
    const first = await register({}, 'writes-reordered');
    const reordered = Object.fromEntries(Object.entries(project).reverse());
    const again = await app.post(CLERK, `${PLAN}/projects`, reordered, 'writes-reordered');
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    const other = await app.post(
      CLERK,
      `${PLAN}/projects/${ID}/plan-items`,
      example('linkProject'),
      'writes-reordered',
    );
    expect([other.status, other.body.code]).toEqual([422, 'ID_REUSED']);
  });

  test('that has nothing to do answers 200 and leaves no entry', async () => {
    const before = await head();
    const answer = await app.post(CLERK, `${PLAN}/projects/${ID}/plan-items`, example('linkProject'));
    expect([answer.status, answer.body.entries, await head()]).toEqual([200, [], before]);
  });

  test('from whatever channel it claims; an unknown one is the interface itself', async () => {
    const channels = { web: Channel.WEB, excel: Channel.EXCEL, constructor: Channel.API, __proto__x: Channel.API };
    for (const [name, channel] of Object.entries(channels)) {
      const answer = await register({}, undefined, { 'x-channel': name });
      const [{ position }] = answer.body.entries;
      const [stored] = await app.platform.ledger.read(DEMO_PLAN, { from: position, to: position, limit: 1 });
      expect([name, stored && decodeEntry(stored.bytes).channel]).toEqual([name, channel]);
    }
  });
});

describe('writes of one project race', () => {
  test('two hundred reports on one stream: no gap in its versions; who read too early is told', async () => {
    const path = `${PLAN}/projects/${ID}/progress`;
    const report = example('reportProgress');
    const answers = await Promise.all(Array.from({ length: 200 }, () => app.post(CLERK, path, report)));
    const versions = answers.map(({ body }) => Number(body.entries[0].version)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 200 }, (_, index) => index + 4));
    const stale = await app.post(CLERK, path, report, undefined, { 'if-match': '"3"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION']);
  });
});

describe('a store that will not take it', () => {
  test.each([
    ['always ahead of us', () => Promise.resolve('conflict' as const), 'OVERLOADED'],
    ['broken', () => Promise.reject(new Error('disk is gone')), 'OUTCOME_UNKNOWN'],
  ])('%s: 503 with Retry-After, nothing written, and the same id is taken later', async (name, append, code) => {
    const { ledger } = app.platform;
    const working = ledger.append;
    const before = await head();
    Object.assign(ledger, { append });
    const key = `writes-refused-${code}`;
    const refused = await register({ name }, key);
    Object.assign(ledger, { append: working });
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, code, '1']);
    expect([await head(), await ledger.findCommand(DEMO_PLAN, key)]).toEqual([before, undefined]);
    const taken = await register({ name }, key);
    expect([taken.status, await head()]).toEqual([201, before + 1]);
  });
});

describe('many at once, as NDJSON', () => {
  const line = (commandId: string, change: object = {}, more: object = {}): string =>
    JSON.stringify({ command: 'registerProject', commandId, body: { ...project, ...change }, ...more });
  const send = async (lines: readonly string[], person = CLERK) => {
    const answer = await app.post(person, `${PLAN}/commands`, lines.join('\n'), undefined, NDJSON);
    const texts = String(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
      .trim()
      .split('\n');
    return texts.map(
      (text) => JSON.parse(text) as { commandId: string | null; status: number; problem?: { code: string } },
    );
  };

  test('three hundred lines, good and bad, are answered one by one in their order', async () => {
    const before = await head();
    const kinds: [(id: string) => string, number, string?][] = [
      [(id) => line(id), 201],
      [() => '{"command": 1}', 400, 'BODY_MALFORMED'],
      [() => 'not json', 400, 'BODY_MALFORMED'],
      [() => '[]', 400, 'BODY_MALFORMED'],
      [(id) => line(id, {}, { command: 'no-such-command' }), 404, 'NOT_FOUND'],
      [(id) => line(id, { county: '410221' }), 403, 'OTHER_COUNTY'],
      [(id) => line(id, { foo: 1 }), 400, 'BODY_MALFORMED'],
      [(id) => line(id, { occurredOn: '2030-01-01' }), 422, 'FUTURE_DATE'],
      [(id) => line(id, {}, { command: 'suspendProject', params: { id: 'nobody' } }), 400, 'BODY_MALFORMED'],
      [(id) => line(id, { name: 'x'.repeat(300_000) }), 400, 'BODY_MALFORMED'],
      [() => line('writes-register', { name: '另一内容' }), 422, 'ID_REUSED'],
      [(id) => line(id), 201],
    ];
    const sent = Array.from({ length: 300 }, (_, index) => index);
    const answers = await send(sent.map((index) => kinds[index % kinds.length]?.[0](`writes-line-${index}`) ?? ''));
    const expected = sent.map((index) => [kinds[index % kinds.length]?.[1], kinds[index % kinds.length]?.[2]]);
    expect(answers.map(({ status, problem }) => [status, problem?.code])).toEqual(expected);
    const named = answers.flatMap(({ commandId, status }, index) => (status === 201 ? [[commandId, index]] : []));
    expect(named).toEqual(named.map(([, index]) => [`writes-line-${String(index)}`, index]));
    expect(await head()).toBe(before + 50);
  });

  test('a line cannot name a stream that its route does not', async () => {
    const before = await head();
    const observed = { command: 'observeIndicator', body: example('observeIndicator') };
    const params = [{ code: 'I13', id: ID }, { id: ID }, {}, { code: 'I13', plan: 'other' }];
    const answers = await send(
      params.map((given, index) => line(`writes-param-${index}`, {}, { ...observed, params: given })),
      'verifier-health',
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await head()).toBe(before);
  });

  test('a line may answer a request; where none stands it is told so, and the lines after it are decided after it', async () => {
    const post = async (path: string, body: object): Promise<number> => {
      const answer = await app.post(CLERK, `${PLAN}/projects/${ID}/${path}`, body);
      expect(answer.status).toBe(201);
      return answer.body.entries[0].position as number;
    };
    const position = await post('milestones/land/exempt', example('exemptMilestone'));
    const answerAt = (id: string, at: number): string =>
      line(id, {}, { command: 'approveRequest', params: { position: at }, body: { occurredOn: '2024-04-10' } });
    const ids = ['writes-request-1', 'writes-request-2', 'writes-request-3', 'writes-request-4'] as const;
    const lines = [
      answerAt(ids[0], 999_999_999),
      answerAt(ids[1], 1),
      answerAt(ids[2], position),
      answerAt(ids[3], position),
    ];
    const answers = await send(lines, 'verifier-education');
    expect(answers.map(({ commandId, status, problem }) => [commandId, status, problem?.code])).toEqual([
      [ids[0], 404, 'ENTRY_UNKNOWN'],
      [ids[1], 409, 'REQUEST_NOT_PENDING'],
      [ids[2], 201, undefined],
      [ids[3], 409, 'REQUEST_NOT_PENDING'],
    ]);
  });

  test('a connection that breaks off leaves whole commands only', async () => {
    const before = await head();
    const headers = { ...NDJSON, authorization: `Bearer ${await app.token(CLERK)}`, 'transfer-encoding': 'chunked' };
    const sending = request(`${app.url}${PLAN}/commands`, { method: 'POST', headers });
    const broken = new Promise((resolve) => sending.once('error', resolve).once('close', resolve));
    const whole = Array.from({ length: 5 }, (_, index) => `${line(`writes-broken-${index}`)}\n`).join('');
    sending.write(`${whole}${line('writes-broken-half')}`);
    // The position says when they stand.
    while ((await head()) < before + 5) await new Promise((resolve) => setImmediate(resolve));
    sending.destroy();
    await broken;
    expect((await send([line('writes-after-it')])).map(({ status }) => status)).toEqual([201]);
    expect(await head()).toBe(before + 6);
    expect(await app.platform.ledger.findCommand(DEMO_PLAN, 'writes-broken-half')).toBeUndefined();
  });
});

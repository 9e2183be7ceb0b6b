import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyOverHttp } from '@planledger/host';
import { COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';
import { type AddressInfo, createServer } from 'node:net';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
const RETRY = `${PLAN}/parked/education/retry`;
const TORN = Uint8Array.of(1, 2, 3);
const [ID, OTHER] = [projectIdFor(DEMO_PLAN, 'parked-register'), projectIdFor(DEMO_PLAN, 'parked-other')];
const [STREAM, KEY] = [`project/${ID}`, `${DEMO_PLAN}/project/${ID}`];

let app: TestApp;
/** Versions of the stream that arrive torn, on the feed and from history alike: a fold that cannot bear them. */
const torn = new Set<number>();
/** What arrives torn on the feed alone: entries of cases, and the standings of these keys. */
let tornCases = false;
/** Where audit is asked instead of the ledger. */
let auditAt: string | undefined;
/** Discard (RFC 863): nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';
const token = (): Promise<string> => Promise.resolve('');
/** Audit, killed in the middle of an answer. */
const dying = createServer((socket) =>
  socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"entries": [')),
);
const tornStandings = new Set<string>();

beforeAll(async () => {
  await new Promise<void>((listening) => dying.listen(0, '127.0.0.1', listening));
  app = await startTestApp({
    services: SERVICES,
    clock: () => Date.parse('2025-10-31T09:00:00+08:00'),
    prepare: async (platform) => {
      expect(await loadInto(platform, DEMO_PLAN, shipped('kaifeng-145'), true)).toEqual([]);
      platform.plans.push(DEMO_PLAN);
      const { feed, history } = platform;
      Object.assign(platform, {
        feed: {
          ...feed,
          publish: (topic: string, records: Parameters<typeof feed.publish>[1]) =>
            feed.publish(
              topic,
              records.map((record) => {
                const { key, value, headers } = record;
                const standing = headers['ce_type'] === 'planledger.v1.Standing';
                const poisoned = standing
                  ? tornStandings.has(key)
                  : (key === KEY && torn.has(Number(headers['ce_version']))) || (tornCases && key.includes('/case/'));
                // A standing goes as it is: in one process it is never encoded.
                if (standing && !poisoned) return record;
                return { key, headers, value: poisoned ? TORN : value };
              }),
            ),
        },
        history: async (plan: string, stream: string, from: number) =>
          (await (auditAt ? historyOverHttp({ url: auditAt, token }) : history)(plan, stream, from)).map(
            (bytes, index) => (stream === STREAM && torn.has(from + index) ? TORN : bytes),
          ),
      });
    },
  });
});
afterAll(async () => {
  dying.close();
  await app.close();
});

const send = async (name: string, id: string, change: object = {}, key?: string): Promise<void> => {
  const row = COMMANDS.find((one) => one.name === name);
  const path = `${PLAN}/${row?.path.replace('{id}', id) ?? ''}`;
  const { status, body } = await app.post(CLERK, path, { ...row?.example, ...change }, key);
  expect({ name, status, problem: body.detail }).toEqual({ name, status: 201, problem: undefined });
  await app.caughtUp(DEMO_PLAN);
};
const listed = async () => (await app.get('operator', `${PLAN}/parked`)).body;
const shown = async (id: string) => (await app.get(CLERK, `${PLAN}/sectors/education/projects/${id}`)).body;

describe('a stream that a sector could not fold', () => {
  test('is listed with its view, where it stopped and why; all others go on', async () => {
    expect(await listed()).toEqual({ plan: DEMO_PLAN, parked: [] });
    torn.add(2);
    await send('registerProject', ID, { codes: [] }, 'parked-register');
    await send('linkProject', ID);
    await send('registerProject', OTHER, { codes: [], name: '祥符区另一小学新建项目' }, 'parked-other');
    await send('linkProject', OTHER);
    const { parked } = await listed();
    expect(parked).toEqual([{ view: 'education', stream: STREAM, version: 2, reason: expect.any(String) }]);
    expect((await shown(ID)).version).toBe(1);
    expect((await shown(OTHER)).version).toBe(2);
  });

  test('stays parked where a retry meets the same, and says so', async () => {
    const { status, body } = await app.post('operator', RETRY, { stream: STREAM });
    expect([status, body]).toEqual([
      200,
      { plan: DEMO_PLAN, stream: STREAM, healed: false, parked: { version: 2, reason: expect.any(String) } },
    ]);
    expect((await listed()).parked).toHaveLength(1);
  });

  test.each(['does not answer', 'breaks off'])(
    'cannot be retried where audit %s: the operator is told to come again, and it stays as it was',
    async (how) => {
      auditAt = how === 'breaks off' ? `http://127.0.0.1:${(dying.address() as AddressInfo).port}` : NOBODY;
      const { status, headers, body } = await app.post('operator', RETRY, { stream: STREAM });
      auditAt = undefined;
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '2']);
      expect((await listed()).parked).toHaveLength(1);
    },
  );

  test('flows again once the fault is mended and an operator retries it, with what came meanwhile', async () => {
    await send('setMilestonePlan', ID);
    torn.clear();
    const { status, body } = await app.post('operator', RETRY, { stream: STREAM });
    expect([status, body]).toEqual([200, { plan: DEMO_PLAN, stream: STREAM, healed: true, parked: null }]);
    expect((await shown(ID)).version).toBe(3);
    expect((await listed()).parked).toEqual([]);
  });

  test('is retried only where there is one, only by its own sector, and only if it can be one', async () => {
    const asked = async (path: string, body: unknown) => {
      const answer = await app.post('operator', path, body);
      return [answer.status, answer.body.code];
    };
    expect(await asked(RETRY, { stream: `${STREAM}-never` })).toEqual([404, 'NOT_FOUND']);
    expect(await asked(`${PLAN}/parked/roads/retry`, { stream: STREAM })).toEqual([404, 'NOT_FOUND']);
    for (const wrong of [{}, { stream: 'plan' }, { stream: { $gt: '' } }, { stream: STREAM, all: true }, []]) {
      expect(await asked(RETRY, wrong)).toEqual([400, 'BODY_MALFORMED']);
    }
  });
});

describe('a record of the plan, or a standing, that arrives torn', () => {
  const parkedOf = async () => (await app.get('commission', `${PLAN}/completion`)).body.parked;
  const supervise = async (key: string): Promise<string> => {
    const row = COMMANDS.find(({ name }) => name === 'issueSupervision');
    const { status, body } = await app.post('commission', `${PLAN}/cases`, row?.example, key);
    expect(status).toBe(201);
    await app.caughtUp(DEMO_PLAN);
    return body.entries[0].stream;
  };

  test('parks its stream and no other; figures and metrics name it', async () => {
    tornCases = true;
    const stream = await supervise('parked-case-torn');
    tornCases = false;
    const whole = await supervise('parked-case-whole');
    const { parked } = await listed();
    expect(parked).toEqual([{ view: 'plans', stream, version: 1, reason: expect.any(String) }]);
    expect(await parkedOf()).toEqual([{ stream, version: 1, reason: expect.any(String) }]);
    const cases = (await app.get('commission', `${PLAN}/cases`)).body.cases as { id: string }[];
    const ids = cases.map(({ id }) => `case/${id}`);
    expect([ids.includes(stream), ids.includes(whole)]).toEqual([false, true]);
    const { body } = await app.get('operator', '/metrics');
    expect(String(body)).toContain(`planledger_parked_keys{plan="${DEMO_PLAN}",view="plans"} 1`);
  });

  test('a project whose standing came torn counts as before, and a retry by its sector makes it good', async () => {
    tornStandings.add(KEY);
    await send('reportProgress', ID);
    const { parked } = await listed();
    expect(parked).toContainEqual({ view: 'aggregator', stream: STREAM, version: 4, reason: expect.any(String) });
    tornStandings.clear();
    const { status, body } = await app.post('operator', RETRY, { stream: STREAM });
    expect([status, body.healed]).toEqual([200, true]);
    await app.caughtUp(DEMO_PLAN);
    expect((await listed()).parked).toMatchObject([{ view: 'plans' }]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeEntry, type Entry } from '@planledger/contracts';
import { shanghaiDate } from '@planledger/kernel';
import { COMMANDS } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';
import { createHash } from 'node:crypto';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
const PROJECT = 'project/';
const MANY = 1_600;

interface Shown {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly leafHash: string;
  readonly bytes: string;
}

let app: TestApp;
/** The ledger itself, which every answer is held against. */
let ledger: { entry: Entry; bytes: Uint8Array }[] = [];
const get = (path: string, headers = {}) => app.get('auditor', `${PLAN}/${path}`, headers);
const project = { ...COMMANDS.find(({ name }) => name === 'registerProject')?.example, codes: [] };

beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  const evidence = [{ digest: 'a'.repeat(64), name: '立项批复', kept: '档案室', dated: '2022-01-05' }];
  const backfilled = await app.post(CLERK, `${PLAN}/projects`, { ...project, occurredOn: '2022-01-05', evidence });
  expect(backfilled.status).toBe(201);
  const lines = Array.from({ length: MANY }, (_, index) =>
    JSON.stringify({ command: 'registerProject', commandId: `audit-many-${index}`, body: project }),
  );
  const media = { 'content-type': 'application/x-ndjson' };
  const answers = String((await app.post(CLERK, `${PLAN}/commands`, lines.join('\n'), undefined, media)).body);
  expect(answers.match(/"status":201/g)).toHaveLength(MANY);
  for (let from = 1; ;) {
    const page = await app.platform.ledger.read(DEMO_PLAN, { from, limit: 1_000 });
    ledger = [...ledger, ...page.map(({ bytes }) => ({ entry: decodeEntry(bytes), bytes }))];
    const last = page.at(-1);
    if (!last) break;
    from = last.position + 1;
  }
});
afterAll(() => app.close());

const positions = (entries: readonly { position: number }[]): number[] => entries.map(({ position }) => position);
const matching = (is: (entry: Entry) => boolean): number[] =>
  positions(ledger.map(({ entry }) => entry).filter((entry) => is(entry)));

/** Every page of a question, by its own `next`. */
async function paged(query: string, limit: number): Promise<{ found: Shown[]; sizes: number[] }> {
  const found: Shown[] = [];
  const sizes: number[] = [];
  for (let from: number | null = 1; from !== null;) {
    const { status, body } = await get(`entries?limit=${limit}&from=${from}${query}`);
    expect(status).toBe(200);
    found.push(...(body.entries as Shown[]));
    sizes.push(body.entries.length);
    from = body.next as number | null;
  }
  return { found, sizes };
}

describe('the entries', () => {
  test.each<[string, (entry: Entry) => boolean]>([
    ['&type=milestoneClaimed', ({ event }) => event.case === 'milestoneClaimed'],
    [
      '&type=milestoneVerified&sector=education',
      ({ event, sector }) => event.case === 'milestoneVerified' && sector === 'education',
    ],
    ['&actor=verifier-health', ({ actor }) => actor?.subject === 'verifier-health'],
    ['&county=410221', ({ county }) => county === '410221'],
    ['&sector=housing', ({ sector }) => sector === 'housing'],
    ['&backfilled=true', ({ backfilled }) => backfilled],
    ['&backfilled=false&county=410221', ({ backfilled, county }) => !backfilled && county === '410221'],
    ['&stream=plan', ({ stream }) => stream === 'plan'],
    ['&to=120', ({ position }) => position <= 120],
  ])('filtered by %s are exactly those of the ledger, page after page', async (query, is) => {
    const expected = matching(is);
    expect(expected.length).toBeGreaterThan(0);
    const limit = Math.max(1, Math.ceil(expected.length / 3));
    const { found, sizes } = await paged(query, limit);
    expect(positions(found)).toEqual(expected);
    expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
  });

  test('of one project and of one month are all of them, and of an unknown name none', async () => {
    const one = ledger.map(({ entry }) => entry).find(({ stream }) => stream.startsWith(PROJECT));
    const { found } = await paged(`&stream=${one?.stream ?? ''}`, 500);
    expect(positions(found)).toEqual(matching(({ stream }) => stream === one?.stream));
    expect(found.map(({ version }) => version)).toEqual(found.map((_, index) => index + 1));
    const month = await paged(`&period=${one?.period ?? ''}`, 500);
    expect(positions(month.found)).toEqual(matching(({ period }) => period === one?.period));
    expect((await paged('&type=noSuchType', 500)).found).toEqual([]);
    expect((await paged('&actor=%27%20OR%201%3D1', 500)).found).toEqual([]);
  });

  test.each([
    'from=0',
    'from=x',
    'from=1&from=2',
    'to=-1',
    'limit=0',
    'limit=501',
    'backfilled=maybe',
    'type=a&type=b',
  ])('asked for by %s: 400', async (query) => {
    const { status, body } = await get(`entries?${query}`);
    expect([status, body.code]).toEqual([400, 'QUERY_MALFORMED']);
  });

  test('asked for beyond the head are none; a position that is none is not found', async () => {
    const beyond = await get(`entries?from=${ledger.length + 1}`);
    expect([beyond.status, beyond.body.entries, beyond.body.next]).toEqual([200, [], null]);
    for (const position of ['0', String(ledger.length + 1), 'x', '1.5', '9999999999']) {
      expect([position, (await get(`entries/${position}`)).status]).toEqual([position, 404]);
    }
    expect((await get(`entries/${ledger.length}`)).body.position).toBe(ledger.length);
  });

  test('as NDJSON are the whole ledger with its stored bytes, a page in memory at a time', async () => {
    const { read } = app.platform.ledger;
    const pages: number[] = [];
    const counted: typeof read = async (...question) => {
      const page = await read(...question);
      pages.push(page.length);
      return page;
    };
    Object.assign(app.platform.ledger, { read: counted });
    const { body, headers } = await get('entries', { accept: 'application/x-ndjson' });
    Object.assign(app.platform.ledger, { read });
    expect(headers.get('content-type')).toContain('application/x-ndjson');
    const shown = String(body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Shown);
    expect(shown.length).toBeGreaterThan(2_000);
    expect(Math.max(...pages)).toBeLessThanOrEqual(500);
    expect(pages.length).toBeGreaterThanOrEqual(Math.ceil(shown.length / 500));
    expect(positions(shown)).toEqual(positions(ledger.map(({ entry }) => entry)));
    for (const [index, { bytes, leafHash, stream, version, type }] of shown.entries()) {
      const stored = Buffer.from(bytes, 'base64');
      expect(stored.equals(ledger[index]?.bytes ?? new Uint8Array())).toBe(true);
      const leaf = createHash('sha256')
        .update(Buffer.from([0]))
        .update(stored)
        .digest('hex');
      expect(leaf).toBe(leafHash);
      const entry = decodeEntry(new Uint8Array(stored));
      expect([entry.stream, entry.version, entry.event.case]).toEqual([stream, version, type]);
    }
  });
});

describe('the replay', () => {
  /** The project of the demo with the longest history. */
  const longest = (): Entry[] => {
    const byStream = new Map<string, Entry[]>();
    for (const { entry } of ledger) {
      if (entry.stream.startsWith(PROJECT)) byStream.set(entry.stream, [...(byStream.get(entry.stream) ?? []), entry]);
    }
    return [...byStream.values()].reduce((best, one) => (one.length > best.length ? one : best), []);
  };

  test('shows a project as it stood at each of its entries, and nothing of what came later', async () => {
    const entries = longest();
    expect(entries.length).toBeGreaterThan(8);
    const id = entries[0]?.stream.slice(PROJECT.length) ?? '';
    for (const [index, { position }] of entries.entries()) {
      const { status, body } = await get(`replay/projects/${id}?at=${position}`);
      expect([status, body.at, body.version, body.position]).toEqual([200, position, index + 1, position]);
      expect(positions(body.entries)).toEqual(positions(entries.slice(0, index + 1)));
    }
    const before = (entries[0]?.position ?? 1) - 1;
    const unborn = await get(`replay/projects/${id}?at=${before}`);
    expect([unborn.status, unborn.body.code]).toEqual([404, 'PROJECT_UNKNOWN']);
    const now = await get(`replay/projects/${id}`);
    const live = await app.get('auditor', `${PLAN}/projects/${id}`);
    expect(now.body).toMatchObject(live.body);
  });

  test('at an instant is the replay at the last position recorded by it', async () => {
    const entries = longest();
    const some = entries[Math.floor(entries.length / 2)];
    const instant = Date.parse(some?.recordedAt ?? '');
    const last = matching(({ recordedAt }) => Date.parse(recordedAt) <= instant).at(-1) ?? 0;
    const asked = new Date(instant).toISOString();
    const at = await get(`replay/completion?at=${asked}`);
    expect([at.status, at.body.at, at.body.on]).toEqual([200, last, shanghaiDate(instant)]);
    const beijing = new Date(instant + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    const same = await get(`replay/completion?at=${encodeURIComponent(beijing)}`);
    const byPosition = await get(`replay/completion?at=${last}`);
    expect(same.body).toEqual(at.body);
    expect(byPosition.body).toEqual(at.body);
    const earlier = await get(`replay/completion?at=${new Date(instant - 1).toISOString()}&on=2025-10-31`);
    expect(earlier.body.at).toBeLessThan(some?.position ?? 0);
    expect((await get('replay/completion?at=1999-01-01T00:00:00Z')).status).toBe(404);
  });

  test.each([
    '0',
    '-1',
    '999999999',
    '1e3',
    'yesterday',
    '2024-06-30',
    '2024-13-01T00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2024-06-30T25:00:00Z',
    '2024-06-30T10:00:00',
  ])('at %s: 400, saying what a moment looks like', async (at) => {
    for (const path of ['completion', 'gaps', 'explain?node=plan', 'projects/p1']) {
      const { status, body } = await get(`replay/${path}${path.includes('?') ? '&' : '?'}at=${at}`);
      expect([path, status, body.code]).toEqual([path, 400, 'QUERY_MALFORMED']);
      expect(body.detail).toContain(`1–${ledger.length}`);
    }
  });
});

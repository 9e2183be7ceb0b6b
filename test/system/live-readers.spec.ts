import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COMMANDS } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';
import { Agent, get, type IncomingMessage } from 'node:http';

const LIVE = `/api/plans/${DEMO_PLAN}/live`;
const CLERK = 'clerk-education-410212';
const READERS_MAX = 500;

let app: TestApp;
let authorization = '';
const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
  authorization = `Bearer ${await app.token('commission')}`;
});
afterAll(() => app.close());

const open = (path = LIVE): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(`${app.url}${path}`, { agent, headers: { authorization } }, resolve).once('error', reject);
  });
/** Hangs up, and resolves when the socket is closed. */
const hangUp = (reader: IncomingMessage): Promise<unknown> => {
  const closed = new Promise((resolve) => reader.once('error', resolve).once('close', resolve));
  reader.destroy();
  return closed;
};

interface Event {
  readonly id: number;
  readonly atMs: number;
  readonly data: { plan: string; demo: boolean; through: Record<string, number>; headline: object };
}

/** Events of an open stream until one satisfies `enough`. */
async function eventsUntil(reader: IncomingMessage, enough: (event: Event) => boolean): Promise<Event[]> {
  const events: Event[] = [];
  let text = '';
  for await (const chunk of reader) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, data] = /^event: completion\nid: (\d+)\ndata: (.+)$/.exec(block) ?? [];
      if (data === undefined) continue;
      const event = { id: Number(id), atMs: Date.now(), data: JSON.parse(data) as Event['data'] };
      events.push(event);
      if (enough(event)) return events;
    }
  }
  throw new Error('the stream ended');
}

test('the first event comes at once with the whole headline, before anything has changed', async () => {
  const reader = await open();
  const [first] = await eventsUntil(reader, () => true);
  expect(first).toMatchObject({ id: 1, data: { plan: DEMO_PLAN, demo: true, headline: { programmes: {} } } });
  const { body } = await app.get('commission', `/api/plans/${DEMO_PLAN}/completion`);
  expect(first?.data.headline).toEqual(body.headline);
  expect(first?.data.through).toEqual(body.through);
});

test('a hundred changes at once are a few events, numbered without a gap, and the last one has them all', async () => {
  const reader = await open();
  const example = { ...COMMANDS.find(({ name }) => name === 'registerProject')?.example, codes: [] };
  const answers = Array.from({ length: 100 }, () => app.post(CLERK, `/api/plans/${DEMO_PLAN}/projects`, example));
  const last = Promise.all(answers).then((all) => Math.max(...all.map(({ body }) => Number(body.entries[0].position))));
  let through = 0;
  const seen = eventsUntil(reader, ({ data }) => (data.through['education'] ?? 0) >= (through || Infinity));
  through = await last;
  // What was written before the last position was known may have come already: one more change ends the waiting.
  await app.post(CLERK, `/api/plans/${DEMO_PLAN}/projects`, example);
  const events = await seen;
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  const lastedMs = (events.at(-1)?.atMs ?? 0) - (events[0]?.atMs ?? 0);
  expect(events.length).toBeLessThanOrEqual(3 + lastedMs / 100);
  expect(events.length).toBeLessThan(50);
});

test('five hundred read at a time; one more is told when to come again, and let in when one has left', async () => {
  // A plan that is not there takes nobody's place.
  await Promise.all(Array.from({ length: 20 }, () => open('/api/plans/no-such-plan/live').then(hangUp)));
  const readers = await Promise.all(Array.from({ length: READERS_MAX + 20 }, () => open()));
  const [admitted, refused] = [200, 503].map((status) => readers.filter(({ statusCode }) => statusCode === status));
  // The two streams of the tests above were left by their readers.
  expect([admitted?.length, refused?.length]).toEqual([READERS_MAX, 20]);
  expect(refused?.map(({ headers }) => headers['retry-after'])).toEqual(Array.from({ length: 20 }, () => '5'));
  const [leaver, ...others] = admitted ?? [];
  if (leaver) await hangUp(leaver);
  let again = await open();
  // The server hears of the leaving when it hears of it: asked until it has.
  while (again.statusCode === 503) {
    await hangUp(again);
    again = await open();
  }
  expect(again.statusCode).toBe(200);
  await Promise.all([...others, ...(refused ?? []), again].map(hangUp));
});

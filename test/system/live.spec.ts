import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COMMANDS, projectIdFor } from '@planledger/project';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const PLAN = `/api/plans/${DEMO_PLAN}`;
const CLERK = 'clerk-education-410212';
let app: TestApp;
beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
});
afterAll(() => app.close());

/** The events of the open stream, one at a time; waits for the next, never for a time. */
async function* liveEvents(stop: AbortController): AsyncGenerator<{
  headline: { programmes: { figures: { b0: { claimed: { exact: string }; verified: { exact: string } } } } };
}> {
  const headers = { authorization: `Bearer ${await app.token('commission')}` };
  const response = await fetch(`${app.url}${PLAN}/live`, { headers, signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let buffer = '';
  for await (const chunk of response.body ?? []) {
    buffer += Buffer.from(chunk as Uint8Array).toString();
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(buffer.slice(0, end))?.[1];
      buffer = buffer.slice(end + 2);
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

test('the commission’s open page changes when a clerk delivers and the verifier verifies', async () => {
  const stop = new AbortController();
  const events = liveEvents(stop);
  const next = async () => (await events.next()).value.headline.programmes.figures.b0;
  const first = await next();
  const id = projectIdFor(DEMO_PLAN, 'live-register');
  const send = async (name: string, person: string, change: object = {}, path?: string): Promise<void> => {
    const row = COMMANDS.find((one) => one.name === name);
    const at = (path ?? row?.path ?? '').replace('{id}', id).replace('{unit}', 'school-9');
    const answer = await app.post(
      person,
      `${PLAN}/${at}`,
      { ...row?.example, ...change },
      name === 'registerProject' ? 'live-register' : undefined,
    );
    expect({ name, status: answer.status }).toEqual({ name, status: 201 });
  };
  await send('registerProject', CLERK, { codes: [] });
  await send('linkProject', CLERK);
  await send('setMilestonePlan', CLERK);
  await send('claimMilestone', CLERK, {}, 'projects/{id}/milestones/start/claim');
  await send('claimMilestone', CLERK, { occurredOn: '2025-07-15' }, 'projects/{id}/milestones/acceptance/claim');
  await send('claimMilestone', CLERK, { occurredOn: '2025-09-01' }, 'projects/{id}/milestones/opening/claim');
  await send('deliverOutput', CLERK);
  let claimed = await next();
  while (claimed.claimed.exact === first.claimed.exact) claimed = await next();
  expect(claimed.verified.exact).toBe(first.verified.exact);
  await send('verifyOutput', 'verifier-education');
  let verified = await next();
  while (verified.verified.exact === first.verified.exact) verified = await next();
  expect(verified.claimed.exact).toBe(claimed.claimed.exact);
  stop.abort();
  await events.return(undefined).catch(() => undefined);
});

test('a plan that is not there has no stream', async () => {
  expect((await app.get('commission', '/api/plans/no-such-plan/live')).status).toBe(404);
});

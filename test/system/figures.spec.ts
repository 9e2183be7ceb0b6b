import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { type CompletionInput, explain, type Explanation } from '@planledger/progress';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

const PLAN = `/api/plans/${DEMO_PLAN}`;

let app: TestApp;
beforeAll(async () => {
  app = await startDemoApp(SERVICES);
  await app.caughtUp(DEMO_PLAN);
});
afterAll(() => app.close());

// Answers of many shapes; each test says what it expects of its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function read(path: string, person = 'auditor'): Promise<any> {
  const { status, body } = await app.get(person, `${PLAN}/${path}`);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

/** An explanation with the children of all its pages, read `limit` at a time. */
async function wholly(node: string, query = '', person = 'auditor', route = 'explain', limit = 500) {
  const asked = `${route}?node=${encodeURIComponent(node)}&limit=${limit}${query}`;
  const first: Explanation = await read(asked, person);
  const children = [...first.children];
  for (let next = first.page?.next ?? null; next !== null;) {
    const page: Explanation = await read(`${asked}&cursor=${encodeURIComponent(next)}`, person);
    expect(page.value).toEqual(first.value);
    children.push(...page.children);
    next = page.page?.next ?? null;
  }
  return { ...first, children };
}

describe('the children of an explanation', () => {
  test('are paged by a replay as they are live', async () => {
    const node = 'measure/B2-1.schools';
    const { children, page } = await wholly(node);
    expect([page?.total, children.length > 2]).toEqual([children.length, true]);
    for (const route of ['explain', 'replay/explain']) {
      expect((await wholly(node, '', 'auditor', route, 2)).children).toEqual(children);
      const { status } = await app.get('auditor', `${PLAN}/${route}?node=${node}&limit=501`);
      expect([route, status]).toEqual([route, 400]);
    }
  });
});

describe('the difference between two moments', () => {
  interface Seen {
    readonly exact: string | null;
    readonly at: number;
    readonly on: string;
  }

  test('gives each side of every figure again, by the address and at the moment that it names', async () => {
    const { head } = await read('entries?limit=1');
    const loaded: number = (await read('entries?type=planLoaded&limit=1')).entries[0].position;
    const inputs = new Map<string, CompletionInput>();
    const asked: string[] = [];
    for (const [from, to] of [
      [loaded, Math.ceil(head / 2)],
      [Math.ceil(head / 2), head],
    ]) {
      const { changes } = await read(`diff?from=${from}&to=${to}`);
      expect(changes.length).toBeGreaterThan(20);
      for (const change of changes as { node: string; from: Seen | null; to: Seen }[]) {
        expect([change.from?.at ?? from, change.to.at]).toEqual([from, to]);
        for (const { at, on, exact } of [change.from ?? [], change.to].flat()) {
          const moment = `${at} ${on}`;
          const input = inputs.get(moment) ?? (await replayedInput(app.platform, DEMO_PLAN, { position: at, on }));
          inputs.set(moment, input);
          const { node } = change;
          expect([node, moment, explain(input, node, 'verified')?.value.exact]).toEqual([node, moment, exact]);
          asked.push(`replay/explain?node=${encodeURIComponent(node)}&at=${at}&on=${on}`);
        }
      }
    }
    expect(inputs.size).toBe(3);
    for (const path of [asked[0], asked.at(-1)]) expect(await read(path ?? '')).toHaveProperty('formula');
  });
});

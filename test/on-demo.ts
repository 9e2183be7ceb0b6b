import { afterAll, beforeAll, expect } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import type { CompletionInput } from '@planledger/progress';
import { SERVICES } from '@planledger/standalone-service/services';
import { DEMO_PLAN, startDemoApp, type TestApp } from '@planledger/testing';

/** The demo plan with its history, served for the tests of one file. Nothing is there before they run. */
export interface OnDemo {
  readonly app: () => TestApp;
  /** What a route of the plan answers a demo person; it must answer. */
  // Answers of many shapes; each test says what it expects of its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly read: (path: string, person?: string) => Promise<any>;
  /** Everything that figures follow from, at the head of the ledger on the demo's today. */
  readonly input: () => Promise<CompletionInput>;
}

/** `reader`: who reads where a test names nobody. */
export function onDemo(reader: string): OnDemo {
  let app: TestApp | undefined;
  const served = (): TestApp => {
    if (!app) throw new Error('the demo plan is served while tests run');
    return app;
  };
  beforeAll(async () => {
    app = await startDemoApp(SERVICES);
    await app.caughtUp(DEMO_PLAN);
  });
  afterAll(() => served().close());
  return {
    app: served,
    async read(path, person = reader) {
      const { status, body } = await served().get(person, `/api/plans/${DEMO_PLAN}/${path}`);
      expect([path, status]).toEqual([path, 200]);
      return body;
    },
    async input() {
      const { platform } = served();
      const { position } = await platform.ledger.head(DEMO_PLAN);
      return replayedInput(platform, DEMO_PLAN, { position, on: '2025-10-31' });
    },
  };
}

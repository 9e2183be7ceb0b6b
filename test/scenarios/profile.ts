import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { loadInto, shipped, type TestApp, type TestAppOptions } from '@planledger/testing';
import { SERVICES } from '@planledger/standalone-service/services';
import { CORRECTIONS } from './corrections.js';
import { FINDINGS } from './findings.js';
import { httpTown } from './http-town.js';
import { INTAKE_RULES } from './intake-rules.js';
import { LATE_CORRECTIONS } from './late-corrections.js';
import { LIFECYCLE } from './lifecycle.js';
import { MONTHS } from './months.js';
import { PLAN_LIFE } from './plan-life.js';
import { QUANTIFIERS } from './quantifiers.js';
import { RENEWAL } from './renewal.js';
import { REQUESTS } from './requests.js';
import { SCHOOL_LIFE } from './school-life.js';

const TODAY = Date.parse('2025-10-31T09:00:00+08:00');
const [PLAN, NEIGHBOUR] = ['kaifeng-145-demo', 'sample-city'];
/** A plan whose period is over: what is decided of a whole plan would stand in the way of all other scenarios. */
const [OVER, AFTER] = ['kaifeng-145-over', Date.parse('2026-05-02T09:00:00+08:00')];

const GROUPS = {
  ...{ SCHOOL_LIFE, CORRECTIONS, LIFECYCLE, QUANTIFIERS, RENEWAL, REQUESTS, INTAKE_RULES },
  ...{ MONTHS, LATE_CORRECTIONS, FINDINGS },
};

/** Every scenario, on the profile that `start` starts. */
export function describeScenarios(profile: string, start: (options: TestAppOptions) => Promise<TestApp>): void {
  let app: TestApp;
  beforeAll(async () => {
    app = await start({
      services: SERVICES,
      clock: (plan) => (plan === OVER ? AFTER : TODAY),
      prepare: async (platform) => {
        const problems = [
          ...(await loadInto(platform, PLAN, shipped('kaifeng-145'), true)),
          ...(await loadInto(platform, NEIGHBOUR, shipped('sample-city'), false)),
          ...(await loadInto(platform, OVER, shipped('kaifeng-145'), false)),
        ];
        if (problems.length > 0) throw new Error(problems.join('\n'));
        platform.plans.push(PLAN, NEIGHBOUR, OVER);
      },
    });
  });
  afterAll(() => app.close());

  describe.each(Object.entries(GROUPS))(`${profile}: %s`, (_name, scenarios) => {
    test.each(scenarios)('$sentence', ({ run }) => run(httpTown(app, PLAN), httpTown(app, NEIGHBOUR)));
  });
  describe(`${profile}: PLAN_LIFE`, () => {
    test.each(PLAN_LIFE)('$sentence', ({ run }) => run(httpTown(app, OVER), httpTown(app, NEIGHBOUR)));
  });
}

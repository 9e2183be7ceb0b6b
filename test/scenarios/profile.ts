import { afterAll, beforeAll, describe, test } from '@jest/globals';
import type { OpenPlatform } from '@planledger/host';
import { loadInto, shipped } from '@planledger/testing';
import { CORRECTIONS } from './corrections.js';
import { FINDINGS } from './findings.js';
import { httpTown, type Reached } from './http-town.js';
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

type Running = Reached & { close(): Promise<void> };

const GROUPS = {
  ...{ SCHOOL_LIFE, CORRECTIONS, LIFECYCLE, QUANTIFIERS, RENEWAL, REQUESTS, INTAKE_RULES },
  ...{ MONTHS, LATE_CORRECTIONS, FINDINGS },
};

/** The plans that the scenarios play in, and the instant at which each one's clock stands. */
export interface World {
  readonly clocks: Readonly<Record<string, number>>;
  /** Loads the plans into their empty ledgers. */
  load(platform: OpenPlatform): Promise<void>;
}

const WORLD: World = {
  clocks: { [PLAN]: TODAY, [NEIGHBOUR]: TODAY, [OVER]: AFTER },
  async load(platform) {
    const problems = [
      ...(await loadInto(platform, PLAN, shipped('kaifeng-145'), true)),
      ...(await loadInto(platform, NEIGHBOUR, shipped('sample-city'), false)),
      ...(await loadInto(platform, OVER, shipped('kaifeng-145'), false)),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
  },
};

/** A whole start of the distributed profile: servers are there already, twelve processes are not. */
const START_MS_MAX = 600_000;

/** Every scenario, on the profile that `start` starts. */
export function describeScenarios(profile: string, start: (world: World) => Promise<Running>): void {
  let app: Running;
  beforeAll(async () => {
    app = await start(WORLD);
  }, START_MS_MAX);
  afterAll(() => app.close());

  describe.each(Object.entries(GROUPS))(`${profile}: %s`, (_name, scenarios) => {
    test.each(scenarios)('$sentence', ({ run }) => run(httpTown(app, PLAN), httpTown(app, NEIGHBOUR)));
  });
  describe(`${profile}: PLAN_LIFE`, () => {
    test.each(PLAN_LIFE)('$sentence', ({ run }) => run(httpTown(app, OVER), httpTown(app, NEIGHBOUR)));
  });
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { holds, touchedOf } from '@planledger/audit-service/reports';
import { makeEntry } from '@planledger/contracts';
import { createAppender, createUuidV7 } from '@planledger/ledger';
import { foldPlan, emptyPlan, planEvents } from '@planledger/plan';
import { PROGRESS_VERSIONS } from '@planledger/progress';
import { projectModel } from '@planledger/project';
import { SECTORS } from '@planledger/sectors';
import { SERVICES } from '@planledger/standalone-service/services';
import { loadInto, shipped, startTestApp, type TestApp } from '@planledger/testing';
import { begins, bodyOf, claims, delivers, DORMITORIES, flats } from '../scenarios/deeds.js';
import { httpTown } from '../scenarios/http-town.js';
import { does, type Town } from '../scenarios/town.js';

const PLAN = 'kaifeng-145-demo';
const clock = (): number => Date.parse('2025-10-31T09:00:00+08:00');

let app: TestApp;
let town: Town;
let [delivery, correction, claim, retraction] = [0, 0, 0, 0];

interface Published {
  readonly report: string;
  readonly at: number;
  readonly nodes?: string[];
}

/** Writes reports into the plan's stream beside the running system, as a second intake process would. */
async function publish(reports: readonly Published[]): Promise<void> {
  const { ledger } = app.platform;
  const appender = createAppender({
    ledger,
    plan: PLAN,
    clock,
    model: projectModel(PLAN, SECTORS, PROGRESS_VERSIONS),
    ids: createUuidV7(clock),
  });
  await appender.start();
  const after = (await ledger.readStream(PLAN, 'plan')).length;
  const events = reports.map((value) => ({ case: 'reportPublished', value }) as const);
  const by = { subject: 'commission', unit: 'city-commission', role: 'commission' };
  const command = { kind: 'import', events, after, by, simulated: true } as const;
  const answer = await appender.submit({ commandId: 'reports-published', bodyDigest: 'f'.repeat(64), command });
  expect(answer.kind).toBe('accepted');
  await appender.close();
}

beforeAll(async () => {
  app = await startTestApp({
    services: SERVICES,
    clock,
    prepare: async (platform) => {
      expect(await loadInto(platform, PLAN, shipped('kaifeng-145'), true)).toEqual([]);
      platform.plans.push(PLAN);
    },
  });
  town = httpTown(app, PLAN);
  const built = await begins(town, DORMITORIES);
  ({ start: claim = 0 } = await claims(built, { start: '2024-05-01' }));
  await claims(built, { acceptance: '2025-06-30' });
  delivery = await delivers(built, flats('block', '2025-07-01', 100));
  const why = { why: 'typing-error', reason: '验收单套数录入错误，以竣工图为准。' };
  const payload = bodyOf(flats('block', '', 90));
  correction = await does(town, built.clerk, `entries/${delivery}/correct`, {
    occurredOn: '2025-07-01',
    ...why,
    payload,
  });
  await publish([
    { report: 'before', at: delivery - 1 },
    { report: 'whole', at: delivery },
    { report: 'item', at: correction - 1, nodes: ['item/B2-1', 'indicator/I13'] },
    { report: 'other-measure', at: correction - 1, nodes: ['measure/B2-1.schools'] },
    { report: 'other-sector', at: correction - 1, nodes: ['sector/health', 'item/B4-3'] },
    { report: 'after', at: correction },
  ]);
  // A claim of no measure: it moves everything of its project's items.
  retraction = await does(town, built.clerk, `entries/${claim}/correct`, {
    occurredOn: '2024-05-02',
    ...why,
    payload: {},
  });
  await town.caughtUp();
});
afterAll(() => app.close());

const reports = async (query: string) => {
  const { status, body } = await town.read('clerk-education-410212', `reports${query}`);
  expect(status).toBe(200);
  return body.reports as { report: string; touchedBy: { correction: number; entry: number }[] }[];
};
const names = (found: readonly { report: string }[]): string[] => found.map(({ report }) => report);

describe('a published report', () => {
  test('is touched by a correction of what it knew and, where it names its figures, of what it shows', async () => {
    expect(names(await reports(`?touched-by=${correction}`))).toEqual(['whole', 'item']);
  });

  test('is touched by a correction of a claim in every measure of the project’s items', async () => {
    expect(names(await reports(`?touched-by=${retraction}`))).toEqual([
      'before',
      'whole',
      'item',
      'other-measure',
      'after',
    ]);
  });

  test('lists all corrections that touch it', async () => {
    const all = await reports('');
    expect(names(all)).toEqual(['before', 'whole', 'item', 'other-measure', 'other-sector', 'after']);
    const touching = Object.fromEntries(all.map(({ report, touchedBy }) => [report, touchedBy]));
    expect(touching['whole']).toEqual([
      { correction, entry: delivery },
      { correction: retraction, entry: claim },
    ]);
    expect(touching['other-sector']).toEqual([]);
  });

  test.each([() => delivery, () => 1, () => 4_000_000])('asked of what is no correction: 400', async (position) => {
    const { status, body } = await town.read('auditor', `reports?touched-by=${position()}`);
    expect([status, body.code]).toEqual([400, 'QUERY_MALFORMED']);
  });
});

describe('a figure holds what was touched', () => {
  const plan = planEvents(shipped('kaifeng-145'), '2022-04-06')
    .map((event, at) => makeEntry({ stream: 'plan', position: at + 1, version: at + 1, event }))
    .reduce(foldPlan, emptyPlan);
  const place = { stream: 'project/p1', sector: 'education', county: '410212' };
  const linked = makeEntry({ ...place, event: { case: 'projectLinkedToPlanItem', value: { item: 'B2-1' } } });
  const delivered = makeEntry({ ...place, event: { case: 'outputDelivered', value: { measure: 'B2-1.schools' } } });
  const claimed = makeEntry({ ...place, event: { case: 'milestoneClaimed', value: { milestone: 'start' } } });
  const observed = makeEntry({ ...place, stream: 'indicator/I04', event: { case: 'indicatorObserved', value: {} } });
  const output = touchedOf(delivered, undefined, [linked, delivered], plan);
  const milestone = touchedOf(claimed, undefined, [linked, claimed], plan);
  const observation = touchedOf(observed, undefined, [observed], plan);

  test.each([
    ['plan', true, true, true],
    ['half/programmes', true, true, false],
    ['half/indicators', false, false, true],
    ['sector/education', true, true, true],
    ['sector/health', false, false, false],
    ['county/410212', true, true, true],
    ['programme/2', true, true, false],
    ['programme/4', false, false, false],
    ['item/B2-1', true, true, false],
    ['under-way/item/B2-1', true, true, false],
    ['measure/B2-1.schools', true, true, false],
    ['measure/B2-1.dormitories', false, true, false],
    ['indicator/I04', false, false, true],
    ['observation/I04/2023', false, false, true],
    ['indicator/I13', false, false, false],
    ['project/p1', true, true, false],
    ['milestone/p1/start', true, true, false],
    ['contribution/B2-1.schools/project/p1/school-9', true, true, false],
    ['contribution/B2-1.schools/project/p2/school-9', false, false, false],
    ['money/anything-new', true, true, true],
  ])('%s: of a delivery %s, of a milestone %s, of an observation %s', (node, ...expected) => {
    expect([output, milestone, observation].map((touched) => holds(node, touched))).toEqual(expected);
  });

  test('and a correction that moves a delivery to another measure touches both', () => {
    const moved = makeEntry({ event: { case: 'outputDelivered', value: { measure: 'B2-1.dormitories' } } });
    const both = touchedOf(delivered, moved.event, [linked, delivered], plan);
    expect(['schools', 'dormitories', 'kindergartens'].map((name) => holds(`measure/B2-1.${name}`, both))).toEqual([
      ...[true, true, false],
    ]);
  });
});

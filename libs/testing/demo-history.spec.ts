import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeEntry, type Entry, type EventType } from '@planledger/contracts';
import { DEMO_LAST_DAY, demoClock, type OpenPlatform, openEmbedded } from '@planledger/host';
import { emptyPlan, foldPlan, loadPlan, punctuality, shippedPlan } from '@planledger/plan';
import { projectIdFor } from '@planledger/project';
import { SECTORS } from '@planledger/sectors';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoHistory } from './demo.js';
import { DEMO_FIRST_DAY, demoHistory, type DemoStep } from './demo-history.js';
import { DEMO_PLAN, shipped } from './simulated-app.js';

const plan = shipped('kaifeng-145');
const few = { projects: 300 };

describe('the steps of the demo history', () => {
  test('are the same each time they are made, and another size makes others', () => {
    const steps = [...demoHistory(plan)];
    expect([...demoHistory(plan)]).toEqual(steps);
    expect([...demoHistory(plan, few)].length).toBeGreaterThan(steps.length);
  });

  test('come in the order of their days, each once, within the days of the demo', () => {
    const steps = [...demoHistory(plan, few)];
    const days = steps.map(({ day }) => day);
    expect(days).toEqual([...days].sort());
    expect([days[0], (days.at(-1) ?? '') <= DEMO_LAST_DAY]).toEqual([DEMO_FIRST_DAY, true]);
    expect(new Set(steps.map(({ commandId }) => commandId)).size).toBe(steps.length);
  });

  test('are begun without the rest: a million are not made to take the first', () => {
    const town = demoHistory(plan, { projects: 60_000 });
    const first: DemoStep[] = [];
    for (const step of town) {
      if (first.push(step) === 100) break;
    }
    expect(first.every(({ day }) => day === DEMO_FIRST_DAY)).toBe(true);
  });

  test('of another plan are those of its own items', () => {
    const result = loadPlan(shippedPlan('sample-city'));
    if ('problems' in result) throw new Error('sample-city does not load');
    const items = new Set(result.plan.items.map(({ item }) => item));
    const linked = [...demoHistory(result.plan)].filter(({ command }) => command === 'linkProject');
    expect(linked.length).toBeGreaterThan(10);
    expect(linked.filter(({ body }) => !items.has(String(body['item'])))).toEqual([]);
  });
});

describe('the history in the ledger', () => {
  const entries: Entry[] = [];
  let platform: OpenPlatform;
  const clock = demoClock(() => 0);
  const folder = mkdtempSync(join(tmpdir(), 'planledger-demo-history-'));
  const write = () => writeDemoHistory(platform, DEMO_PLAN, plan, clock);

  beforeAll(async () => {
    platform = openEmbedded(folder, undefined, () => clock.now());
    expect(await write()).toEqual([]);
    for (let from = 1; ; from = entries.length + 1) {
      const page = await platform.ledger.read(DEMO_PLAN, { from, limit: 1_000 });
      if (page.length === 0) break;
      entries.push(...page.map(({ bytes }) => decodeEntry(bytes)));
    }
  });
  afterAll(async () => {
    await platform.close();
    rmSync(folder, { recursive: true });
  });

  const of = (type: EventType): Entry[] => entries.filter(({ event }) => event.case === type);

  test('is 3,000 entries with the import, within a tenth, none refused, all simulated', async () => {
    expect(Math.abs(entries.length - 3_000)).toBeLessThanOrEqual(300);
    expect(entries.filter(({ simulated }) => !simulated)).toEqual([]);
    expect(await write()).toEqual([]);
    expect((await platform.ledger.head(DEMO_PLAN)).position).toBe(entries.length);
  });

  test('stands in the order of its steps, a position each', () => {
    const steps = [...demoHistory(plan)];
    expect(entries.slice(-steps.length).map(({ commandId }) => commandId)).toEqual(
      steps.map(({ commandId }) => commandId),
    );
  });

  test('gives every item of a programme a project, and nearly every one of the running text', () => {
    const linked = new Set(
      of('projectLinkedToPlanItem').map(({ event }) =>
        event.case === 'projectLinkedToPlanItem' ? event.value.item : '',
      ),
    );
    const unlinked = plan.items.filter(({ item }) => !linked.has(item)).map(({ item }) => item);
    expect(unlinked.filter((item) => item.startsWith('B'))).toEqual([]);
    expect(unlinked.length).toBeLessThan(5);
  });

  test('has projects and indicators of all nine sectors, and all 31 indicators', () => {
    const sectors = [...SECTORS.keys()].sort();
    expect([...new Set(of('projectRegistered').map(({ sector }) => sector))].sort()).toEqual(sectors);
    const observed = new Set(of('indicatorObserved').map(({ stream }) => stream));
    const missing = plan.indicators.filter(({ indicator }) => !observed.has(`indicator/${indicator}`));
    expect(missing).toEqual([]);
  });

  test.each<EventType>([
    ...(['milestoneRejected', 'progressRejected', 'outputRejected', 'outputRevoked', 'outputFactsStated'] as const),
    ...(['entryCorrected', 'entryRetracted', 'milestonePlanned', 'projectCodeBound', 'projectCarriedIn'] as const),
    ...(['projectSuspended', 'projectResumed', 'projectCancelled', 'projectMovedOut'] as const),
    ...(['projectSplit', 'projectMerged', 'offPlanFlagged', 'offPlanAdmitted'] as const),
    ...(['reserveEntered', 'reserveLeft', 'milestoneExempted', 'exemptionApproved', 'exemptionRefused'] as const),
    ...(['rebaselineRequested', 'rebaselineApproved', 'rebaselineRefused'] as const),
    ...(['elementRequested', 'elementAllocated', 'elementUsed', 'elementReleased', 'indicatorRevised'] as const),
    ...(['rosterAdopted', 'targetDecomposed', 'doubtSettled', 'weightSetApproved', 'thresholdsApproved'] as const),
    ...(['periodOpened', 'reportSubmitted', 'reportReturned', 'reportApproved', 'periodClosed'] as const),
    ...(['correctionRequested', 'correctionApproved', 'correctionRefused', 'reportPublished'] as const),
    ...(['supervisionIssued', 'caseEscalated', 'caseClosed', 'findingRaised', 'findingRectified'] as const),
  ])('has %s', (type) => {
    expect(of(type).length).toBeGreaterThan(0);
  });

  test('leaves the months, cases and findings of a few offices in every state that they can be in', () => {
    const state = entries.reduce(foldPlan, emptyPlan);
    const periods = [...state.periods.values()].flatMap((units) => [...units.values()]);
    const statuses = (found: readonly { readonly status: string }[]): string[] =>
      [...new Set(found.map(({ status }) => status))].sort();
    expect(statuses(periods)).toEqual(['approved', 'closed', 'open', 'returned', 'submitted']);
    expect(new Set(periods.map((period) => punctuality(period, DEMO_LAST_DAY)))).toContain('missing');
    expect(periods.some(({ nil }) => nil)).toBe(true);
    const cases = [...state.cases.values()];
    const of = (kind: string) => cases.filter((one) => one.kind === kind);
    expect(statuses(of('supervision'))).toEqual(['closed', 'escalated', 'open']);
    expect(statuses(of('finding'))).toEqual(['closed', 'open', 'rectified']);
  });

  test('corrects after closing what a published report had used, and refuses another correction', () => {
    const reports = [...of('reportPublished')].map(({ event }) =>
      event.case === 'reportPublished' ? event.value.at : 0,
    );
    const approved = of('correctionApproved').map(({ position }) => position);
    expect([reports.length, approved.length, of('correctionRefused').length]).toEqual([2, 1, 1]);
    const requested = of('correctionRequested').find(({ event }) => {
      const asked = event.case === 'correctionRequested' ? event.value.asked : undefined;
      return asked?.case === 'retract' && reports.some((at) => at > asked.value.entry);
    });
    expect(requested?.position).toBeLessThan(approved[0] ?? 0);
  });

  test('stays a draft', () => {
    for (const type of ['planIssued', 'planAdjusted', 'planClosed'] as const) expect(of(type)).toEqual([]);
  });

  test('re-baselines in time and late', () => {
    const late = of('rebaselineRequested').map(({ event }) => event.case === 'rebaselineRequested' && event.value.late);
    expect([...new Set(late)].sort()).toEqual([false, true]);
  });

  /** Streams that have the one event and never the other. */
  const withOnly = (has: EventType, never: EventType): string[] => {
    const others = new Set(of(never).map(({ stream }) => stream));
    return of(has)
      .map(({ stream }) => stream)
      .filter((stream) => !others.has(stream));
  };

  test('leaves some off-plan, starved, idle, unpaid and late', () => {
    expect(withOnly('offPlanFlagged', 'projectLinkedToPlanItem').length).toBeGreaterThan(0);
    // Starved: nothing was given of what was asked for. Paid and not built, land without a start: nothing is reported.
    const ungiven = withOnly('elementRequested', 'elementAllocated');
    const reported = new Set(of('progressReported').map(({ stream }) => stream));
    expect(ungiven.filter((stream) => !reported.has(stream)).length).toBeGreaterThan(0);
    expect(ungiven.filter((stream) => reported.has(stream)).length).toBeGreaterThan(0);
    expect(withOnly('elementUsed', 'progressReported').length).toBeGreaterThan(0);
    expect(withOnly('elementAllocated', 'elementUsed').length).toBeGreaterThan(0);
    expect(withOnly('outputDelivered', 'outputVerified').length).toBeGreaterThan(0);
  });

  test('enters the days before the system began as backfill, each with its evidence', () => {
    const early = entries.filter(({ stream, occurredOn }) => stream !== 'plan' && occurredOn < DEMO_FIRST_DAY);
    expect(early.length).toBeGreaterThan(100);
    expect(early.filter(({ backfilled, evidence }) => !backfilled || evidence.length === 0)).toEqual([]);
    expect(new Set(early.map(({ recordedAt }) => recordedAt.slice(0, 10))).size).toBeGreaterThan(10);
  });

  test('goes on in projects that were registered before their predecessor was split', () => {
    const registered = new Map(of('projectRegistered').map(({ stream, position }) => [stream, position]));
    for (const { event, position } of of('projectSplit')) {
      const into = event.case === 'projectSplit' ? event.value.into : [];
      expect(into.length).toBe(2);
      for (const id of into) expect(registered.get(`project/${id}`)).toBeLessThan(position);
    }
    expect(registered.has(`project/${projectIdFor(DEMO_PLAN, 'demo-000-register')}`)).toBe(true);
  });
});

import { describe, expect, test } from '@jest/globals';
import { effectiveEntries, type EventInit, type Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { beginProject, claimed, DESIGNED, progress, type WrittenStream, writeStream } from './conformance-history.js';
import { foldProject, type ProjectState } from './project.js';
import { OTHER_KIND, type Sector, SERVICE_TEMPLATE, STRUCTURE } from './sector.js';
import { projectProgress, standingOf } from './standing.js';

/** Weights 10 start, 10 and 15 quantities of 1,000, 65 opening. */
const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: {
    building: {
      name: '样例',
      milestones: [...STRUCTURE, { code: 'opening', name: '投用', weight: 65, type: 'service' }],
    },
    service: SERVICE_TEMPLATE,
  },
  unitKinds: { other: OTHER_KIND },
};
const [B0_DUE, NEW_DUE] = ['2024-06-30', '2025-03-31'];
const CODES = ['start', 'foundation', 'topping-out', 'opening'];

const begin = (): WrittenStream => beginProject(SECTOR, 'building');
const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);
const standing = (written: WrittenStream): Standing => standingOf(SECTOR, fold(written), 'p');
const both = (written: WrittenStream, baseline: 'b0' | 'current' = 'b0') =>
  (['claimed', 'verified'] as const).map((confidence) => projectProgress(SECTOR, fold(written), confidence, baseline));

const asked = (change: object = {}): EventInit => ({
  case: 'rebaselineRequested',
  value: {
    baseline: {
      milestones: CODES.map((milestone) => ({ milestone, due: NEW_DUE, designed: 2 * DESIGNED })),
      outputs: [{ measure: 'X-1.units', quantity: 3, due: NEW_DUE }],
      years: [{ year: 2024, yuan: 700n }],
    },
    ...{ why: 2, estimateYuan: 0n, late: false, ...change },
  },
});
const approved = (request: number): EventInit => ({
  case: 'rebaselineApproved',
  value: { request, document: '汴发改〔2024〕9号' },
});
const exempted = (milestone: string): EventInit => ({ case: 'milestoneExempted', value: { milestone } });

/** Asked for and approved by a second person; the positions of both. */
function exempt(written: WrittenStream, milestone: string): number[] {
  const request = written.add('2023-02-01', exempted(milestone), '不涉及');
  return [request, written.add('2023-02-10', { case: 'exemptionApproved', value: { request } })];
}

describe('a re-baselining', () => {
  const dates = (written: WrittenStream) => standing(written).milestones.map(({ due, dueNow }) => [due, dueNow]);
  const every = (due: string, dueNow: string) => CODES.map(() => [due, dueNow]);

  test('that waits changes nothing but who is asked', () => {
    const written = begin();
    const before = { ...standing(written), version: 0, position: 0 };
    const request = written.add('2024-07-01', asked({ late: true }), '用地手续延后');
    const { requests, ...rest } = standing(written);
    expect({ ...rest, requests: [], version: 0, position: 0 }).toEqual(before);
    expect(requests).toMatchObject([
      { position: request, kind: 'rebaseline', on: '2024-07-01', reason: '用地手续延后', milestone: '', entry: 0 },
    ]);
    expect([...fold(written).requests]).toMatchObject([
      [request, { kind: 'rebaseline', on: '2024-07-01', reason: '用地手续延后', asked: { late: true } }],
    ]);
  });

  test('approved moves the current dates and quantities, and leaves B0 as it was', () => {
    const written = begin();
    expect(dates(written)).toEqual(every(B0_DUE, B0_DUE));
    const { designed } = standing(written);
    expect(standing(written).designedNow).toEqual([]);
    const request = written.add('2024-05-01', asked());
    const approval = written.add('2024-05-20', approved(request));
    expect(dates(written)).toEqual(every(B0_DUE, NEW_DUE));
    expect(standing(written)).toMatchObject({ designed, designedNow: [{ quantity: 3, due: NEW_DUE }] });
    expect(standing(written)).toMatchObject({ rebaselines: 1, rebaselinesLate: 0 });
    const { plannedEntries, replannedEntries } = standing(written);
    expect([plannedEntries, replannedEntries]).toEqual([fold(written).baseline?.positions, [request, approval]]);
    expect(plannedEntries).toHaveLength(1);
    expect(fold(written)).toMatchObject({
      requests: new Map(),
      baseline: { outputs: [{ quantity: 2, due: B0_DUE }] },
      rebaselined: { document: '汴发改〔2024〕9号', on: '2024-05-20', positions: [request, approval] },
    });
  });

  test('approved leaves the progress that is measured by B0, and measures the current one by what is designed now', () => {
    const written = begin();
    const report = written.add('2023-02-01', progress({ foundation: DESIGNED }));
    written.add('2023-02-10', { case: 'progressVerified', value: { report } });
    const foundation = () => standing(written).milestones.find(({ milestone }) => milestone === 'foundation');
    // Nothing is said twice of a project whose quantities are those of B0.
    const same = { claimedNow: '', verifiedNow: '', claimedOnNow: '', designed: DESIGNED, designedNow: DESIGNED };
    expect(foundation()).toMatchObject({ claimed: '1', claimedOn: '2023-02-01', ...same });
    const request = written.add('2024-05-01', asked());
    const approval = written.add('2024-05-20', approved(request));
    const moved = { claimedNow: '1/2', verifiedNow: '1/2', claimedOnNow: '', designedNow: 2 * DESIGNED };
    expect(foundation()).toMatchObject({ claimed: '1', claimedOn: '2023-02-01', designed: DESIGNED, ...moved });
    expect(both(written)).toEqual([fraction(10, 100), fraction(10, 100)]);
    expect(both(written, 'current')).toEqual([fraction(5, 100), fraction(5, 100)]);
    written.add('2024-06-01', progress({ foundation: 3 * DESIGNED }));
    expect(foundation()).toMatchObject({ claimedNow: '1', verifiedNow: '1/2', claimedOnNow: '2024-06-01' });
    expect(both(written, 'current')).toEqual([fraction(10, 100), fraction(5, 100)]);
    written.retract(approval);
    expect(foundation()).toMatchObject(same);
  });

  test('refused leaves both baselines, and keeps what was answered and why', () => {
    const written = begin();
    const request = written.add('2024-05-01', asked());
    written.add('2024-05-20', { case: 'rebaselineRefused', value: { request } }, '理由不足');
    expect(dates(written)).toEqual(every(B0_DUE, B0_DUE));
    expect(standing(written).rebaselines).toBe(0);
    expect(fold(written).answered).toMatchObject([{ answer: { approved: false, reason: '理由不足' } }]);
  });

  test('adjusts the estimate where it says so, and the next one keeps what stood', () => {
    const written = begin();
    const register = {
      case: 'projectRegistered',
      value: { name: 'n', template: 'building', estimateYuan: 900n },
    } as const;
    written.correct(written.entries[0]?.position ?? 0, '2021-03-01', register);
    const estimates = () => [standing(written).estimateB0, standing(written).estimate];
    expect(estimates()).toEqual([900n, 900n]);
    written.add('2023-05-20', approved(written.add('2023-05-01', asked({ estimateYuan: 1_100n }))));
    expect(estimates()).toEqual([900n, 1_100n]);
    written.add('2024-05-20', approved(written.add('2024-05-01', asked({ late: true }))));
    expect(estimates()).toEqual([900n, 1_100n]);
    expect(standing(written)).toMatchObject({ rebaselines: 2, rebaselinesLate: 1 });
  });

  test('waits again when its approval is retracted, and is as if never asked when it is itself', () => {
    const written = begin();
    const request = written.add('2024-05-01', asked());
    written.retract(written.add('2024-05-20', approved(request)));
    expect(dates(written)).toEqual(every(B0_DUE, B0_DUE));
    expect([...fold(written).requests.keys()]).toEqual([request]);
    written.add('2024-06-20', approved(request));
    expect(dates(written)).toEqual(every(B0_DUE, NEW_DUE));
    written.retract(request);
    expect(fold(written)).toMatchObject({ requests: new Map(), answered: [], rebaselined: undefined });
    expect(effectiveEntries(written.entries).map(({ event }) => event.case)).not.toContain('rebaselineApproved');
  });
});

describe('an exempted milestone', () => {
  test('drops out of both sums once a second person approves, and not before', () => {
    const written = begin();
    written.add('2023-01-10', claimed('start'));
    const request = written.add('2023-02-01', exempted('opening'));
    expect(both(written)).toEqual([fraction(10, 100), fraction(0)]);
    const approval = written.add('2023-02-10', { case: 'exemptionApproved', value: { request } });
    // 10 of the 35 that are left.
    expect(both(written)).toEqual([fraction(2, 7), fraction(0)]);
    expect(standing(written).milestones.map(({ milestone, exempt: out }) => [milestone, out])).toEqual(
      CODES.map((code) => [code, code === 'opening']),
    );
    expect(standing(written).milestones.at(-1)?.entries).toEqual([request, approval]);
  });

  test('that was refused counts on', () => {
    const written = begin();
    const request = written.add('2023-02-01', exempted('opening'));
    written.add('2023-02-10', { case: 'exemptionRefused', value: { request } });
    expect(standing(written).milestones.some(({ exempt: out }) => out)).toBe(false);
    expect(fold(written).requests.size).toBe(0);
  });

  test('leaves nothing where it was all there is: progress is unknown, not zero and not one', () => {
    const written = beginProject(SECTOR, 'service');
    exempt(written, 'quantity');
    expect(both(written)).toEqual([null, null]);
  });

  test('that is the start leaves the project to start with its first reported quantity', () => {
    const written = begin();
    exempt(written, 'start');
    expect(standing(written).startedOn).toBe('');
    written.add('2023-03-01', progress({ foundation: 1 }));
    expect(standing(written).startedOn).toBe('2023-03-01');
  });
});

describe('money by calendar year', () => {
  const report = (written: WrittenStream, on: string, yuan: bigint): number => written.add(on, progress({}, yuan));
  const verify = (written: WrittenStream, id: number): number =>
    written.add('2025-01-01', { case: 'progressVerified', value: { report: id } });
  const rows = (written: WrittenStream) =>
    standing(written).money.map(({ year, claimed: c, verified, plannedB0, planned }) => [
      ...[year, c, verified, plannedB0, planned],
    ]);

  test('is what the last report of each year says, by its business date', () => {
    const written = begin();
    report(written, '2022-11-30', 100n);
    report(written, '2023-12-31', 300n);
    // Sent late, about a day before.
    report(written, '2022-12-31', 300n);
    report(written, '2023-10-31', 310n);
    report(written, '2024-01-01', 400n);
    expect(rows(written)).toEqual([
      [2022, 300n, 0n, 0n, 0n],
      [2023, 300n, 0n, 0n, 0n],
      [2024, 400n, 0n, 0n, 0n],
    ]);
  });

  test('verified vouches for the reports before it; what came later waits', () => {
    const written = begin();
    report(written, '2022-12-31', 100n);
    const second = report(written, '2023-12-31', 250n);
    report(written, '2024-12-31', 400n);
    verify(written, second);
    expect(rows(written)).toEqual([
      [2022, 100n, 100n, 0n, 0n],
      [2023, 250n, 250n, 0n, 0n],
      // Nothing of 2024 is verified: what stood before stands.
      [2024, 400n, 250n, 0n, 0n],
    ]);
  });

  test('refused falls back to the report before it, verified or not', () => {
    const written = begin();
    verify(written, report(written, '2023-06-30', 100n));
    report(written, '2023-09-30', 200n);
    const last = report(written, '2023-12-31', 900n);
    written.add('2024-01-10', { case: 'progressRejected', value: { report: last } });
    expect(rows(written)).toEqual([[2023, 200n, 100n, 0n, 0n]]);
  });

  test('corrected counts as it was corrected, in the year of its corrected day', () => {
    const written = begin();
    const wrong = report(written, '2023-12-31', 900n);
    written.correct(wrong, '2024-01-31', progress({}, 90n));
    expect(rows(written)).toEqual([[2024, 90n, 0n, 0n, 0n]]);
    written.retract(wrong);
    expect(rows(written)).toEqual([]);
  });

  test('of many reports that nobody answered is the last, and of those refused the last before them', () => {
    const written = begin();
    const verified = report(written, '2023-01-01', 1n);
    verify(written, verified);
    const ids = Array.from({ length: 150 }, (_, at) => report(written, '2023-02-01', BigInt(at + 2)));
    expect(rows(written)).toEqual([[2023, 151n, 1n, 0n, 0n]]);
    for (const id of ids.slice(-24)) {
      written.add('2023-03-01', { case: 'progressRejected', value: { report: id } });
    }
    expect(rows(written)).toEqual([[2023, 127n, 1n, 0n, 0n]]);
  });

  test('stands beside what B0 and the baseline in force planned for each year', () => {
    const written = writeStream('project/p');
    written.add('2021-03-01', { case: 'projectRegistered', value: { name: 'n', template: 'building' } });
    const years = [2023, 2024].map((year) => ({ year, yuan: 500n }));
    written.add('2021-03-02', { case: 'baselineSet', value: { years } });
    report(written, '2022-12-31', 100n);
    expect(rows(written)).toEqual([
      [2022, 100n, 0n, 0n, 0n],
      [2023, 100n, 0n, 500n, 500n],
      [2024, 100n, 0n, 500n, 500n],
    ]);
    written.add('2024-05-20', approved(written.add('2024-05-01', asked())));
    expect(rows(written)).toEqual([
      [2022, 100n, 0n, 0n, 0n],
      [2023, 100n, 0n, 500n, 0n],
      [2024, 100n, 0n, 500n, 700n],
    ]);
  });
});

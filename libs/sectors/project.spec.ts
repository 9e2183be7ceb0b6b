import { describe, expect, test } from '@jest/globals';
import { beginProject, claimed, delivered, factValues, progress, type WrittenStream } from './conformance-history.js';
import { claimFor, factsOn, foldProject, type ProjectState } from './project.js';
import { PENDING_REPORTS_MAX } from './reports.js';
import { OTHER_KIND, type Sector, STRUCTURE } from './sector.js';

/** A sector of no rules: what is tested here is the fold that all share. */
const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: { building: { name: '样例', milestones: STRUCTURE } },
  unitKinds: { other: OTHER_KIND },
};
const UNIT = { unit: 'u-1', measure: 'm' };
const DELIVERY = delivered({ ...UNIT, kind: 'other', quantity: 3, facts: { places: 30 } });

const begin = (): WrittenStream => beginProject(SECTOR, 'building');
const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);
const verifyClaim = (milestone: string, claim: number) =>
  ({ case: 'milestoneVerified', value: { milestone, claim } }) as const;

describe('a claimed milestone', () => {
  test('keeps its claim when it is verified, and loses it with a reason when it is rejected', () => {
    const written = begin();
    const claim = written.add('2023-03-01', claimed('start'));
    written.add('2023-03-05', verifyClaim('start', claim));
    expect(fold(written).milestones.get('start')).toMatchObject({
      claimed: { on: '2023-03-01' },
      verified: { on: '2023-03-05' },
    });

    const again = begin();
    const refused = again.add('2023-03-01', claimed('start'));
    again.add('2023-03-05', { case: 'milestoneRejected', value: { milestone: 'start', claim: refused } }, '现场未开工');
    expect(fold(again).milestones.get('start')).toMatchObject({
      claimed: undefined,
      rejected: { reason: '现场未开工' },
    });
    again.add('2023-04-01', claimed('start'));
    expect(fold(again).milestones.get('start')).toMatchObject({ claimed: { on: '2023-04-01' }, rejected: undefined });
  });

  test('falls back to claimed when it is corrected after its verification, and can be verified anew', () => {
    const written = begin();
    const claim = written.add('2023-03-01', claimed('start'));
    written.add('2023-03-05', verifyClaim('start', claim));
    const correction = written.correct(claim, '2023-03-20', claimed('start'));
    expect(fold(written).milestones.get('start')).toMatchObject({
      claimed: { on: '2023-03-20', positions: [claim, correction] },
      verified: undefined,
    });
    written.add('2023-04-01', verifyClaim('start', claim));
    expect(fold(written).milestones.get('start')?.verified?.on).toBe('2023-04-01');
  });

  test('is gone when it is retracted, and its verification with it', () => {
    const written = begin();
    const claim = written.add('2023-03-01', claimed('start'));
    written.add('2023-03-05', verifyClaim('start', claim));
    written.retract(claim);
    expect(fold(written).milestones.get('start')).toBeUndefined();
  });

  test('of a unit is that unit’s alone, and goes before the project’s', () => {
    const written = begin();
    written.add('2023-03-01', claimed('start'));
    written.add('2023-04-01', claimed('start', 'u-1'));
    written.add('2023-05-01', DELIVERY);
    written.add('2023-05-01', delivered({ unit: 'u-2', measure: 'm', kind: 'other', quantity: 1, facts: {} }));
    const project = fold(written);
    const days = [...project.units.values()].map((unit) => claimFor(project, unit, 'start')?.on);
    expect(days).toEqual(['2023-04-01', '2023-03-01']);
  });
});

describe('reported progress', () => {
  const done = (project: ProjectState) =>
    [project.progress.claimed, project.progress.verified].map((report) => report?.done.get('foundation'));
  const answer = (written: WrittenStream, report: number, verified: boolean): number =>
    written.add(
      '2023-09-01',
      verified ? { case: 'progressVerified', value: { report } } : { case: 'progressRejected', value: { report } },
    );
  const report = (written: WrittenStream, amount: number): number =>
    written.add('2023-08-01', progress({ foundation: amount }, BigInt(amount)));

  test('rejected falls back to the newest report that was not', () => {
    const written = begin();
    report(written, 100);
    const second = report(written, 200);
    answer(written, second, false);
    expect(done(fold(written))).toEqual([100, undefined]);
    answer(written, report(written, 150), false);
    expect(done(fold(written))).toEqual([100, undefined]);
  });

  test('rejected falls back to the verified one where no other waits', () => {
    const written = begin();
    answer(written, report(written, 100), true);
    answer(written, report(written, 200), false);
    expect(done(fold(written))).toEqual([100, 100]);
  });

  test('rejecting an older report leaves the newest as the claim', () => {
    const written = begin();
    const first = report(written, 100);
    report(written, 200);
    answer(written, first, false);
    expect(done(fold(written))).toEqual([200, undefined]);
  });

  test('verifying one answers the older ones too: quantities are cumulative', () => {
    const written = begin();
    report(written, 100);
    const second = report(written, 200);
    report(written, 300);
    answer(written, second, true);
    const project = fold(written);
    expect(done(project)).toEqual([300, 200]);
    expect(project.progress.pending.map(({ completedYuan }) => completedYuan)).toEqual([300n]);
  });

  test('retracted is as if it had never been; corrected waits for its answer again', () => {
    const written = begin();
    report(written, 100);
    const second = report(written, 200);
    answer(written, second, true);
    written.correct(second, '2023-08-01', progress({ foundation: 180 }));
    expect(done(fold(written))).toEqual([180, undefined]);
    written.retract(second);
    expect(done(fold(written))).toEqual([100, undefined]);
  });

  test('keeps a limited number of reports that wait, the newest', () => {
    const written = begin();
    for (let n = 1; n <= PENDING_REPORTS_MAX + 2; n++) report(written, n);
    const { pending } = fold(written).progress;
    expect(pending).toHaveLength(PENDING_REPORTS_MAX);
    expect(pending[0]?.done.get('foundation')).toBe(3);
  });
});

describe('a delivered unit', () => {
  test('states facts that hold from a day on', () => {
    const written = begin();
    written.add('2023-05-01', DELIVERY);
    const stated = { ...UNIT, since: '2024-01-01', facts: factValues({ places: 45 }) };
    written.add('2024-02-01', { case: 'outputFactsStated', value: stated });
    const [unit] = fold(written).units.values();
    expect(unit && ['2023-12-31', '2024-01-01'].map((on) => factsOn(unit, on)['places'])).toEqual([30, 45]);
  });

  test('is gone when it is rejected or retracted; lost, it keeps the day on which it was', () => {
    const rejected = begin();
    const delivery = rejected.add('2023-05-01', DELIVERY);
    rejected.add('2023-06-01', { case: 'outputRejected', value: { ...UNIT, delivery } });
    expect(fold(rejected).units.size).toBe(0);

    const retracted = begin();
    retracted.retract(retracted.add('2023-05-01', DELIVERY));
    expect(fold(retracted).units.size).toBe(0);

    const lost = begin();
    lost.add('2023-05-01', DELIVERY);
    lost.add('2024-06-01', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-05-20' } });
    expect(fold(lost).units.get('m/u-1')?.lost?.on).toBe('2024-05-20');
  });

  test('delivered again after a loss stands beside what was lost', () => {
    const written = begin();
    written.add('2023-05-01', DELIVERY);
    written.add('2024-06-01', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-05-20' } });
    written.add('2024-08-01', DELIVERY);
    const { units, lostUnits } = fold(written);
    expect(units.get('m/u-1')).toMatchObject({ delivered: { on: '2024-08-01' }, lost: undefined });
    expect(lostUnits).toMatchObject([{ delivered: { on: '2023-05-01' }, lost: { on: '2024-05-20' } }]);
  });

  test('falls back to claimed when its delivery is corrected', () => {
    const written = begin();
    const delivery = written.add('2023-05-01', DELIVERY);
    written.add('2023-06-01', { case: 'outputVerified', value: { ...UNIT, delivery } });
    expect(fold(written).units.get('m/u-1')?.verified).toBeDefined();
    written.correct(delivery, '2023-05-01', delivered({ ...UNIT, kind: 'other', quantity: 2, facts: {} }));
    expect(fold(written).units.get('m/u-1')).toMatchObject({ quantity: 2, verified: undefined });
  });
});

test.each([
  ['suspended', { case: 'projectSuspended' as const, value: {} }, ''],
  ['cancelled', { case: 'projectCancelled' as const, value: { document: '汴发改〔2024〕1号' } }, '汴发改〔2024〕1号'],
  ['moved-out', { case: 'projectMovedOut' as const, value: { document: '汴发改〔2024〕2号' } }, '汴发改〔2024〕2号'],
] as const)('a project may be %s, and resumed where that is undone', (status, event, document) => {
  const written = begin();
  const ending = written.add('2024-01-01', event);
  expect(fold(written).lifecycle).toMatchObject({ status, document, since: { on: '2024-01-01' } });
  written.retract(ending);
  expect(fold(written).lifecycle).toMatchObject({ status: 'active', document: '' });
});

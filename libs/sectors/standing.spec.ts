import { describe, expect, test } from '@jest/globals';
import { Confidence, ProjectStatus, type Standing } from '@planledger/contracts';
import { fraction } from '@planledger/kernel';
import { beginProject, claimed, delivered, progress, type WrittenStream, writeStream } from './conformance-history.js';
import { claimFor, emptyProject, foldProject, type ProjectState } from './project.js';
import { countsOnceAll, OTHER_KIND, type Sector, SERVICE_TEMPLATE, STRUCTURE } from './sector.js';
import { projectProgress, standingOf } from './standing.js';

/** Weights 10 start, 10 and 15 quantities of 1,000, 65 opening. */
const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v7', refusals: {}, views: {} },
  templates: {
    building: {
      name: '样例',
      milestones: [...STRUCTURE, { code: 'opening', name: '投用', weight: 65, type: 'service' }],
    },
    service: SERVICE_TEMPLATE,
  },
  unitKinds: {
    other: OTHER_KIND,
    house: {
      ...OTHER_KIND,
      countsFrom(unit, project) {
        const opening = claimFor(project, unit, 'opening');
        return opening ? countsOnceAll(opening) : { waitingFor: 'TOY_CLOSED', entries: [] };
      },
    },
  },
};
const UNIT = { unit: 'u-1', measure: 'm' };
const DELIVERY = { ...UNIT, quantity: 3, facts: {}, member: 'east' };

const begin = (): WrittenStream => beginProject(SECTOR, 'building');
const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);
const standing = (written: WrittenStream): Standing => standingOf(SECTOR, fold(written), 'p', 2);
const lose = (written: WrittenStream, lostOn: string): number =>
  written.add(lostOn, { case: 'outputRevoked', value: { ...UNIT, lostOn } });

describe('the progress of a project', () => {
  const both = (written: WrittenStream) =>
    (['claimed', 'verified'] as const).map((confidence) => projectProgress(SECTOR, fold(written), confidence));

  test('is an exact fraction of the weights, claimed and verified', () => {
    const written = begin();
    const start = written.add('2023-01-10', claimed('start'));
    expect(both(written)).toEqual([fraction(10, 100), fraction(0)]);
    written.add('2023-01-11', { case: 'milestoneVerified', value: { milestone: 'start', claim: start } });
    const report = written.add('2023-02-01', progress({ foundation: 333, 'topping-out': 1 }));
    // 10 + 10 · 333/1000 + 15 · 1/1000, of 100.
    expect(both(written)).toEqual([fraction(13_345, 100_000), fraction(10, 100)]);
    written.add('2023-03-01', progress({ foundation: 500, 'topping-out': 1 }));
    written.add('2023-03-02', { case: 'progressVerified', value: { report } });
    expect(both(written)).toEqual([fraction(15_015, 100_000), fraction(13_345, 100_000)]);
  });

  test('of more done than designed is one', () => {
    const written = begin();
    written.add('2023-02-01', progress({ foundation: 1_200 }));
    expect(both(written)).toEqual([fraction(10, 100), fraction(0)]);
  });

  test('of a quantity that its plan leaves out or designs as nothing is none', () => {
    const written = writeStream('project/p');
    written.add('2023-01-01', { case: 'projectRegistered', value: { name: 'n', sector: 'toy', template: 'building' } });
    const milestones = [{ milestone: 'foundation', due: '2025-12-31', designed: 0 }];
    written.add('2023-01-02', { case: 'baselineSet', value: { milestones } });
    written.add('2023-02-01', progress({ foundation: 5, 'topping-out': 5 }));
    expect(both(written)).toEqual([fraction(0), fraction(0)]);
  });

  test('of a third and its rest is whole: nothing is rounded', () => {
    const written = writeStream('project/p');
    written.add('2023-01-01', { case: 'projectRegistered', value: { name: 'n', sector: 'toy', template: 'service' } });
    const milestones = [{ milestone: 'quantity', due: '2025-12-31', designed: 3 }];
    written.add('2023-01-02', { case: 'baselineSet', value: { milestones } });
    written.add('2023-02-01', progress({ quantity: 1 }));
    expect(both(written)).toEqual([fraction(1, 3), fraction(0)]);
    written.add('2023-03-01', progress({ quantity: 3 }));
    expect(both(written)).toEqual([fraction(1), fraction(0)]);
  });

  test('is unknown before its milestone plan, never zero', () => {
    const written = writeStream('project/p');
    written.add('2023-01-01', { case: 'projectRegistered', value: { name: 'n', sector: 'toy', template: 'building' } });
    expect(both(written)).toEqual([null, null]);
    expect(both(begin())).toEqual([fraction(0), fraction(0)]);
  });

  test('falls back with the report or claim that is rejected', () => {
    const written = begin();
    written.add('2023-02-01', progress({ foundation: 100 }));
    const report = written.add('2023-03-01', progress({ foundation: 900 }));
    expect(both(written)[0]).toEqual(fraction(9, 100));
    written.add('2023-03-02', { case: 'progressRejected', value: { report } });
    expect(both(written)[0]).toEqual(fraction(1, 100));
  });
});

describe('the standing of a unit', () => {
  test('is one contribution claimed and, once verified, another, with the entries that made each', () => {
    const written = begin();
    const delivery = written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'other' }));
    const common = {
      measure: 'm',
      unit: 'u-1',
      member: 'east',
      quantity: 3,
      county: '410221',
      from: '2023-05-01',
      until: '',
    };
    expect(standing(written).contributions).toMatchObject([
      { ...common, confidence: Confidence.CLAIMED, entries: [delivery] },
    ]);
    const answer = written.add('2023-06-01', { case: 'outputVerified', value: { ...UNIT, delivery } });
    // The day of verifying decides nothing (DOMAIN §2): both count from the same day.
    expect(standing(written).contributions).toMatchObject([
      { ...common, confidence: Confidence.CLAIMED, entries: [delivery] },
      { ...common, confidence: Confidence.VERIFIED, entries: [delivery, answer] },
    ]);
  });

  test('that waits is listed with the reason, and counts once it no longer waits', () => {
    const written = begin();
    const delivery = written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'house' }));
    expect(standing(written)).toMatchObject({
      contributions: [],
      uncounted: [{ unit: 'u-1', quantity: 3, reason: 'TOY_CLOSED', entries: [delivery] }],
    });
    const opening = written.add('2023-06-01', claimed('opening'));
    expect(standing(written)).toMatchObject({
      contributions: [{ from: '2023-06-01', entries: [delivery, opening] }],
      uncounted: [],
    });
  });

  test('names its entries in the order of the ledger, whatever was claimed first', () => {
    const written = begin();
    const opening = written.add('2023-04-01', claimed('opening'));
    const delivery = written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'house' }));
    expect(standing(written).contributions).toMatchObject([{ from: '2023-04-01', entries: [opening, delivery] }]);
  });

  test('that is lost counts until that day, by the entry that says so', () => {
    const written = begin();
    const delivery = written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'other' }));
    const loss = lose(written, '2024-05-20');
    expect(standing(written).contributions).toMatchObject([
      { from: '2023-05-01', until: '2024-05-20', entries: [delivery, loss] },
    ]);
    written.retract(loss);
    expect(standing(written).contributions).toMatchObject([{ from: '2023-05-01', until: '', entries: [delivery] }]);
  });

  test('that is lost before it would have counted counts on no day', () => {
    const written = begin();
    written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'house' }));
    written.add('2024-05-20', claimed('opening'));
    lose(written, '2024-05-20');
    expect(standing(written)).toMatchObject({ contributions: [], uncounted: [] });
  });

  test('that is lost and delivered again keeps both of its times', () => {
    const written = begin();
    written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'other' }));
    lose(written, '2024-05-20');
    written.add('2024-08-01', delivered({ ...DELIVERY, kind: 'other', quantity: 5 }));
    expect(standing(written).contributions).toMatchObject([
      { from: '2023-05-01', until: '2024-05-20', quantity: 3 },
      { from: '2024-08-01', until: '', quantity: 5 },
    ]);
  });

  test('leaves with its rejection or retraction', () => {
    const written = begin();
    const delivery = written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'other' }));
    written.add('2023-06-01', { case: 'outputRejected', value: { ...UNIT, delivery } });
    expect(standing(written).contributions).toEqual([]);
  });

  test('of a kind the sector does not know is not counted', () => {
    const written = begin();
    written.add('2023-05-01', delivered({ ...DELIVERY, kind: 'castle' }));
    expect(standing(written)).toMatchObject({ contributions: [], uncounted: [] });
  });
});

describe('the standing of a project', () => {
  test('says what it is, which rules made it and what it was designed to deliver', () => {
    const written = begin();
    const { entries } = written;
    expect(standing(written)).toMatchObject({
      ...{
        plan: 'p',
        stream: 'project/p-1',
        generation: 2,
        version: entries.length,
        position: entries.at(-1)?.position,
      },
      ...{ sector: 'toy', rules: 'v7', name: '项目p-1', county: '410221', unit: 'bureau-1', items: ['X-1'] },
      designed: [{ measure: 'X-1.units', quantity: 2, due: '2024-06-30' }],
      status: ProjectStatus.ACTIVE,
    });
    written.add('2024-01-01', { case: 'projectCancelled', value: { document: '汴发改〔2024〕1号' } });
    expect(standing(written).status).toBe(ProjectStatus.CANCELLED);
  });

  test('starts with the first 开工 of any of its units', () => {
    const written = begin();
    written.add('2023-01-01', claimed('opening'));
    expect(standing(written).startedOn).toBe('');
    written.add('2023-04-01', claimed('start'));
    written.add('2023-03-01', claimed('start', 'u-2'));
    expect(standing(written).startedOn).toBe('2023-03-01');
  });

  test('of work that builds nothing starts with its first report', () => {
    const written = beginProject(SECTOR, 'service');
    const first = written.add('2023-02-01', progress({ quantity: 10 }));
    expect(standing(written).startedOn).toBe('2023-02-01');
    const second = written.add('2023-04-01', progress({ quantity: 20 }));
    written.add('2023-05-01', progress({ quantity: 30 }));
    expect(standing(written).startedOn).toBe('2023-02-01');
    // Refused, it began nothing; what was verified began it for good.
    written.add('2023-05-02', { case: 'progressRejected', value: { report: first } });
    expect(standing(written).startedOn).toBe('2023-04-01');
    written.add('2023-05-03', { case: 'progressVerified', value: { report: second } });
    written.add('2023-06-01', progress({ quantity: 40 }));
    expect(standing(written).startedOn).toBe('2023-04-01');
  });

  test('dates a milestone by its claim, a quantity by the report that reached it', () => {
    const written = begin();
    const start = written.add('2023-01-10', claimed('start'));
    const report = written.add('2023-02-01', progress({ foundation: 1_000, 'topping-out': 999 }));
    const reached = standing(written).milestones.map(({ milestone, due, claimedOn, entries }) => ({
      milestone,
      due,
      claimedOn,
      entries,
    }));
    const due = '2024-06-30';
    expect(reached).toEqual([
      { milestone: 'start', due, claimedOn: '2023-01-10', entries: [start] },
      { milestone: 'foundation', due, claimedOn: '2023-02-01', entries: [report] },
      { milestone: 'topping-out', due, claimedOn: '', entries: [report] },
      { milestone: 'opening', due, claimedOn: '', entries: [] },
    ]);
  });

  test('that has not begun is empty', () => {
    expect(standingOf(SECTOR, emptyProject('project/p'), 'p')).toMatchObject({
      name: '',
      milestones: [],
      contributions: [],
    });
  });
});

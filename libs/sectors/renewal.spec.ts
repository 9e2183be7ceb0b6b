import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, ProjectStatus, type Standing } from '@planledger/contracts';
import {
  beginProject,
  claimed,
  delivered,
  factValues,
  progress,
  type WrittenStream,
  writeStream,
} from './conformance-history.js';
import { foldProject, type ProjectState } from './project.js';
import { countsOnceAll, heldSince, OTHER_KIND, type Sector, STRUCTURE } from './sector.js';
import { standingOf } from './standing.js';

const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: { building: { name: '样例', milestones: STRUCTURE } },
  unitKinds: {
    other: OTHER_KIND,
    certified: {
      ...OTHER_KIND,
      countsFrom(unit) {
        const held = heldSince(unit, 'certified');
        return held ? countsOnceAll(held) : { waitingFor: 'TOY_NOT_CERTIFIED', entries: [] };
      },
    },
  },
};
const UNIT = { unit: 'u-1', measure: 'm' };
const DOCUMENT = '汴发改〔2024〕20号';
const BOTH = ['p2', 'p3'];
const begin = (): WrittenStream => beginProject(SECTOR, 'building');
const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);
const standing = (written: WrittenStream): Standing => standingOf(SECTOR, fold(written), 'p');

describe('codes over time', () => {
  test('the earliest number of the statistics library says since when the project is in it', () => {
    const written = writeStream('project/1');
    const codes = [{ kind: 'approval', value: '1号' }];
    written.add('2022-03-01', { case: 'projectRegistered', value: { name: 'n', codes } });
    const entered = () => {
      const { statisticsFrom, statisticsEntries } = standing(written);
      return [statisticsFrom, statisticsEntries];
    };
    expect(entered()).toEqual(['', []]);
    const bindNumber = (on: string, number: string, validFrom: string, replaces = '') => {
      const code = { kind: 'statistics', value: number };
      return written.add(on, { case: 'projectCodeBound', value: { code, validFrom, replaces } });
    };
    const first = bindNumber('2022-05-02', 'TJK-1', '2022-05-01');
    bindNumber('2023-05-02', 'TJK-2', '2023-05-01', 'TJK-1');
    expect(entered()).toEqual(['2022-05-01', [first]]);
  });

  const approval = (value: string, validFrom: string, replaces = '') =>
    ({ case: 'projectCodeBound', value: { code: { kind: 'approval', value }, validFrom, replaces } }) as const;

  test('stay known, each with the days on which it held; a replaced one ends where its successor begins', () => {
    const written = writeStream('project/p');
    const codes = [{ kind: 'approval', value: '1号' }];
    const registration = written.add('2022-03-01', { case: 'projectRegistered', value: { name: 'n', codes } });
    const second = written.add('2022-06-01', approval('2号', '2022-05-20'));
    const third = written.add('2023-01-10', approval('3号', '2023-01-01', '1号'));
    const shown = () =>
      fold(written).codes.map(({ value, from, until, positions }) => [value, from, until ?? null, positions]);
    expect(shown()).toEqual([
      ['1号', '2022-03-01', '2023-01-01', [registration]],
      ['2号', '2022-05-20', null, [second]],
      ['3号', '2023-01-01', null, [third]],
    ]);
    written.retract(third);
    expect(shown()).toEqual([
      ['1号', '2022-03-01', null, [registration]],
      ['2号', '2022-05-20', null, [second]],
    ]);
  });

  test('of another kind are not replaced by the same value', () => {
    const written = writeStream('project/p');
    const codes = [{ kind: 'internal', value: '1号' }];
    written.add('2022-03-01', { case: 'projectRegistered', value: { name: 'n', codes } });
    written.add('2023-01-10', approval('3号', '2023-01-01', '1号'));
    expect(fold(written).codes.map(({ until }) => until)).toEqual([undefined, undefined]);
  });
});

describe('a project off-plan', () => {
  test('stands beside the plan from the day of its flag until it is admitted', () => {
    const written = begin();
    expect(standing(written)).toMatchObject({ offPlan: false, offPlanSince: '' });
    written.add('2023-03-01', { case: 'offPlanFlagged', value: {} });
    expect(standing(written)).toMatchObject({ offPlan: true, offPlanSince: '2023-03-01' });
    written.add('2023-05-01', { case: 'offPlanAdmitted', value: { document: DOCUMENT } });
    expect(standing(written)).toMatchObject({ offPlan: false, offPlanSince: '' });
    expect(fold(written).admitted).toMatchObject({ on: '2023-05-01', document: DOCUMENT });
    written.add('2024-02-01', { case: 'offPlanFlagged', value: {} });
    expect(standing(written)).toMatchObject({ offPlan: true, offPlanSince: '2024-02-01' });
    expect(fold(written).admitted).toBeUndefined();
  });
});

test('a project is in the reserve from its entry to its leaving', () => {
  const written = begin();
  written.add('2022-03-01', { case: 'reserveEntered', value: {} });
  expect(standing(written)).toMatchObject({ inReserve: true, reserveSince: '2022-03-01', reserved: [] });
  written.add('2022-09-01', { case: 'reserveLeft', value: {} });
  expect(standing(written)).toMatchObject({ inReserve: false, reserved: [{ until: '2022-09-01' }] });
});

describe('a project that stands still or ends', () => {
  const ENDINGS: readonly [string, ProjectStatus, EventInit, string, readonly string[]][] = [
    ['suspended', ProjectStatus.SUSPENDED, { case: 'projectSuspended', value: {} }, '', []],
    ['cancelled', ProjectStatus.CANCELLED, { case: 'projectCancelled', value: { document: DOCUMENT } }, DOCUMENT, []],
    ['moved out', ProjectStatus.MOVED_OUT, { case: 'projectMovedOut', value: { document: DOCUMENT } }, DOCUMENT, []],
    ['split', ProjectStatus.SPLIT, { case: 'projectSplit', value: { into: BOTH, document: DOCUMENT } }, DOCUMENT, BOTH],
    [
      'merged',
      ProjectStatus.MERGED,
      { case: 'projectMerged', value: { into: 'p2', document: DOCUMENT } },
      DOCUMENT,
      ['p2'],
    ],
  ];
  test.each(ENDINGS)(
    'is %s from a day on, by its document, and keeps what it delivered',
    (_how, status, event, document, into) => {
      const written = begin();
      written.add('2023-05-01', delivered({ ...UNIT, kind: 'other', quantity: 3, facts: {} }));
      expect(standing(written)).toMatchObject({ status: ProjectStatus.ACTIVE, statusSince: '', document: '' });
      written.add('2024-04-01', event);
      expect(standing(written)).toMatchObject({
        ...{ status, statusSince: '2024-04-01', document },
        contributions: [{ from: '2023-05-01', until: '', quantity: 3 }],
      });
      expect(fold(written).lifecycle.into).toEqual(into);
      // Whoever sums standings up must know who goes on with its work: its successors publish on their own.
      expect(standing(written).successors).toEqual(into.map((id) => `project/${id}`));
    },
  );

  test('is active again since the day on which it was resumed', () => {
    const written = begin();
    written.add('2024-04-01', { case: 'projectSuspended', value: {} });
    written.add('2024-06-01', { case: 'projectResumed', value: {} });
    expect(standing(written)).toMatchObject({ status: ProjectStatus.ACTIVE, statusSince: '2024-06-01' });
  });

  const days = (written: WrittenStream): unknown =>
    standing(written).suspensions.map(({ from, until }) => [from, until]);

  test('says of each suspension that is over from which day to which, by day, and of the last where it ended', () => {
    const written = begin();
    expect(days(written)).toEqual([]);
    written.add('2024-04-01', { case: 'projectSuspended', value: {} });
    expect(days(written)).toEqual([]);
    written.add('2024-06-01', { case: 'projectResumed', value: {} });
    // Entered late: it was before the other.
    written.add('2023-02-01', { case: 'projectSuspended', value: {} });
    written.add('2023-03-01', { case: 'projectResumed', value: {} });
    // Of no day.
    written.add('2024-07-01', { case: 'projectSuspended', value: {} });
    written.add('2024-07-01', { case: 'projectResumed', value: {} });
    written.add('2024-09-01', { case: 'projectSuspended', value: {} });
    const both = [['2023-02-01', '2023-03-01'], ['2024-04-01', '2024-06-01']]; // prettier-ignore
    expect(days(written)).toEqual(both);
    written.add('2025-01-01', { case: 'projectCancelled', value: { document: DOCUMENT } });
    expect(days(written)).toEqual([...both, ['2024-09-01', '2025-01-01']]);
    expect(standing(written)).toMatchObject({ status: ProjectStatus.CANCELLED, statusSince: '2025-01-01' });
  });

  test('a suspension is as its correction has it, and none once it is retracted', () => {
    const written = begin();
    const suspended = written.add('2024-04-01', { case: 'projectSuspended', value: {} });
    const resumed = written.add('2024-06-01', { case: 'projectResumed', value: {} });
    written.correct(suspended, '2024-05-01', { case: 'projectSuspended', value: {} });
    expect(days(written)).toEqual([['2024-05-01', '2024-06-01']]);
    written.add('2024-08-01', { case: 'projectSuspended', value: {} });
    written.retract(resumed);
    // It never went on between the two.
    expect(days(written)).toEqual([['2024-05-01', '2024-08-01']]);
    written.retract(suspended);
    expect(days(written)).toEqual([]);
    expect(standing(written)).toMatchObject({ status: ProjectStatus.SUSPENDED, statusSince: '2024-08-01' });
  });
});

test('a project carried in is registered by that, and nothing of what it delivered elsewhere counts here', () => {
  const written = writeStream('project/p');
  const registration = { name: '结转项目', sector: 'toy', county: '410221', unit: 'bureau-1', template: 'building' };
  const origin = { fromPlan: 'kaifeng-135', position: 88, leafHash: 'a'.repeat(64) };
  const opening = [{ measure: 'm', quantity: 4 }];
  written.add('2022-01-05', { case: 'projectCarriedIn', value: { ...origin, registration, opening } });
  expect(fold(written).registration).toMatchObject({ name: '结转项目', on: '2022-01-05' });
  expect(fold(written).carriedIn).toMatchObject({ ...origin, opening });
  expect(standing(written)).toMatchObject({ name: '结转项目', sector: 'toy', contributions: [], uncounted: [] });
});

describe('later facts of a unit', () => {
  const deliver = (written: WrittenStream): number =>
    written.add('2023-05-01', delivered({ ...UNIT, kind: 'certified', quantity: 1, facts: {} }));
  const state = (written: WrittenStream, certified: boolean, since: string): number =>
    written.add('2023-08-01', {
      case: 'outputFactsStated',
      value: { ...UNIT, since, facts: factValues({ certified }) },
    });
  const answer = (written: WrittenStream, delivery: number, statement: number, verified = true): number => {
    const value = { ...UNIT, delivery, statement };
    return written.add('2023-09-01', verified ? { case: 'outputVerified', value } : { case: 'outputRejected', value });
  };
  const counted = (written: WrittenStream) => {
    const { contributions, uncounted } = standing(written);
    return [...contributions, ...uncounted].map((one) => ('from' in one ? one.from : one.reason));
  };

  test('count as claimed when they are stated, and as verified when they are verified', () => {
    const written = begin();
    const delivery = deliver(written);
    const verified = answer(written, delivery, 0);
    expect(counted(written)).toEqual(['TOY_NOT_CERTIFIED', 'TOY_NOT_CERTIFIED']);
    const statement = state(written, true, '2023-07-01');
    expect(counted(written)).toEqual(['2023-07-01', 'TOY_NOT_CERTIFIED']);
    const answered = answer(written, delivery, statement);
    expect(standing(written).contributions).toMatchObject([
      { from: '2023-07-01', entries: [delivery, statement] },
      { from: '2023-07-01', entries: [delivery, verified, statement, answered] },
    ]);
  });

  test('do not make a unit verified whose delivery is not', () => {
    const written = begin();
    const delivery = deliver(written);
    answer(written, delivery, state(written, true, '2023-07-01'));
    expect(standing(written).contributions).toHaveLength(1);
    expect(fold(written).units.get('m/u-1')?.verified).toBeUndefined();
  });

  test('are dropped where they are refused, and the delivery stands as it stood', () => {
    const written = begin();
    const delivery = deliver(written);
    answer(written, delivery, 0);
    answer(written, delivery, state(written, true, '2023-07-01'), false);
    expect(counted(written)).toEqual(['TOY_NOT_CERTIFIED', 'TOY_NOT_CERTIFIED']);
    expect(fold(written).units.get('m/u-1')).toMatchObject({ statements: [], verified: { on: '2023-09-01' } });
  });

  test('that take a verified fact back take it back from the verified figure once verified themselves', () => {
    const written = begin();
    const delivery = deliver(written);
    answer(written, delivery, 0);
    answer(written, delivery, state(written, true, '2023-06-01'));
    const taken = state(written, false, '2023-07-01');
    expect(counted(written)).toEqual(['2023-06-01', 'TOY_NOT_CERTIFIED']);
    answer(written, delivery, taken);
    expect(counted(written)).toEqual(['TOY_NOT_CERTIFIED', 'TOY_NOT_CERTIFIED']);
  });

  test('fall back to stated when they are corrected, and leave no trace when they are retracted', () => {
    const written = begin();
    const delivery = deliver(written);
    answer(written, delivery, 0);
    const statement = state(written, true, '2023-06-01');
    answer(written, delivery, statement);
    const value = { ...UNIT, since: '2023-06-10', facts: factValues({ certified: true }) };
    written.correct(statement, '2023-08-01', { case: 'outputFactsStated', value });
    expect(counted(written)).toEqual(['2023-06-10', 'TOY_NOT_CERTIFIED']);
    answer(written, delivery, statement);
    expect(counted(written)).toEqual(['2023-06-10', '2023-06-10']);
    written.retract(statement);
    expect(counted(written)).toEqual(['TOY_NOT_CERTIFIED', 'TOY_NOT_CERTIFIED']);
  });
});

describe('the last report of a clerk', () => {
  test('is the latest day of which he claimed, reported or delivered, whoever answers and in whatever order', () => {
    const written = begin();
    expect(standing(written)).toMatchObject({ reportedOn: '', backfilled: false });
    const claim = written.add('2023-03-01', claimed('start'));
    written.add('2023-03-09', { case: 'milestoneVerified', value: { milestone: 'start', claim } });
    expect(standing(written).reportedOn).toBe('2023-03-01');
    written.add('2023-08-01', progress({ foundation: 5 }));
    written.add('2023-07-01', delivered({ ...UNIT, kind: 'other', quantity: 1, facts: {} }));
    expect(standing(written).reportedOn).toBe('2023-08-01');
  });

  test('is 补录 as long as all of them are', () => {
    const written = begin();
    const old = written.add('2021-06-01', claimed('start'));
    Object.assign(written.entries.at(-1) ?? {}, { backfilled: true });
    expect(standing(written)).toMatchObject({ reportedOn: '2021-06-01', backfilled: true });
    // Corrected to a day on which the system ran, it is no longer 补录.
    const event = { case: 'milestoneClaimed', value: { milestone: 'start' } } as const;
    const value = { entry: old, why: 1, occurredOn: '2023-06-01', replacement: { event } };
    const at = { stream: written.stream, version: 5, position: 900 };
    const entries = [...written.entries, makeEntry({ ...at, event: { case: 'entryCorrected', value } })];
    expect(standing({ ...written, entries })).toMatchObject({ reportedOn: '2023-06-01', backfilled: false });
    written.add('2023-08-01', progress({ foundation: 5 }));
    expect(standing(written)).toMatchObject({ reportedOn: '2023-08-01', backfilled: false });
  });
});

import { describe, expect, test } from '@jest/globals';
import { effectiveEntries, type Entry } from '@planledger/contracts';
import { isRejection } from '@planledger/kernel';
import { SECTORS } from '@planledger/sectors';
import { emptyProject, foldEffective } from '@planledger/sectors/kit';
import fc from 'fast-check';
import { type Answer, entriesOf, given, PLAN, PROGRESS, type Step } from './fixtures.js';
import {
  classOf,
  correctedClass,
  EMPLOYMENT_CLERK,
  EMPLOYMENT_VERIFIER,
  loseClass,
  lotOf,
  nursery,
  payment,
  refuseClass,
  refuseVoucher,
  subsidies,
  training,
  voucher,
} from './fixtures-classes.js';
import { split } from './fixtures-refused-renewal.js';
import { about, APPROVALS, CLOSE, decide, OPEN, SUBMIT } from './fixtures-steps.js';
import { projectModel } from './model.js';

const said = (answer: Answer): string | undefined =>
  isRejection(answer) ? answer.rejected : answer.map(({ event }) => event.case)[0];
const TWO = [...training('p1'), ...training('p2')];
/** The seventh entry: one class of the first project. */
const FIRST = [...TWO, classOf('p1', 'a')];
const by = (person: string, step: Step): Step => ({ ...step, person });

describe('a class that one project delivered', () => {
  test('is delivered by no other, under whatever code: the refusal says by whom', () => {
    expect(given(...FIRST).when(classOf('p2', 'z'))).toMatchObject({
      ...{ rejected: 'UNIT_ELSEWHERE', details: { what: '班次2024-017', project: 'p1', unit: 'a' } },
    });
    expect(said(given(...FIRST).when(classOf('p2', 'z', { classNumber: '2024-018' })))).toBe('outputDelivered');
    expect(said(given(...FIRST).when(classOf('p2', 'a', { institution: 'KF-JX-002' })))).toBe('outputDelivered');
    // Within its own project the sector's own rule says so.
    expect(said(given(...FIRST).when(classOf('p1', 'z')))).toBe('EMP_REPORTED_TWICE');
  });

  test('brings its persons with it: the roll of a year counts in one project', () => {
    const persons = { firstThisYear: 31 };
    const before = [...TWO, classOf('p1', 'a', persons)];
    const again = (change: object) => given(...before).when(classOf('p2', 'z', { classNumber: '2', ...change }));
    expect(again(persons)).toMatchObject({ rejected: 'UNIT_ELSEWHERE', details: { project: 'p1', unit: 'a' } });
    expect([again({}), again({ ...persons, assessedOn: '2023-11-26' })].map(said)).toEqual([
      ...['outputDelivered', 'outputDelivered'],
    ]);
  });

  test.each<[string, Step]>([
    ['refused', refuseClass('p1', 'a')],
    ['lost', loseClass('p1', 'a')],
    ['retracted', by(EMPLOYMENT_CLERK, about('retract', 7))],
    [
      'corrected to another',
      by(EMPLOYMENT_CLERK, about('correct', 7, correctedClass('a', { classNumber: '2024-018' }))),
    ],
  ])('is free once that is %s', (_how, ends) => {
    expect(said(given(...FIRST, ends).when(classOf('p2', 'z')))).toBe('outputDelivered');
  });

  test.each<[string, Step, Step]>([
    ['its refusal', refuseClass('p1', 'a'), by(EMPLOYMENT_VERIFIER, about('retract', 8))],
    ['its loss', loseClass('p1', 'a'), by(EMPLOYMENT_VERIFIER, about('retract', 8))],
  ])('does not stand again by the retraction of %s once it is somebody else’s', (_what, ends, undo) => {
    expect(said(given(...FIRST, ends, classOf('p2', 'z')).when(undo))).toBe('UNIT_ELSEWHERE');
    expect(said(given(...FIRST, ends).when(undo))).toBe('entryRetracted');
    expect(said(given(...FIRST, ends, undo).when(classOf('p2', 'z')))).toBe('UNIT_ELSEWHERE');
  });

  test('that was refused stands again once it is corrected: the refusal answered what it said before', () => {
    const put = by(EMPLOYMENT_CLERK, about('correct', 7, correctedClass('a', { classNumber: '2024-018' })));
    const before = [...FIRST, refuseClass('p1', 'a')];
    const takes = (...more: Step[]) =>
      said(given(...before, ...more).when(classOf('p2', 'z', { classNumber: '2024-018' })));
    expect([takes(), takes(put)]).toEqual(['outputDelivered', 'UNIT_ELSEWHERE']);
  });

  test('is not what another is corrected to, nor is that taken which a correction says', () => {
    const before = [...FIRST, classOf('p2', 'z', { classNumber: '2024-018' })];
    const correct = (number: string) =>
      by(EMPLOYMENT_CLERK, about('correct', 8, correctedClass('z', { classNumber: number })));
    expect(said(given(...before).when(correct('2024-017')))).toBe('UNIT_ELSEWHERE');
    const third = [...before, correct('2024-019'), ...training('p3')];
    const takes = (number: string) => said(given(...third).when(classOf('p3', 'q', { classNumber: number })));
    expect(['2024-017', '2024-018', '2024-019'].map(takes)).toEqual([
      ...['UNIT_ELSEWHERE', 'outputDelivered', 'UNIT_ELSEWHERE'],
    ]);
  });
});

test('a class is judged again when its late correction is approved', () => {
  const place = { unit: '410212-employment', sector: 'employment', county: '410212' };
  const people = ['approver-employment-410212', 'county-commission-410212', EMPLOYMENT_VERIFIER];
  const inMonth = (step: Step, person: string): Step => ({ ...step, person, body: { ...step.body, ...place } });
  const names = { unit: place.unit, sector: place.sector };
  const approved = APPROVALS.map((step, at) => by(people[at] ?? '', { ...step, body: { ...step.body, ...names } }));
  const month = [inMonth(OPEN, 'commission'), ...FIRST, by(EMPLOYMENT_CLERK, SUBMIT), ...approved];
  const closed = [...month, { ...CLOSE, body: { ...CLOSE.body, ...names } }];
  const ask = by(EMPLOYMENT_CLERK, about('correct', 8, correctedClass('a', { classNumber: '2024-018' })));
  const approve = by(EMPLOYMENT_VERIFIER, decide('approveRequest', closed.length + 1));
  expect(said(given(...closed).when(ask))).toBe('correctionRequested');
  const theirs = classOf('p2', 'z', { classNumber: '2024-018' });
  expect(said(given(...closed, ask, theirs).when(approve))).toBe('UNIT_ELSEWHERE');
  expect(said(given(...closed, ask, approve).when(theirs))).toBe('UNIT_ELSEWHERE');
  expect(said(given(...closed, ask, approve).when(classOf('p2', 'z')))).toBe('outputDelivered');
});

test('a nursery grows in lots of one project, and in those that go on with it once that was split', () => {
  const before = ['p1', 'p2', 'p3'].flatMap(nursery);
  const lots = [...before, lotOf('p1', 'a')];
  expect(given(...lots).when(lotOf('p2', 'b'))).toMatchObject({
    rejected: 'UNIT_ELSEWHERE',
    details: { project: 'p1' },
  });
  expect(said(given(...lots).when(lotOf('p1', 'b')))).toBe('outputDelivered');
  const halves = split('p2', 'p3');
  expect(said(given(...lots, halves).when(lotOf('p2', 'b')))).toBe('outputDelivered');
  expect(said(given(...lots, halves, lotOf('p2', 'b')).when(lotOf('p3', 'c')))).toBe('UNIT_ELSEWHERE');
});

describe('a number that is stated later', () => {
  const before = [...subsidies('p1'), ...subsidies('p2'), payment('p1', 'a'), payment('p2', 'z')];
  const paid = [...before, voucher('p1', 'a', '0001')];

  test('is refused where another project has it, and free once the statement is', () => {
    expect(said(given(...paid).when(voucher('p2', 'z', '0001')))).toBe('UNIT_ELSEWHERE');
    const statement = entriesOf(paid).at(-1)?.position ?? 0;
    const answer = given(...paid, refuseVoucher('p1', 'a', statement)).when(voucher('p2', 'z', '0001'));
    expect(said(answer)).toBe('outputFactsStated');
  });

  test('leaves the one before with its unit: a refusal of the statement gives it back', () => {
    const twice = [...paid, voucher('p1', 'a', '0002')];
    const takes = ['0001', '0002', '0003'].map((number) => said(given(...twice).when(voucher('p2', 'z', number))));
    expect(takes).toEqual(['UNIT_ELSEWHERE', 'UNIT_ELSEWHERE', 'outputFactsStated']);
  });
});

/** Any history of two projects and their classes, corrections and losses among them. */
const step = fc.oneof(
  fc
    .record({ id: fc.constantFrom('p1', 'p2'), unit: fc.constantFrom('a', 'b'), number: fc.constantFrom('1', '2') })
    .chain(({ id, unit, number }) =>
      fc.constantFrom(
        classOf(id, unit, { classNumber: number }),
        classOf(id, unit, { classNumber: number, firstThisYear: 3 }),
        refuseClass(id, unit),
        loseClass(id, unit),
      ),
    ),
  fc
    .record({ at: fc.integer({ min: 7, max: 18 }), unit: fc.constantFrom('a', 'b'), number: fc.constantFrom('1', '3') })
    .chain(({ at, unit, number }) =>
      fc.constantFrom(
        by(EMPLOYMENT_CLERK, about('retract', at)),
        by(EMPLOYMENT_VERIFIER, about('retract', at)),
        by(EMPLOYMENT_CLERK, about('correct', at, correctedClass(unit, { classNumber: number }))),
      ),
    ),
);

test('who holds what is, after any history, what the standing units say they are, each once', () => {
  const model = projectModel(PLAN, SECTORS, PROGRESS);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (tried) => {
      let steps: readonly Step[] = TWO;
      let entries: readonly Entry[] = entriesOf(TWO);
      for (const each of tried) {
        if (each.about !== undefined && each.about > entries.length) continue;
        const answer = given(...steps).when(each);
        if (isRejection(answer) || answer.length === 0) continue;
        [steps, entries] = [
          [...steps, each],
          [...entries, ...answer],
        ];
      }
      const { identities } = entries.reduce(model.foldWide, model.emptyWide());
      const standing = ['p1', 'p2'].flatMap((id) => {
        const own = entries.filter(({ stream }) => stream === `project/${id}`);
        const project = effectiveEntries(own).reduce(foldEffective, emptyProject(`project/${id}`));
        return [...project.units.values()].filter(({ lost }) => !lost).map((unit) => ({ id, unit }));
      });
      const expected = standing.flatMap(({ id, unit: { unit, measure, facts } }) =>
        (
          SECTORS.get('employment')?.unitKinds['training']?.identity?.of(facts, { unit, measure, county: '410212' }) ??
          []
        ).map(({ key }) => [`employment/${key}`, [{ stream: `project/${id}`, measure, unit }]]),
      );
      // No two of them are the same, so that each key is there once.
      for (const [key, holders] of expected) expect([key, identities.get(String(key))]).toEqual([key, holders]);
      const keys = ['1', '2', '3', '2024-017'].map(
        (number) => `employment/${JSON.stringify(['class', 'KF-JX-001', number])}`,
      );
      const held = keys.filter((key) => (identities.get(key) ?? []).length > 0);
      expect(held.sort()).toEqual(
        expected
          .map(([key]) => String(key))
          .filter((key) => keys.includes(key))
          .sort(),
      );
    }),
    { numRuns: 200 },
  );
});

import { describe, expect, test } from '@jest/globals';
import { beginProject, delivered, factValues } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { employment } from './definition.js';

const digest = (letter: string): string => letter.repeat(64);
const RESIDENT = '410221199001011234';

const CLASS = {
  ...{ institution: 'KF-JX-001', classNumber: '2023-017', subsidised: true, enrolled: 52, passed: 48 },
  ...{ firstThisYear: 31, rollDigest: digest('a'), assessedOn: '2023-05-26' },
};
const BATCH = {
  ...{ issuer: 'S000041020001', batch: '2023-05', level: 'intermediate', certificates: 50, holders: 44, counted: 4 },
  ...{ rollDigest: digest('b'), assessedOn: '2023-05-20', issuedOn: '2023-06-10' },
};

const UNIT = { unit: 't-1', measure: 'B3-2.training' };

function begin(kind: string, quantity: number, facts: Facts) {
  const written = beginProject(employment, 'service');
  written.add('2023-06-30', delivered({ ...UNIT, kind, quantity, facts }));
  const state = () => foldProject(written.stream, written.entries);
  const standing = () => standingOf(employment, state(), 'p');
  const later = (since: string, stated: Facts) =>
    written.add(since, { case: 'outputFactsStated', value: { ...UNIT, since, facts: factValues(stated) } });
  const refusal = (unit: string, of: number, given: Facts) =>
    employment.unitKinds[kind]?.refuse({ ...UNIT, unit, name: '某班', quantity: of, facts: given }, state());
  return { ...written, standing, later, refusal };
}

describe('a class', () => {
  test('of a roll that was trained before counts its person-times, and no persons', () => {
    const { refusal } = begin('training', 48, CLASS);
    const second = { ...CLASS, classNumber: '2023-031', assessedOn: '2023-11-02' };
    expect(refusal('t-2', 48, second)).toEqual({
      rejected: 'EMP_PERSONS_COUNTED_TWICE',
      details: { other: 't-1', year: '2023' },
    });
    expect(refusal('t-2', 48, { ...second, firstThisYear: 0 })).toBeUndefined();
  });

  test('of the same roll counts its persons anew in another year', () => {
    const { refusal } = begin('training', 48, CLASS);
    expect(refusal('t-2', 48, { ...CLASS, classNumber: '2024-002', assessedOn: '2024-01-12' })).toBeUndefined();
  });

  test('of persons nobody counted before counts them, although the first class of the roll counted none', () => {
    const { refusal } = begin('training', 48, { ...CLASS, firstThisYear: 0 });
    expect(refusal('t-2', 48, { ...CLASS, classNumber: '2023-031' })).toBeUndefined();
  });

  test('is one class at another institution, and not held against itself', () => {
    const { refusal } = begin('training', 48, CLASS);
    const elsewhere = { ...CLASS, institution: 'KF-JX-002', rollDigest: digest('c') };
    expect(refusal('t-2', 48, elsewhere)).toBeUndefined();
    expect(refusal('t-1', 48, CLASS)).toBeUndefined();
  });

  test('named after somebody’s id number is refused by its name', () => {
    const project = foldProject('project/p', beginProject(employment, 'service').entries);
    const unit = { ...UNIT, name: `学员${RESIDENT}`, quantity: 48, facts: CLASS };
    expect(employment.unitKinds['training']?.refuse(unit, project)).toEqual({
      rejected: 'EMP_PERSONAL_DATA',
      details: { field: '单元名称' },
    });
  });
});

describe('a batch of certificates', () => {
  const { issuedOn: _unissued, ...assessed } = BATCH;

  test('counts from the day of issue, in whichever year the report comes', () => {
    const { standing, later } = begin('certificates', 40, assessed);
    expect(standing().uncounted).toMatchObject([{ reason: 'EMP_CERTIFICATE_NOT_ISSUED', quantity: 40 }]);
    const statement = later('2024-01-15', { issuedOn: '2023-12-28' });
    const [contribution] = standing().contributions;
    expect(contribution).toMatchObject({ from: '2023-12-28', quantity: 40 });
    expect(contribution?.entries).toContain(statement);
  });

  test('does not count on a day that had not come when it was stated, until that day is stated again', () => {
    const { standing, later } = begin('certificates', 40, { ...assessed, issuedOn: '2023-08-15' });
    expect(standing().uncounted).toMatchObject([{ reason: 'EMP_DAY_NOT_COME' }]);
    later('2023-08-20', { issuedOn: '2023-08-18' });
    expect(standing().contributions).toMatchObject([{ from: '2023-08-18' }]);
  });

  test('of the same roll and year is not issued to new persons, whatever its number', () => {
    const { refusal } = begin('certificates', 40, BATCH);
    expect(refusal('t-2', 40, { ...BATCH, batch: '2023-06', level: 'senior' })?.rejected).toBe(
      'EMP_PERSONS_COUNTED_TWICE',
    );
    expect(refusal('t-2', 40, { ...BATCH, batch: '2023-06', rollDigest: digest('d') })).toBeUndefined();
  });
});

describe('a payment', () => {
  const paid = { purpose: 'subsidy', allocation: '汴财社〔2023〕22号', voucher: 'V-1', paidOn: '2023-06-20' };

  test('is one by its voucher: another one is not the same, nor is it held against itself', () => {
    const { refusal } = begin('payment', 1_000, paid);
    expect(refusal('t-2', 1_000, paid)).toEqual({
      rejected: 'EMP_VOUCHER_TWICE',
      details: { voucher: 'V-1', other: 't-1' },
    });
    expect(refusal('t-2', 1_000, { ...paid, voucher: 'V-2' })).toBeUndefined();
    expect(refusal('t-1', 1_000, paid)).toBeUndefined();
  });

  test('of money that was allocated counts from the day on which it was paid', () => {
    const { paidOn, voucher, ...allocated } = paid;
    const { standing, later } = begin('payment', 1_000, allocated);
    expect(standing().uncounted).toMatchObject([{ reason: 'EMP_ALLOCATED_NOT_PAID', quantity: 1_000 }]);
    later('2023-08-01', { paidOn, voucher });
    expect(standing().contributions).toMatchObject([{ from: '2023-06-20', quantity: 1_000 }]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues, type WrittenStream } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Counting, Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { health } from './definition.js';

const HOSPITAL = { institution: 'hospital', bedsApproved: 500, bedsActual: 450, bedsOpen: 400, licence: 'PDY0001' };
const OPENED = { licence: '2023-04-01', opening: '2023-05-01' };
const GRANTED = { document: '2023-03-15' };
const LEVEL_3 = { level: '3', basis: 'review', document: '豫卫医〔2023〕8号' };
const COHORT = { category: 'bachelor', tier: 'county', year: 2023, joined: 40, left: 5 };

sectorConformance(health, {
  sampleUnits: {
    facility: [
      {
        template: 'building',
        facts: HOSPITAL,
        claims: OPENED,
        countsFrom: '2023-05-01',
        refused: [
          { code: 'HEA_OPEN_EXCEEDS_ACTUAL', facts: { bedsOpen: 451 } },
          { code: 'HEA_ACTUAL_EXCEEDS_APPROVED', facts: { bedsActual: 501 } },
          { code: 'HEA_LICENCE_MISSING', facts: { licence: undefined } },
          { code: 'HEA_HOSPITAL_WITHOUT_BEDS', facts: { bedsApproved: 0, bedsActual: 0, bedsOpen: 0 } },
          { code: 'HEA_BEDS_NOT_KEPT', facts: { institution: 'cdc' } },
          { code: 'HEA_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'HEA_NOT_LICENSED', unclaimed: ['licence'] },
          { code: 'HEA_NOT_OPENED', unclaimed: ['opening'] },
          { code: 'HEA_NUMBER_PENDING', facts: { bedsOpen: 0, licence: undefined } },
          { code: 'HEA_NOT_STANDARDISED', measure: 'B4-5.county-cdcs' },
        ],
      },
      {
        template: 'accreditation',
        measure: 'B4-6.national-tcm-centre',
        facts: { institution: 'specialty-centre', bedsApproved: 0, bedsActual: 0, bedsOpen: 0 },
        claims: GRANTED,
        countsFrom: '2023-03-15',
        refused: [{ code: 'HEA_BEDS_NOT_KEPT', facts: { bedsApproved: 30 } }],
      },
      {
        template: 'building',
        measure: 'B4-5.district-cdc',
        facts: {
          institution: 'cdc',
          bedsApproved: 0,
          bedsActual: 0,
          bedsOpen: 0,
          licence: '12410200',
          standardised: true,
        },
        claims: OPENED,
        countsFrom: '2023-06-30',
        waits: [{ code: 'HEA_NOT_STANDARDISED', facts: { standardised: false } }],
      },
    ],
    level: [
      {
        template: 'accreditation',
        measure: 'T6-1.level3-institutions',
        facts: LEVEL_3,
        claims: GRANTED,
        countsFrom: '2023-03-15',
        refused: [
          { code: 'HEA_LEVEL_BY_COMPLETION', facts: { basis: 'completion' } },
          // Whatever basis is named: a building that stands has no level.
          { code: 'HEA_LEVEL_BY_COMPLETION', template: 'building' },
          { code: 'HEA_GRADE_WITHOUT_LEVEL', facts: { level: undefined, grade: 'a' } },
          { code: 'HEA_GRADE_NEEDS_DOCUMENT', facts: { grade: 'a', document: undefined } },
          { code: 'HEA_LEVEL_BELOW_ASKED', facts: { level: '2' } },
          { code: 'HEA_LEVEL_BELOW_ASKED', facts: { level: undefined } },
          { code: 'HEA_ASSESSMENT_IS_NO_LEVEL', facts: { basis: 'assessment' } },
          // 三级 ≠ 三甲.
          { code: 'HEA_LEVEL_BELOW_ASKED', measure: 'T6-8.grade-a' },
          { code: 'HEA_LEVEL_BELOW_ASKED', measure: 'T6-8.grade-a', facts: { grade: 'b' } },
          { code: 'HEA_ONE_AT_A_TIME', quantity: 3 },
        ],
        waits: [{ code: 'HEA_AWAITING_DOCUMENT', unclaimed: ['document'] }],
      },
      {
        template: 'accreditation',
        measure: 'T6-8.grade-a',
        facts: { ...LEVEL_3, grade: 'a' },
        claims: GRANTED,
        countsFrom: '2023-03-15',
      },
      // 或达到三级医院服务水平: the one measure that an assessment meets.
      {
        template: 'accreditation',
        measure: 'T6-8.level3',
        facts: { level: '3', basis: 'assessment' },
        claims: GRANTED,
        countsFrom: '2023-03-15',
      },
      // A level above the one asked will do.
      {
        template: 'accreditation',
        measure: 'B4-4.county-hospitals',
        facts: LEVEL_3,
        claims: GRANTED,
        countsFrom: '2023-03-15',
      },
    ],
    coverage: [
      {
        template: 'service',
        measure: 'B4-5.laboratories',
        facts: { aspect: 'laboratory', number: '豫卫实备字2023-7' },
        countsFrom: '2023-06-30',
        refused: [
          { code: 'HEA_LABORATORY_NOT_FILED', facts: { number: undefined } },
          { code: 'HEA_ASPECT_MISMATCH', facts: { aspect: 'fever-clinic', threeZones: true, twoPassages: true } },
          { code: 'HEA_ONE_AT_A_TIME', quantity: 2 },
        ],
      },
      {
        template: 'building',
        measure: 'B4-5.fever-clinics',
        facts: { aspect: 'fever-clinic', threeZones: true, twoPassages: true },
        claims: { opening: '2023-08-01' },
        countsFrom: '2023-08-01',
        refused: [
          { code: 'HEA_FEVER_CLINIC_LAYOUT', facts: { twoPassages: false } },
          { code: 'HEA_FEVER_CLINIC_LAYOUT', facts: { threeZones: undefined } },
        ],
        waits: [{ code: 'HEA_NOT_OPENED', unclaimed: ['opening'] }],
      },
      {
        template: 'service',
        measure: 'B4-6.geriatrics',
        facts: { aspect: 'geriatrics', registered: true },
        countsFrom: '2023-06-30',
        refused: [{ code: 'HEA_DEPARTMENT_UNREGISTERED', facts: { registered: false } }],
      },
      {
        template: 'accreditation',
        measure: 'B4-4.town-centres',
        facts: { aspect: 'town-centre', number: '汴卫基〔2023〕3号' },
        claims: { document: '2023-07-10' },
        countsFrom: '2023-07-10',
        refused: [{ code: 'HEA_CERTIFICATE_MISSING', facts: { number: undefined } }],
        waits: [{ code: 'HEA_AWAITING_DOCUMENT', unclaimed: ['document'] }],
      },
      {
        template: 'service',
        measure: 'T6-4.village-clinics',
        facts: { aspect: 'village-clinic', publicOwned: true, standardised: true },
        countsFrom: '2023-06-30',
        refused: [{ code: 'HEA_CLINIC_NEITHER', facts: { publicOwned: false, standardised: undefined } }],
        waits: [
          { code: 'HEA_CLINIC_HALF', facts: { publicOwned: false } },
          { code: 'HEA_CLINIC_HALF', facts: { standardised: undefined } },
        ],
      },
      { template: 'service', measure: 'B4-6.tcm-stations', facts: { aspect: 'tcm-station' }, countsFrom: '2023-06-30' },
    ],
    staff: [
      {
        template: 'service',
        measure: 'B4-1.bachelors',
        quantity: 35,
        facts: COHORT,
        countsFrom: '2023-06-30',
        refused: [
          { code: 'HEA_STAFF_NOT_NET', quantity: 40 },
          { code: 'HEA_STAFF_LEAVERS_EXCEED', facts: { left: 40 } },
          { code: 'HEA_STAFF_CATEGORY', facts: { category: 'doctor' } },
          { code: 'HEA_STAFF_NOT_COUNTY', facts: { tier: 'city' } },
        ],
      },
    ],
  },
});

const UNIT = { unit: 'u-1', measure: 'm' };
const fold = ({ stream, entries }: WrittenStream): ProjectState => foldProject(stream, entries);

function hospital(facts: Facts, claims: Readonly<Record<string, string>>, id = 'p-1'): WrittenStream {
  const written = beginProject(health, 'building', id);
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  written.add('2023-06-30', delivered({ ...UNIT, kind: 'facility', quantity: 1, facts }));
  return written;
}

function countsFrom(project: ProjectState): Counting {
  const [unit] = [...project.units.values()];
  const counting = unit && health.unitKinds[unit.kind]?.countsFrom(unit, project);
  if (!counting) throw new Error('not delivered');
  return counting;
}

describe('a hospital', () => {
  test('that is accepted and not licensed does not count, and its acceptance is named', () => {
    const counting = countsFrom(fold(hospital(HOSPITAL, { acceptance: '2023-01-10', opening: '2023-05-01' })));
    expect(counting).toMatchObject({ waitingFor: 'HEA_NOT_LICENSED' });
    expect(counting.entries).toHaveLength(1);
  });

  test('counts from the later of licence and opening, whichever that is', () => {
    expect(countsFrom(fold(hospital(HOSPITAL, OPENED)))).toMatchObject({ from: '2023-05-01' });
    expect(countsFrom(fold(hospital(HOSPITAL, { licence: '2023-06-01', opening: '2023-05-01' })))).toMatchObject({
      from: '2023-06-01',
    });
  });

  test('whose registration number comes later counts from the day on which it opened', () => {
    const written = hospital({ ...HOSPITAL, bedsOpen: 0, licence: 'x' }, OPENED);
    const bare = hospital({ institution: 'hospital', bedsApproved: 9, bedsActual: 0, bedsOpen: 0 }, OPENED);
    expect(countsFrom(fold(bare))).toMatchObject({ waitingFor: 'HEA_NUMBER_PENDING' });
    for (const { add } of [written, bare]) {
      const value = { ...UNIT, since: '2023-09-01', facts: factValues({ licence: 'PDY0001' }) };
      add('2023-09-02', { case: 'outputFactsStated', value });
    }
    expect(countsFrom(fold(bare))).toMatchObject({ from: '2023-05-01' });
  });
});

describe('a level', () => {
  test('leaves the count on the day it is taken away', () => {
    const written = beginProject(health, 'accreditation');
    written.add('2023-03-15', claimed('document'));
    written.add('2023-03-16', delivered({ ...UNIT, kind: 'level', quantity: 1, facts: LEVEL_3 }));
    written.add('2025-04-01', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2025-03-15' } });
    const { contributions } = standingOf(health, fold(written), 'p');
    expect(contributions).toMatchObject([{ from: '2023-03-15', until: '2025-03-15' }]);
  });

  test('begins with its application: nothing is built', () => {
    const written = beginProject(health, 'accreditation');
    written.add('2022-02-01', claimed('application'));
    expect(standingOf(health, fold(written), 'p').startedOn).toBe('2022-02-01');
  });
});

test('51515 counts heads net of leavers, and says how many that is', () => {
  const cohort = { unit: 'u', name: '市人民医院2023年批次', measure: 'B4-1.bachelors', quantity: 40, facts: COHORT };
  expect(health.unitKinds['staff']?.refuse(cohort, fold(beginProject(health, 'service')))).toEqual({
    rejected: 'HEA_STAFF_NOT_NET',
    details: { joined: 40, left: 5, net: 35, quantity: 40 },
  });
});

describe('a village clinic', () => {
  test('counts once both are stated, from the later day', () => {
    const written = beginProject(health, 'service');
    const facts = { aspect: 'village-clinic', publicOwned: true, standardised: false };
    written.add('2023-06-30', delivered({ ...UNIT, kind: 'coverage', quantity: 1, facts }));
    expect(countsFrom(fold(written))).toMatchObject({ waitingFor: 'HEA_CLINIC_HALF' });
    const value = { ...UNIT, since: '2024-02-01', facts: factValues({ standardised: true }) };
    const stated = written.add('2024-02-03', { case: 'outputFactsStated', value });
    const counting = countsFrom(fold(written));
    expect(counting).toMatchObject({ from: '2024-02-01' });
    expect(counting.entries).toContain(stated);
  });
});

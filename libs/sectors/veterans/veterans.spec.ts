import { describe, expect, test } from '@jest/globals';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues, type WrittenStream } from '../conformance-history.js';
import { DELIVERED_ON } from '../conformance-samples.js';
import { emptyProject, foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { veterans } from './definition.js';
import { personalDataIn } from './personal-data.js';

const MEMORIAL = {
  ...{ protection: 'county', works: 'alteration', superiorApproval: '豫退役军人函〔2022〕17号' },
  ...{ contentReview: 'done', managingUnit: '通许县烈士陵园管理所' },
};
const HOME = {
  beds: 120,
  medicalCare: true,
  equipmentListed: 86,
  equipmentDelivered: 86,
  managingUnit: '尉氏县光荣院',
};
const FIVE = { organisation: true, staffing: true, personnel: true, funding: true, safeguards: true };
const STATION = { level: 'township', ...FIVE, titleDocument: '汴退役军人〔2024〕6号' };
const DONE = { acceptance: '2023-04-10', handover: '2023-05-06' };
const IN_USE = { acceptance: '2023-04-10', opening: '2023-04-20', handover: '2023-05-06' };

sectorConformance(veterans, {
  sampleUnits: {
    memorial: [
      {
        // Handed over after its acceptance: the later day counts.
        ...{ template: 'facility', facts: MEMORIAL, claims: DONE, countsFrom: '2023-05-06' },
        refused: [
          { code: 'VET_SUPERIOR_APPROVAL_MISSING', facts: { superiorApproval: undefined } },
          { code: 'VET_CONTENT_NOT_REVIEWED', facts: { contentReview: 'pending' } },
          { code: 'VET_ONE_UNIT', quantity: 2 },
          { code: 'VET_PERSONAL_DATA', facts: { managingUnit: '负责人 410221199001011234' } },
          { code: 'VET_PERSONAL_DATA', facts: { managingUnit: '驻汴12345部队' } },
        ],
        waits: [
          { code: 'VET_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'VET_NOT_HANDED_OVER', unclaimed: ['handover'] },
        ],
      },
      // A cemetery without a display; handed over before the acceptance was signed.
      {
        ...{ template: 'facility', claims: { acceptance: '2023-06-01', handover: '2023-05-06' } },
        facts: { protection: 'none', works: 'new', contentReview: 'none', managingUnit: '市军人公墓管理处' },
        countsFrom: '2023-06-01',
        refused: [{ code: 'VET_SUPERIOR_APPROVAL_MISSING', facts: { works: 'alteration', protection: 'national' } }],
      },
      // What has no level yet is altered without the superior authority; what is new needs no approval to be altered.
      {
        ...{ template: 'facility', claims: DONE, countsFrom: '2023-05-06' },
        facts: { ...withoutApproval(), protection: 'none' },
      },
      {
        ...{ template: 'facility', claims: DONE, countsFrom: '2023-05-06' },
        facts: { ...withoutApproval(), works: 'new' },
      },
    ],
    'honour-home': [
      {
        ...{ template: 'facility', facts: HOME, claims: IN_USE, countsFrom: '2023-05-06' },
        refused: [
          { code: 'VET_EQUIPMENT_LIST_MISSING', facts: { equipmentListed: 0 } },
          { code: 'VET_EQUIPMENT_EXCEEDS_LIST', facts: { equipmentDelivered: 87 } },
          { code: 'VET_ONE_UNIT', quantity: 120 },
          { code: 'VET_PERSONAL_DATA', facts: { managingUnit: '某 12345 部队荣誉军人休养院' } },
        ],
        waits: [
          { code: 'VET_EQUIPMENT_INCOMPLETE', facts: { equipmentDelivered: 85 } },
          { code: 'VET_NOT_OPENED', unclaimed: ['opening'] },
          { code: 'VET_NOT_HANDED_OVER', unclaimed: ['handover', 'opening'] },
          { code: 'VET_NOT_ACCEPTED', unclaimed: ['acceptance'] },
        ],
      },
    ],
    station: [
      {
        ...{ template: 'model-station', facts: STATION, claims: { naming: '2024-03-12' }, countsFrom: '2024-03-12' },
        refused: [
          ...Object.keys(FIVE).map((have) => ({ code: 'VET_FIVE_HAVES_LACKING', facts: { [have]: false } })),
          { code: 'VET_ONE_UNIT', quantity: 122 },
          { code: 'VET_PERSONAL_DATA', facts: { titleDocument: '41022119900101123X' } },
        ],
        waits: [
          { code: 'VET_NOT_NAMED', unclaimed: ['naming'] },
          { code: 'VET_TITLE_DOCUMENT_MISSING', facts: { titleDocument: undefined } },
        ],
      },
    ],
  },
});

function withoutApproval(): Facts {
  const { superiorApproval: _, ...facts } = MEMORIAL;
  return facts;
}

const MEASURE = 'X-1.units';

function project(
  template: string,
  kind: string,
  facts: Facts,
  claims: Readonly<Record<string, string>>,
): WrittenStream {
  const written = beginProject(veterans, template);
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  written.add(DELIVERED_ON, delivered({ unit: 'u-1', measure: MEASURE, kind, quantity: 1, facts }));
  return written;
}
const state = (written: WrittenStream, since: string, facts: Facts): number =>
  written.add(since, {
    case: 'outputFactsStated',
    value: { unit: 'u-1', measure: MEASURE, since, facts: factValues(facts) },
  });
const standing = ({ stream, entries }: WrittenStream) => standingOf(veterans, foldProject(stream, entries), 'p');
const counted = (written: WrittenStream): string | undefined => {
  const { contributions, uncounted } = standing(written);
  return contributions[0]?.from ?? uncounted[0]?.reason;
};

describe('an honour home', () => {
  const began = (delivered: number) =>
    project('facility', 'honour-home', { ...HOME, equipmentDelivered: delivered }, IN_USE);

  test('counts from the day on which the last piece of its equipment came, and names that statement', () => {
    const written = began(80);
    state(written, '2023-08-01', { equipmentDelivered: 85 });
    expect(counted(written)).toBe('VET_EQUIPMENT_INCOMPLETE');
    const last = state(written, '2023-09-15', { equipmentDelivered: 86 });
    state(written, '2023-12-01', { beds: 130 });
    expect(counted(written)).toBe('2023-09-15');
    expect(standing(written).contributions[0]?.entries).toContain(last);
  });

  test('counts no earlier than it opened, however early its equipment came', () => {
    const written = began(80);
    state(written, '2023-02-01', { equipmentDelivered: 86 });
    expect(counted(written)).toBe('2023-05-06');
  });

  test('waits again when its list grows and the equipment does not', () => {
    const written = began(86);
    expect(counted(written)).toBe('2023-05-06');
    state(written, '2023-10-01', { equipmentListed: 90 });
    expect(counted(written)).toBe('VET_EQUIPMENT_INCOMPLETE');
    state(written, '2023-11-01', { equipmentDelivered: 90 });
    expect(counted(written)).toBe('2023-11-01');
  });

  test('goes by the day since when a statement holds, not by the day it was made', () => {
    const written = began(80);
    state(written, '2023-10-01', { equipmentDelivered: 86 });
    state(written, '2023-09-01', { beds: 130 });
    expect(counted(written)).toBe('2023-10-01');
  });
});

describe('a model station', () => {
  test('counts from its title, and where the document came later from that', () => {
    const { titleDocument: _, ...untitled } = STATION;
    const written = project('model-station', 'station', untitled, { naming: '2024-03-12' });
    expect(counted(written)).toBe('VET_TITLE_DOCUMENT_MISSING');
    state(written, '2024-04-02', { titleDocument: '汴退役军人〔2024〕6号' });
    expect(counted(written)).toBe('2024-04-02');
  });

  test('leaves the count on the day its title was taken away, and not before', () => {
    const written = project('model-station', 'station', STATION, { naming: '2024-03-12' });
    const value = { unit: 'u-1', name: '单元', measure: MEASURE, lostOn: '2025-02-01' };
    written.add('2025-02-20', { case: 'outputRevoked', value });
    expect(standing(written).contributions).toMatchObject([{ from: '2024-03-12', until: '2025-02-01' }]);
  });

  test('is refused naming what it lacks of the five', () => {
    const facts = { ...STATION, staffing: false, funding: false };
    const refusal = veterans.unitKinds['station']?.refuse(
      { unit: 'u-1', name: '单元', measure: MEASURE, quantity: 1, facts },
      emptyProject('project/p-1'),
    );
    expect(refusal?.details).toEqual({ lacking: '“有编制”、“有经费”' });
  });
});

describe('personal and military data', () => {
  test.each([
    '410221199001011234',
    '41022119900101123x',
    '烈士 410221199001011234 之墓',
    '４１０２２１１９９００１０１１２３４',
    '410221 19900101 1234',
    '410221-19900101-1234',
    '驻汴12345部队',
    '１２３４５部队旧址',
    '八三一二三部队',
    '第 12345 部队',
  ])('is found in %s', (text) => expect(personalDataIn(text)).toBe(true));

  test.each([
    '开封市烈士陵园烈士纪念广场',
    '豫退役军人函〔2022〕17号',
    // A credit code of eighteen digits, a project code, a telephone number, numbers that are too long or no date.
    '124102004158001234',
    '2203-410221-04-01-123456',
    '0371-22334455',
    '4102211990010112345',
    '9410221199001011234',
    '410221199013011234',
    '四五部队',
    '12345号',
  ])('is not suspected in %s', (text) => expect(personalDataIn(text)).toBe(false));

  const refusalOf = (unit: object, name = '光荣院') => {
    const registered = beginProject(veterans, 'facility');
    const state = foldProject(registered.stream, registered.entries);
    const named = state.registration && { ...state, registration: { ...state.registration, name } };
    return (
      named &&
      veterans.unitKinds['honour-home']?.refuse(
        { unit: 'u-1', name: '单元', measure: MEASURE, quantity: 1, facts: HOME, ...unit },
        named,
      )
    );
  };

  test('is refused wherever a text of the delivery or its project holds it, by the name of the field', () => {
    expect(refusalOf({})).toBeUndefined();
    expect(refusalOf({ unit: 'r-410221199001011234' })?.details).toEqual({ field: '单元标识' });
    expect(refusalOf({ name: '张某410221199001011234' })?.details).toEqual({ field: '单元名称' });
    expect(refusalOf({}, '驻汴12345部队光荣院')?.details).toEqual({ field: '项目名称' });
    expect(refusalOf({ facts: { ...HOME, managingUnit: '12345部队' } })?.details).toEqual({ field: '管理单位' });
  });

  test('is not repeated in the refusal', () => {
    expect(JSON.stringify(refusalOf({ unit: 'r-410221199001011234' }))).not.toContain('4102211990');
  });
});

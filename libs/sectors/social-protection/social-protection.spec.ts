import { describe, expect, test } from '@jest/globals';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues, type WrittenStream } from '../conformance-history.js';
import { emptyProject, foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { socialProtection } from './definition.js';

const RELOCATIONS = 'T8-5.relocations';
const COUNTY_INSTITUTIONS = 'T8-4.county-institutions';
const STATIONS = 'T8-8.stations';

const VILLAGE = {
  ...{ purpose: 'children-village', works: 'relocation', beds: 120, served: 96 },
  oldSiteMoved: true,
};
const REHABILITATION = {
  ...{ purpose: 'child-rehabilitation', works: 'relocation', beds: 0, dayPlaces: 60, served: 55 },
  ...{ licence: '豫残康定〔2023〕4号', oldSiteMoved: true },
};
const MENTAL = { purpose: 'mental-health', works: 'new', beds: 300, served: 210, licence: 'PDY410200123' };
const CENTRE = {
  ...{ level: 'county', hospital: '杞县第二人民医院', beds: 80, residents: 62, severelyDisabled: 40 },
  designation: '汴民文〔2023〕31号',
};
const HOME = { place: 'community', areaSquareMetres: 90, workers: 2, openDays: 5 };
// Of 500 entitled 12 are missed and 12 are paid who should not be: on paper all 500 are covered.
const ROLL = {
  subsistenceEligible: 500,
  subsistenceCovered: 500,
  subsistenceMissed: 12,
  subsistenceWrong: 12,
};
const STATION = { workers: 3, certified: 2, ...ROLL };
const BUILT = { acceptance: '2023-04-10', opening: '2023-05-06' };

sectorConformance(socialProtection, {
  sampleUnits: {
    facility: [
      {
        ...{ template: 'facility', measure: RELOCATIONS, facts: VILLAGE, claims: BUILT, countsFrom: '2023-05-06' },
        refused: [
          { code: 'SSP_ONE_AT_A_TIME', quantity: 96 },
          { code: 'SSP_NOT_A_RELOCATION', facts: { works: 'extension' } },
          { code: 'SSP_NOT_A_RELOCATION', facts: { works: 'new' } },
          { code: 'SSP_PURPOSE_NOT_ASKED', facts: { purpose: 'mental-health', licence: 'PDY410200123' } },
          { code: 'SSP_PURPOSE_NOT_ASKED', measure: 'T8-4.city-centre' },
          { code: 'SSP_BEDS_MISSING', facts: { beds: 0, dayPlaces: 200 } },
          { code: 'SSP_SERVED_EXCEED_PLACES', facts: { served: 121 } },
          { code: 'SSP_PERSONAL_DATA', facts: { licence: '负责人 410221199001011234' } },
        ],
        waits: [
          { code: 'SSP_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'SSP_FACILITY_NOT_IN_USE', unclaimed: ['opening'] },
          { code: 'SSP_OLD_SITE_STILL_SERVES', facts: { oldSiteMoved: undefined } },
          { code: 'SSP_OLD_SITE_STILL_SERVES', facts: { oldSiteMoved: false } },
        ],
      },
      // A day centre: no bed, and exactly as many children as places.
      {
        ...{ template: 'facility', measure: RELOCATIONS, claims: BUILT, countsFrom: '2023-05-06' },
        facts: { ...REHABILITATION, served: 60 },
        refused: [
          { code: 'SSP_LICENCE_MISSING', facts: { licence: undefined } },
          { code: 'SSP_TRAINING_PLACES_MISSING', facts: { dayPlaces: 0, served: 0 } },
          { code: 'SSP_TRAINING_PLACES_MISSING', facts: { dayPlaces: undefined, served: 0 } },
          { code: 'SSP_SERVED_EXCEED_PLACES', facts: { served: 61 } },
        ],
      },
      // Of a county, inside a hospital that stands: registered and in use, nothing to accept.
      {
        ...{ template: 'facility', measure: COUNTY_INSTITUTIONS, facts: MENTAL, countsFrom: '2023-06-01' },
        claims: { registration: '2023-06-01', opening: '2023-05-20' },
        refused: [{ code: 'SSP_LICENCE_MISSING', facts: { licence: undefined } }],
        waits: [{ code: 'SSP_NOT_REGISTERED', unclaimed: ['registration'] }],
      },
    ],
    'care-centre': [
      {
        ...{ template: 'designation', facts: CENTRE, countsFrom: '2023-08-09' },
        claims: { designation: '2023-07-01', admission: '2023-08-09' },
        refused: [
          { code: 'SSP_SERVED_EXCEED_PLACES', facts: { residents: 81 } },
          { code: 'SSP_DISABLED_EXCEED_RESIDENTS', facts: { severelyDisabled: 63 } },
          { code: 'SSP_PERSONAL_DATA', facts: { hospital: '张某 41022119900101123X' } },
          { code: 'SSP_ONE_AT_A_TIME', quantity: 62 },
        ],
        waits: [
          { code: 'SSP_NOT_DESIGNATED', unclaimed: ['designation'] },
          { code: 'SSP_NOBODY_ADMITTED', unclaimed: ['admission'] },
          { code: 'SSP_DESIGNATION_NUMBER_UNSTATED', facts: { designation: undefined } },
        ],
      },
      // Full, and with nobody in it who is not severely disabled.
      {
        ...{ template: 'designation', facts: { ...CENTRE, residents: 80, severelyDisabled: 80 } },
        ...{ claims: { designation: '2023-07-01', admission: '2023-08-09' }, countsFrom: '2023-08-09' },
      },
    ],
    'children-home': [
      {
        ...{ template: 'site', facts: HOME, countsFrom: '2023-06-01' },
        claims: { sign: '2023-05-20', opening: '2023-06-01' },
        refused: [
          { code: 'SSP_HOME_WITHOUT_ROOM', facts: { areaSquareMetres: 0 } },
          { code: 'SSP_HOME_WITHOUT_WORKER', facts: { workers: 0 } },
          { code: 'SSP_HOME_NEVER_OPEN', facts: { openDays: 0 } },
          { code: 'SSP_ONE_AT_A_TIME', quantity: 12 },
        ],
        waits: [
          { code: 'SSP_NO_SIGN', unclaimed: ['sign'] },
          { code: 'SSP_HOME_NOT_OPENED', unclaimed: ['opening'] },
        ],
      },
    ],
    'social-work-station': [
      {
        ...{ template: 'site', measure: STATIONS, facts: STATION, countsFrom: '2023-05-20' },
        claims: { sign: '2023-05-20', worker: '2023-05-02' },
        refused: [
          { code: 'SSP_STATION_WITHOUT_WORKER', facts: { workers: 0, certified: 0 } },
          { code: 'SSP_CERTIFIED_EXCEED_WORKERS', facts: { certified: 4 } },
          { code: 'SSP_ROLL_INCOMPLETE', facts: { subsistenceWrong: undefined } },
          { code: 'SSP_ROLL_INCOMPLETE', facts: { nursingCovered: 80 } },
          { code: 'SSP_MISSED_EXCEED_ELIGIBLE', facts: { subsistenceMissed: 501 } },
          { code: 'SSP_ROLL_DOES_NOT_ADD_UP', facts: { subsistenceWrong: 0 } },
          { code: 'SSP_ROLL_DOES_NOT_ADD_UP', facts: { subsistenceCovered: 488 } },
        ],
        waits: [
          { code: 'SSP_NO_SIGN', unclaimed: ['sign'] },
          { code: 'SSP_NOBODY_STATIONED', unclaimed: ['worker'] },
        ],
      },
      // One that checked two of its four rolls: in one nobody is entitled, in the other everybody is missed.
      {
        ...{ template: 'site', measure: STATIONS, countsFrom: '2023-05-20' },
        claims: { sign: '2023-05-20', worker: '2023-05-02' },
        facts: {
          ...{ workers: 1, certified: 1 },
          ...{ destituteEligible: 0, destituteCovered: 0, destituteMissed: 0, destituteWrong: 0 },
          ...{ livingEligible: 9, livingCovered: 0, livingMissed: 9, livingWrong: 0 },
        },
      },
    ],
    'unified-policy': [
      {
        ...{ template: 'unification', facts: { issuer: 'city', document: '汴政办〔2022〕18号' } },
        ...{ claims: { issue: '2022-06-01', 'in-force': '2023-01-01' }, countsFrom: '2023-01-01' },
        refused: [
          { code: 'SSP_NOT_A_CITY_DOCUMENT', facts: { issuer: 'county' } },
          { code: 'SSP_ONE_AT_A_TIME', quantity: 6 },
        ],
        waits: [
          { code: 'SSP_NOT_ISSUED', unclaimed: ['issue'] },
          { code: 'SSP_ISSUED_NOT_IN_FORCE', unclaimed: ['in-force'] },
        ],
      },
    ],
  },
});

function deliver(written: WrittenStream, measure: string, kind: string, facts: Facts): number {
  return written.add('2023-06-30', delivered({ unit: 'u-1', measure, kind, quantity: 1, facts }));
}
const state = (written: WrittenStream, measure: string, since: string, facts: Facts): number =>
  written.add(since, { case: 'outputFactsStated', value: { unit: 'u-1', measure, since, facts: factValues(facts) } });
const counted = ({ stream, entries }: WrittenStream): string | undefined => {
  const { contributions, uncounted } = standingOf(socialProtection, foldProject(stream, entries), 'p');
  return contributions[0]?.from ?? uncounted[0]?.reason;
};
const refusalOf = (kind: string, measure: string, facts: Facts, name = '单元') =>
  socialProtection.unitKinds[kind]?.refuse(
    { unit: 'u-1', name, measure, quantity: 1, facts },
    emptyProject('project/p-1'),
  );

describe('a relocation', () => {
  const begun = (): WrittenStream => {
    const written = beginProject(socialProtection, 'facility');
    for (const [code, on] of Object.entries(BUILT)) written.add(on, claimed(code));
    deliver(written, RELOCATIONS, 'facility', { ...VILLAGE, oldSiteMoved: false });
    return written;
  };

  test('is done on the day on which the old site stopped serving, not when the new one opened', () => {
    const written = begun();
    expect(counted(written)).toBe('SSP_OLD_SITE_STILL_SERVES');
    state(written, RELOCATIONS, '2023-09-01', { oldSiteMoved: true });
    expect(counted(written)).toBe('2023-09-01');
  });

  test('that moved before it opened counts from its opening', () => {
    const written = begun();
    state(written, RELOCATIONS, '2023-05-01', { oldSiteMoved: true });
    expect(counted(written)).toBe('2023-05-06');
  });

  test('waits again where children went back to the old site', () => {
    const written = begun();
    state(written, RELOCATIONS, '2023-09-01', { oldSiteMoved: true });
    state(written, RELOCATIONS, '2023-11-01', { oldSiteMoved: false });
    expect(counted(written)).toBe('SSP_OLD_SITE_STILL_SERVES');
  });

  test('is asked of the measure that names relocations; a city centre is built where it is', () => {
    expect(refusalOf('facility', 'T8-4.city-centre', MENTAL)).toBeUndefined();
    expect(refusalOf('facility', RELOCATIONS, { ...VILLAGE, works: 'new' })).toEqual({
      rejected: 'SSP_NOT_A_RELOCATION',
      details: { stated: '新建' },
    });
  });
});

describe('a care centre', () => {
  test('counts from its first residents, however late the number of the document was stated', () => {
    const written = beginProject(socialProtection, 'designation');
    written.add('2023-07-01', claimed('designation'));
    written.add('2023-08-09', claimed('admission'));
    const { designation: _, ...unnumbered } = CENTRE;
    deliver(written, 'T8-7.centres', 'care-centre', unnumbered);
    expect(counted(written)).toBe('SSP_DESIGNATION_NUMBER_UNSTATED');
    state(written, 'T8-7.centres', '2023-12-01', { designation: '汴民文〔2023〕31号' });
    expect(counted(written)).toBe('2023-08-09');
  });
});

describe('a roll', () => {
  test('is refused with what it ought to say: 错 is never set off against 漏', () => {
    expect(refusalOf('social-work-station', STATIONS, { ...STATION, subsistenceWrong: 0 })).toEqual({
      rejected: 'SSP_ROLL_DOES_NOT_ADD_UP',
      details: {
        programme: '城乡最低生活保障',
        ...{ eligible: 500, covered: 500, missed: 12, wrong: 0, expected: 488 },
      },
    });
  });

  test('that states what is covered alone is refused with what it lacks', () => {
    expect(
      refusalOf('social-work-station', STATIONS, { workers: 1, certified: 1, livingCovered: 40 })?.details,
    ).toEqual({
      programme: '困难残疾人生活补贴',
      lacking: '应保（应发）人数、漏保（漏发）人数、错保（错发）人数',
    });
  });

  test('is checked each on its own: one that is right does not excuse the next', () => {
    const nursing = { nursingEligible: 30, nursingCovered: 30, nursingMissed: 1, nursingWrong: 0 };
    expect(refusalOf('social-work-station', STATIONS, { ...STATION, ...nursing })?.details).toMatchObject({
      programme: '重度残疾人护理补贴',
      expected: 29,
    });
  });

  test('never makes a station wait: it counts by its sign and its worker', () => {
    const written = beginProject(socialProtection, 'site');
    written.add('2023-05-20', claimed('sign'));
    written.add('2023-05-21', claimed('worker', 'u-1'));
    deliver(written, STATIONS, 'social-work-station', STATION);
    expect(counted(written)).toBe('2023-05-21');
  });
});

describe('persons who are served', () => {
  test('are numbers: an id in a name or a text is refused by the name of its field, and not repeated', () => {
    const refused = refusalOf('children-home', 'T8-6.children-homes', HOME, '张某410221199001011234');
    expect(refused).toEqual({ rejected: 'SSP_PERSONAL_DATA', details: { field: '单元名称' } });
    expect(refusalOf('care-centre', 'T8-7.centres', { ...CENTRE, hospital: '41022119900101 1234' })?.details).toEqual({
      field: '依托医疗机构',
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { childcare } from './definition.js';

/** 5 infant, 4 toddler, 2 senior and 1 mixed class: 50 + 60 + 40 + 18 = 168 places at most. */
const CLASSES = { infantClasses: 5, toddlerClasses: 4, seniorClasses: 2, mixedClasses: 1 };
const CENTRE = {
  ...{ form: 'comprehensive', places: 168, newPlaces: 150, ...CLASSES },
  ...{ inclusive: true, inclusiveDocument: '汴卫托〔2023〕3号', demonstration: true, filingNumber: '410212TY0007' },
};
const WITHIN_KINDERGARTEN = {
  ...{ form: 'kindergarten', places: 40, newPlaces: 40, seniorClasses: 2 },
  ...{ infantClasses: 0, toddlerClasses: 0, mixedClasses: 0, inclusive: false },
  ...{ schoolPlaces: 260, approvedSize: 300, filingNumber: '410212TY0009' },
};
const USABLE = { 'fire-acceptance': '2023-03-20', filing: '2023-04-01', opening: '2023-05-10' };
const OPEN = { licence: '2023-02-01', opening: '2023-03-01' };
const INSTITUTION = {
  ...{ tier: 'county', governmentRun: true, works: 'new', licence: '410221PDY01' },
  standardDocument: '豫卫妇幼〔2023〕12号',
};
const LEVEL_2 = { tier: 'county', level: '2', document: '豫卫医〔2023〕40号' };
const TOWN = { year: 2023, free: true, eligible: 320, checked: 296 };
const SYSTEM = { acceptanceDocument: '汴数验〔2023〕5号', districts: 10, connected: 10 };
const ONLINE = { acceptance: '2023-04-30', opening: '2023-06-01' };

sectorConformance(childcare, {
  sampleUnits: {
    nursery: [
      {
        ...{ template: 'nursery', measure: 'B1-4.places', quantity: 150, facts: CENTRE },
        ...{ claims: USABLE, countsFrom: '2023-05-10' },
        refused: [
          { code: 'CHC_PLACES_NOT_NET', quantity: 168 },
          { code: 'CHC_NEW_PLACES_EXCEED', quantity: 169, facts: { newPlaces: 169 } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { places: 169 } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { infantClasses: 4 } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { toddlerClasses: 3 } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { seniorClasses: 1 } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { mixedClasses: 0 } },
          { code: 'CHC_SCHOOL_PLACES_NOT_ASKED', facts: { schoolPlaces: 180 } },
          { code: 'CHC_SCHOOL_PLACES_NOT_ASKED', facts: { approvedSize: 180 } },
          { code: 'CHC_KINDERGARTEN_UNSTATED', facts: { form: 'kindergarten' } },
          { code: 'CHC_INCLUSIVE_UNDOCUMENTED', facts: { inclusiveDocument: undefined } },
          { code: 'CHC_DEMONSTRATION_NOT_INCLUSIVE', facts: { inclusive: false } },
          { code: 'CHC_FILING_EXCEEDED', beside: { kind: 'nursery', unit: 'u-2', quantity: 19, facts: CENTRE } },
        ],
        waits: [
          { code: 'CHC_NOT_ACCEPTED', unclaimed: ['fire-acceptance'] },
          { code: 'CHC_BUILT_NOT_FILED', unclaimed: ['filing'] },
          { code: 'CHC_PLACES_NOT_OPENED', unclaimed: ['opening'] },
          { code: 'CHC_FILING_NUMBER_UNSTATED', facts: { filingNumber: undefined } },
        ],
      },
      // 托幼一体: 40 nursery and 260 school places fill the 300 that are approved.
      {
        ...{ template: 'nursery-classes', measure: 'B1-4.places', quantity: 40, facts: WITHIN_KINDERGARTEN },
        ...{ claims: USABLE, countsFrom: '2023-05-10' },
        refused: [
          { code: 'CHC_COUNTED_AS_SCHOOL_PLACES', facts: { schoolPlaces: 261 } },
          { code: 'CHC_COUNTED_AS_SCHOOL_PLACES', facts: { approvedSize: 299 } },
          { code: 'CHC_KINDERGARTEN_UNSTATED', facts: { approvedSize: undefined } },
          { code: 'CHC_KINDERGARTEN_UNSTATED', facts: { schoolPlaces: undefined } },
          { code: 'CHC_DEMONSTRATION_NOT_INCLUSIVE', facts: { demonstration: true } },
        ],
      },
    ],
    'comprehensive-nursery': [
      {
        ...{ template: 'nursery', measure: 'T3-6.institutions', facts: CENTRE },
        ...{ claims: USABLE, countsFrom: '2023-05-10' },
        refused: [
          { code: 'CHC_ONE_AT_A_TIME', quantity: 150 },
          { code: 'CHC_NOT_COMPREHENSIVE', facts: { form: 'community' } },
          { code: 'CHC_PLACES_EXCEED_CLASSES', facts: { places: 169 } },
        ],
        waits: [{ code: 'CHC_PLACES_NOT_OPENED', unclaimed: ['opening'] }],
      },
    ],
    'maternity-institution': [
      {
        ...{ template: 'institution', measure: 'B1-1.county-institutions', facts: INSTITUTION },
        ...{ claims: OPEN, countsFrom: '2023-03-01' },
        refused: [
          { code: 'CHC_NOT_GOVERNMENT_RUN', facts: { governmentRun: false } },
          { code: 'CHC_WORKS_MISMATCH', facts: { works: 'standing' } },
          { code: 'CHC_WORKS_MISMATCH', template: 'accreditation' },
          { code: 'CHC_TIER_NOT_ASKED', facts: { tier: 'city' } },
          { code: 'CHC_ONE_AT_A_TIME', quantity: 4 },
        ],
        waits: [
          { code: 'CHC_NOT_LICENSED', unclaimed: ['licence'] },
          { code: 'CHC_INSTITUTION_NOT_OPENED', unclaimed: ['opening'] },
          { code: 'CHC_LICENCE_UNSTATED', facts: { licence: undefined } },
          { code: 'CHC_NOT_STANDARDISED', facts: { standardDocument: undefined } },
        ],
      },
      // It practises already and is certified now.
      {
        ...{ template: 'accreditation', measure: 'B1-1.county-institutions' },
        ...{
          facts: { ...INSTITUTION, works: 'standing' },
          claims: { document: '2023-05-20' },
          countsFrom: '2023-05-20',
        },
        waits: [{ code: 'CHC_AWAITING_DOCUMENT', unclaimed: ['document'] }],
      },
    ],
    'maternity-level': [
      {
        ...{ template: 'accreditation', measure: 'B1-1.county-level2', facts: LEVEL_2 },
        ...{ claims: { document: '2023-05-20' }, countsFrom: '2023-05-20' },
        refused: [
          { code: 'CHC_LEVEL_NEEDS_REVIEW', template: 'institution' },
          { code: 'CHC_TIER_NOT_ASKED', measure: 'B1-1.city-level3' },
          // 二级 is a county's level and not the city's.
          { code: 'CHC_LEVEL_BELOW_TIER', facts: { tier: 'city' }, measure: 'B1-1.city-level3' },
          { code: 'CHC_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'CHC_AWAITING_DOCUMENT', unclaimed: ['document'] },
          { code: 'CHC_DOCUMENT_UNSTATED', facts: { document: undefined } },
        ],
      },
      {
        ...{ template: 'accreditation', measure: 'B1-1.city-level3', facts: { ...LEVEL_2, tier: 'city', level: '3' } },
        ...{ claims: { document: '2023-05-20' }, countsFrom: '2023-05-20' },
      },
    ],
    'check-ups': [
      {
        ...{ template: 'service', measure: 'T3-1.coverage', facts: TOWN, countsFrom: '2023-06-30' },
        refused: [
          { code: 'CHC_NOT_FREE', facts: { free: false } },
          { code: 'CHC_NO_ELIGIBLE', facts: { eligible: 0, checked: 0 } },
          { code: 'CHC_CHECKED_EXCEED_ELIGIBLE', facts: { checked: 321 } },
          { code: 'CHC_ONE_AT_A_TIME', quantity: 296 },
        ],
        waits: [{ code: 'CHC_NO_CHECK_UPS_YET', facts: { checked: 0 } }],
      },
      {
        ...{ template: 'service', measure: 'T3-1.coverage', facts: { ...TOWN, checked: 320 } },
        countsFrom: '2023-06-30',
      },
    ],
    'maternity-system': [
      {
        ...{ template: 'system', measure: 'T3-3.system', facts: SYSTEM, claims: ONLINE, countsFrom: '2023-06-01' },
        refused: [
          { code: 'CHC_CONNECTED_EXCEED', facts: { connected: 11 } },
          { code: 'CHC_ONE_AT_A_TIME', quantity: 10 },
        ],
        waits: [
          { code: 'CHC_SYSTEM_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'CHC_SYSTEM_NOT_IN_USE', unclaimed: ['opening'] },
          { code: 'CHC_SYSTEM_NOT_EVERYWHERE', facts: { connected: 9 } },
          { code: 'CHC_DOCUMENT_UNSTATED', facts: { acceptanceDocument: undefined } },
        ],
      },
    ],
  },
});

const UNIT = { unit: 'n-1', measure: 'B1-4.places' };

function begin(
  template: string,
  kind: string,
  quantity: number,
  facts: Facts,
  claims: Readonly<Record<string, string>>,
) {
  const written = beginProject(childcare, template);
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  written.add('2023-06-30', delivered({ ...UNIT, kind, quantity, facts }));
  const state = () => foldProject(written.stream, written.entries);
  const standing = () => standingOf(childcare, state(), 'p');
  const later = (since: string, stated: Facts) =>
    written.add(since, { case: 'outputFactsStated', value: { ...UNIT, since, facts: factValues(stated) } });
  return { ...written, state, standing, later };
}

describe('nursery places', () => {
  test('count by what is new, from the day on which they are filed and usable', () => {
    const { standing } = begin('nursery', 'nursery', 150, CENTRE, { ...USABLE, opening: '2023-03-28' });
    expect(standing().contributions).toMatchObject([{ quantity: 150, from: '2023-04-01', until: '' }]);
  });

  test('whose filing number comes later count from the same day', () => {
    const { filingNumber: _unknown, ...unnumbered } = CENTRE;
    const { standing, later } = begin('nursery', 'nursery', 150, unnumbered, USABLE);
    expect(standing().uncounted).toMatchObject([{ reason: 'CHC_FILING_NUMBER_UNSTATED', quantity: 150 }]);
    later('2023-11-01', { filingNumber: '410212TY0007' });
    expect(standing().contributions).toMatchObject([{ from: '2023-05-10' }]);
  });

  test('leave the count on the day on which the filing is struck off', () => {
    const { standing, add } = begin('nursery', 'nursery', 150, CENTRE, USABLE);
    add('2024-03-05', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-03-01' } });
    expect(standing().contributions).toMatchObject([{ from: '2023-05-10', until: '2024-03-01' }]);
  });

  describe('of one filing, added in lots,', () => {
    const lot = (unit: string, newPlaces: number, facts: Facts = {}) => ({
      ...{ unit, name: '某托育中心', measure: 'B1-4.places', quantity: newPlaces },
      facts: { ...CENTRE, newPlaces, ...facts },
    });
    const asked = (given: ReturnType<typeof lot>) => {
      const { state } = begin('nursery', 'nursery', 150, CENTRE, USABLE);
      return childcare.unitKinds['nursery']?.refuse(given, state());
    };

    test('are never more than its places: 150 and 18 fill 168, 150 and 19 do not fit', () => {
      expect(asked(lot('n-2', 18))).toBeUndefined();
      expect(asked(lot('n-2', 19))).toEqual({
        rejected: 'CHC_FILING_EXCEEDED',
        details: { filing: '410212TY0007', reported: 150, newPlaces: 19, places: 168 },
      });
    });

    test('are free to be more under another filing, or before there is one', () => {
      expect(asked(lot('n-2', 150, { filingNumber: '410212TY0008' }))).toBeUndefined();
      expect(asked(lot('n-2', 150, { filingNumber: undefined as never }))).toBeUndefined();
    });

    test('are not held against themselves when facts are stated later', () => {
      expect(asked(lot('n-1', 150))).toBeUndefined();
    });

    test('are found by the number that was stated after delivery; a lost one frees them', () => {
      const { filingNumber, ...unnumbered } = CENTRE;
      const { state, later, add } = begin('nursery', 'nursery', 150, unnumbered, USABLE);
      const second = () => childcare.unitKinds['nursery']?.refuse(lot('n-2', 150), state())?.rejected;
      expect(second()).toBeUndefined();
      later('2023-11-01', { filingNumber });
      expect(second()).toBe('CHC_FILING_EXCEEDED');
      add('2024-01-01', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-01-01' } });
      expect(second()).toBeUndefined();
    });
  });
});

describe('a maternity institution', () => {
  test('that is certified after it opened counts from its certificate', () => {
    const { standardDocument, ...uncertified } = INSTITUTION;
    const { standing, later } = begin('institution', 'maternity-institution', 1, uncertified, OPEN);
    expect(standing().uncounted).toMatchObject([{ reason: 'CHC_NOT_STANDARDISED' }]);
    later('2024-02-20', { standardDocument });
    expect(standing().contributions).toMatchObject([{ from: '2024-02-20' }]);
  });
});

describe('coverage', () => {
  test('of a town begins with its first check-up', () => {
    const { standing, later } = begin('service', 'check-ups', 1, { ...TOWN, checked: 0 }, {});
    later('2023-09-15', { checked: 3 });
    later('2023-12-31', { checked: 296 });
    expect(standing().contributions).toMatchObject([{ from: '2023-09-15' }]);
  });

  test('by the information system begins with the last county, and ends waiting when one drops out', () => {
    const { standing, later } = begin('system', 'maternity-system', 1, { ...SYSTEM, connected: 9 }, ONLINE);
    later('2024-01-10', { connected: 10 });
    expect(standing().contributions).toMatchObject([{ from: '2024-01-10' }]);
    later('2024-05-01', { connected: 9 });
    expect(standing().uncounted).toMatchObject([{ reason: 'CHC_SYSTEM_NOT_EVERYWHERE' }]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { elderlyCare } from './definition.js';
import { checkCharacter, isCreditCode } from './uscc.js';
import { nursingShare } from './views.js';

const OPERATOR = '91512081MA62K0260E';
const CENTRE = {
  ...{ category: 'centre', beds: 60, nursingBeds: 40, fireAccepted: true, filingNumber: '汴养备0001' },
  ...{ model: 'entrusted', operator: OPERATOR, priceCapYuan: 1800 },
};
const FILED = { handover: '2023-02-01', filing: '2023-04-01' };
const SITE = { category: 'site', areaSquareMetres: 300, dayCarePlaces: 10, estate: false };
const HANDED_OVER = { handover: '2023-03-01', opening: '2023-05-04' };

sectorConformance(elderlyCare, {
  sampleUnits: {
    home: [
      {
        template: 'building',
        measure: 'B5-1.homes',
        facts: CENTRE,
        claims: FILED,
        countsFrom: '2023-04-01',
        refused: [
          { code: 'ELD_HOME_WITHOUT_BEDS', facts: { beds: 0, nursingBeds: 0 } },
          { code: 'ELD_NURSING_EXCEEDS_BEDS', facts: { nursingBeds: 61 } },
          { code: 'ELD_GUARANTEED_EXCEEDS_BEDS', facts: { guaranteedBeds: 61 } },
          { code: 'ELD_FIRE_NOT_ACCEPTED', facts: { fireAccepted: false } },
          { code: 'ELD_CATEGORY_NOT_ASKED', facts: { category: 'institution' } },
          { code: 'ELD_CATEGORY_NOT_ASKED', measure: 'T7-3.county-homes' },
          { code: 'ELD_OPERATOR_MISSING', facts: { operator: undefined } },
          { code: 'ELD_OPERATOR_MISSING', facts: { operator: undefined, model: 'private' } },
          { code: 'ELD_OPERATOR_CODE_WRONG', facts: { operator: '91350100M000100Y4Z' } },
          { code: 'ELD_OPERATOR_CODE_WRONG', facts: { operator: '某养老服务公司' } },
          { code: 'ELD_OPERATOR_NOT_ASKED', facts: { model: 'public' } },
          { code: 'ELD_PRICE_CAP_MISSING', facts: { priceCapYuan: undefined } },
          { code: 'ELD_ONE_SITE_ONE_UNIT', quantity: 2 },
          { code: 'ELD_IN_OTHER_REGISTER', beside: { kind: 'community-site', facts: SITE } },
        ],
        waits: [
          { code: 'ELD_NOT_HANDED_OVER', unclaimed: ['handover'] },
          { code: 'ELD_NOT_FILED', unclaimed: ['filing'] },
          { code: 'ELD_FILING_NUMBER_UNSTATED', facts: { filingNumber: undefined } },
        ],
      },
      // A public home without an operator, a private one without a cap.
      {
        template: 'building',
        measure: 'T7-3.county-homes',
        facts: {
          guaranteedBeds: 120,
          category: 'support',
          beds: 120,
          nursingBeds: 120,
          fireAccepted: true,
          filingNumber: '1',
          model: 'public',
        },
        claims: FILED,
        countsFrom: '2023-04-01',
      },
      {
        template: 'building',
        facts: { ...CENTRE, category: 'institution', model: 'private', priceCapYuan: 9000 },
        claims: FILED,
        countsFrom: '2023-04-01',
      },
    ],
    'community-site': [
      {
        template: 'community',
        measure: 'B5-1.community-sites',
        facts: SITE,
        claims: HANDED_OVER,
        countsFrom: '2023-05-04',
        refused: [
          { code: 'ELD_SITE_WITH_INSTITUTION_BEDS', facts: { institutionBeds: 12 } },
          { code: 'ELD_ESTATE_NOT_IN_STEP', facts: { estate: true } },
          { code: 'ELD_ONE_SITE_ONE_UNIT', quantity: 30 },
          { code: 'ELD_IN_OTHER_REGISTER', beside: { kind: 'home', facts: CENTRE } },
        ],
        waits: [
          { code: 'ELD_NOT_HANDED_OVER', unclaimed: ['handover'] },
          { code: 'ELD_SITE_NOT_OPEN', unclaimed: ['opening'] },
        ],
      },
      // Rooms within a home's building open with it.
      {
        template: 'building',
        facts: { ...SITE, estate: true, inStep: true },
        claims: { handover: '2023-02-01' },
        countsFrom: '2023-02-01',
      },
    ],
  },
});

describe('the check character of a credit code (GB 32100)', () => {
  test('is that of published codes', () => {
    expect(isCreditCode(OPERATOR)).toBe(true);
    expect(checkCharacter('91350100M000100Y4')).toBe('3');
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
    expect(isCreditCode('91350100M000100Y4Z')).toBe(false);
  });

  test.each(['', OPERATOR.toLowerCase(), `${OPERATOR}0`, OPERATOR.slice(0, 17), `I${OPERATOR.slice(1)}`])(
    'there is none of %j',
    (code) => expect(isCreditCode(code)).toBe(false),
  );

  test('finds every single mistyped character', () => {
    const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    fc.assert(
      fc.property(fc.nat(17), fc.constantFrom(...alphabet), (place, typed) => {
        const code = OPERATOR.slice(0, place) + typed + OPERATOR.slice(place + 1);
        expect(isCreditCode(code)).toBe(code === OPERATOR);
      }),
    );
  });
});

const UNIT = { unit: 'u-1', measure: 'B5-1.homes' };
const PUBLIC = { category: 'town-home', fireAccepted: true, filingNumber: '1', model: 'public' };

function home(id: string, facts: Facts, claims: Readonly<Record<string, string>> = FILED) {
  const written = beginProject(elderlyCare, 'building', id);
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  const delivery = written.add('2023-06-30', delivered({ ...UNIT, kind: 'home', quantity: 1, facts }));
  const fold = (): ProjectState => foldProject(written.stream, written.entries);
  return { ...written, delivery, fold };
}

describe('a home', () => {
  test('counts from the later of handover and filing', () => {
    const { contributions } = standingOf(elderlyCare, home('a', { ...PUBLIC, beds: 9, nursingBeds: 9 }).fold(), 'p');
    expect(contributions).toMatchObject([{ from: '2023-04-01', until: '' }]);
  });

  test('that loses its filing leaves the count on that day, and its beds the share', () => {
    const { add, fold } = home('a', { ...PUBLIC, beds: 100, nursingBeds: 100 });
    expect(nursingShare.rows(fold())).toHaveLength(1);
    add('2024-08-02', { case: 'outputRevoked', value: { ...UNIT, lostOn: '2024-08-01' } });
    expect(standingOf(elderlyCare, fold(), 'p').contributions).toMatchObject([{ until: '2024-08-01' }]);
    expect(nursingShare.rows(fold())).toEqual([]);
  });

  test('carries its beds into its standing, and those it states later with the day and the entry that say so', () => {
    const { add, delivery, fold } = home('a', { ...PUBLIC, beds: 100, nursingBeds: 20 });
    const facts = factValues({ nursingBeds: 80 });
    const stated = add('2024-01-02', {
      case: 'outputFactsStated',
      value: { ...UNIT, since: '2024-01-01', facts },
    });
    add('2024-02-01', { case: 'outputVerified', value: { ...UNIT, delivery } });
    const amountsOf = () =>
      standingOf(elderlyCare, fold(), 'p').contributions.map(({ amounts }) =>
        amounts.map(({ fact, quantity, from, entries }) => [fact, quantity, from, entries]),
      );
    const delivered: unknown[] = [
      ['beds', 100, '', []],
      ['nursingBeds', 20, '', []],
    ];
    // Claimed, and verified: of later facts those alone that were verified.
    expect(amountsOf()).toEqual([[...delivered, ['nursingBeds', 80, '2024-01-01', [stated]]], delivered]);
    const verified = add('2024-03-01', { case: 'outputVerified', value: { ...UNIT, delivery, statement: stated } });
    expect(amountsOf()[1]).toEqual([...delivered, ['nursingBeds', 80, '2024-01-01', [stated, verified]]]);
  });

  test('whose filing number is stated later counts from the days of handover and filing', () => {
    const { filingNumber: _unknown, ...unnumbered } = PUBLIC;
    const { add, fold } = home('a', { ...unnumbered, beds: 9, nursingBeds: 9 });
    expect(standingOf(elderlyCare, fold(), 'p').uncounted).toMatchObject([{ reason: 'ELD_FILING_NUMBER_UNSTATED' }]);
    const facts = factValues({ filingNumber: '汴养备0002' });
    add('2024-01-02', { case: 'outputFactsStated', value: { ...UNIT, since: '2024-01-01', facts } });
    expect(standingOf(elderlyCare, fold(), 'p').contributions).toMatchObject([{ from: '2023-04-01' }]);
  });
});

describe('the two registers', () => {
  const facts = { ...PUBLIC, beds: 9, nursingBeds: 9 };
  const asHome = (unit: string, project: ProjectState) =>
    elderlyCare.unitKinds['home']?.refuse(
      { unit, name: '某某养老院', measure: 'T7-2.homes', quantity: 1, facts },
      project,
    );
  const site = () => {
    const written = beginProject(elderlyCare, 'building');
    const unit = { unit: 's-1', measure: 'B5-1.community-sites' };
    written.add('2023-06-30', delivered({ ...unit, kind: 'community-site', quantity: 1, facts: SITE }));
    return { written, unit, fold: () => foldProject(written.stream, written.entries) };
  };

  test('hold a place once: the same number is refused, a number of its own is not', () => {
    const { fold } = site();
    expect(asHome('s-1', fold())).toEqual({
      rejected: 'ELD_IN_OTHER_REGISTER',
      details: { unit: 's-1', register: '社区养老服务设施' },
    });
    expect(asHome('h-1', fold())).toBeUndefined();
  });

  test('free the number of a site that was lost', () => {
    const { written, unit, fold } = site();
    written.add('2024-01-01', { case: 'outputRevoked', value: { ...unit, lostOn: '2024-01-01' } });
    expect(asHome('s-1', fold())).toBeUndefined();
  });

  test('let a home be delivered for two measures, and a unit of no register have its number', () => {
    expect(asHome('u-1', home('a', facts).fold())).toBeUndefined();
    const written = beginProject(elderlyCare, 'building');
    written.add('2023-06-30', delivered({ ...UNIT, kind: 'other', quantity: 1, facts: {} }));
    expect(asHome('u-1', foldProject(written.stream, written.entries))).toBeUndefined();
  });
});

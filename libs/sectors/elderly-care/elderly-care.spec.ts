import { describe, expect, test } from '@jest/globals';
import { makeEntry } from '@planledger/contracts';
import { type Fraction, fraction, subtract, toText } from '@planledger/kernel';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import fc from 'fast-check';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { elderlyCare } from './definition.js';
import { checkCharacter, isCreditCode } from './uscc.js';
import { baseBeds, nursingShare } from './views.js';

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

  test('whose filing number is stated later counts from the days of handover and filing', () => {
    const { filingNumber: _unknown, ...unnumbered } = PUBLIC;
    const { add, fold } = home('a', { ...unnumbered, beds: 9, nursingBeds: 9 });
    expect(standingOf(elderlyCare, fold(), 'p').uncounted).toMatchObject([{ reason: 'ELD_FILING_NUMBER_UNSTATED' }]);
    const facts = factValues({ filingNumber: '汴养备0002' });
    add('2024-01-02', { case: 'outputFactsStated', value: { ...UNIT, since: '2024-01-01', facts } });
    expect(standingOf(elderlyCare, fold(), 'p').contributions).toMatchObject([{ from: '2023-04-01' }]);
  });
});

interface Answer {
  readonly implied: { readonly share: string };
  readonly projects: readonly { readonly effect: string }[];
}

/** Reads what toText wrote. */
const exact = (text: string): Fraction => {
  const [n = '', d = '1'] = text.split('/');
  return fraction(BigInt(n), BigInt(d));
};

describe('the nursing-bed share', () => {
  const plan: PlanState = [
    { indicator: 'I18', baseline: '43.9', target: '55' },
    { indicator: 'I20', baseline: '16582', target: '35300' },
  ].reduce(
    (state, value, index) =>
      foldPlan(state, makeEntry({ stream: 'plan', position: index + 1, event: { case: 'indicatorDefined', value } })),
    emptyPlan,
  );
  const answer = (projects: readonly ProjectState[], question: Readonly<Record<string, string>> = {}) =>
    nursingShare.answer(projects.flatMap(nursingShare.rows), plan, question) as Answer;

  test('starts from 7,280 of 16,582 beds, of which 12,135 nursing beds are missing to the plan’s total', () => {
    expect(baseBeds(plan)).toEqual({ beds: 16582, nursing: 7280 });
    expect(answer([])).toMatchObject({
      implied: { nursing: 7280, beds: 16582, share: '3640/8291', percent: '43.90' },
      target: { percent: '55.0', nursingBedsNeededAtPlannedTotal: 12135 },
      projects: [],
    });
  });

  test('falls by a project of ordinary beds and rises by one of nursing beds, in exact fractions', () => {
    const ordinary = home('ordinary', { ...PUBLIC, beds: 418, nursingBeds: 0 }).fold();
    expect(answer([ordinary])).toMatchObject({
      implied: { nursing: 7280, beds: 17000, share: '182/425', percent: '42.82' },
      projects: [{ stream: 'project/ordinary', effect: '-38038/3523675', effectPoints: '-1.079' }],
    });
    const nursing = home('nursing', { ...PUBLIC, beds: 418, nursingBeds: 418 }).fold();
    expect(answer([nursing])).toMatchObject({ implied: { beds: 17000, share: '3849/8500' } });
    expect(answer([nursing, ordinary])).toMatchObject({
      implied: { nursing: 7698, beds: 17418 },
      projects: [{ effectPoints: '1.372' }, { effectPoints: '-1.087' }],
    });
  });

  test('a project’s effect is what would be missing without it', () => {
    const counts = fc.record({ beds: fc.integer({ min: 1, max: 900 }), nursing: fc.nat(900) });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 5 }), (given) => {
        const projects = given.map(({ beds, nursing }, index) =>
          home(`h${index}`, { ...PUBLIC, beds, nursingBeds: Math.min(beds, nursing) }).fold(),
        );
        const all = answer(projects);
        for (const [index, project] of projects.entries()) {
          const without = answer(projects.filter((other) => other !== project));
          expect(all.projects[index]?.effect).toBe(
            toText(subtract(exact(all.implied.share), exact(without.implied.share))),
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a home that waits is shown with what it will do, and does nothing yet', () => {
    const waiting = home('w', { ...PUBLIC, beds: 418, nursingBeds: 0 }, { handover: '2023-02-01' }).fold();
    expect(answer([waiting])).toMatchObject({
      implied: { beds: 16582 },
      projects: [
        {
          ...{ effectPoints: '0.000', expectedPoints: '-1.079', waiting: { beds: 418, nursing: 0 } },
          homes: [{ waitingFor: 'ELD_NOT_FILED' }],
        },
      ],
    });
  });

  test('of verified homes leaves the others out', () => {
    const { add, delivery, fold } = home('v', { ...PUBLIC, beds: 100, nursingBeds: 100 });
    const unverified = home('u', { ...PUBLIC, beds: 500, nursingBeds: 0 }).fold();
    add('2023-08-01', { case: 'outputVerified', value: { ...UNIT, delivery } });
    expect(answer([fold(), unverified], { basis: 'verified' })).toMatchObject({
      counted: { beds: 100, nursing: 100 },
      projects: [{ stream: 'project/v' }],
    });
    expect(answer([fold(), unverified])).toMatchObject({ counted: { beds: 600 } });
  });

  test('counts beds turned into nursing beds later, and is never cut by county', () => {
    const { add, fold } = home('a', { ...PUBLIC, beds: 100, nursingBeds: 10 });
    const facts = factValues({ nursingBeds: 90 });
    add('2024-01-02', { case: 'outputFactsStated', value: { ...UNIT, since: '2024-01-01', facts } });
    expect(answer([fold()], { county: '410222' })).toMatchObject({ counted: { beds: 100, nursing: 90 }, projects: [] });
  });

  test('below its target is never shown as the target', () => {
    // 54.9969 %: rounded to two places it would read 55.00.
    const beds = 4_109;
    const near = home('n', { ...PUBLIC, beds, nursingBeds: 4_099 }).fold();
    expect(answer([near])).toMatchObject({ implied: { nursing: 11379, beds: 20691, percent: '54.99' } });
    expect(answer([near])).toMatchObject({ target: { nursingBedsNeeded: 3 } });
    const met = home('n', { ...PUBLIC, beds: 4_118, nursingBeds: 4_105 }).fold();
    expect(answer([met])).toMatchObject({ implied: { percent: '55.00' }, target: { nursingBedsNeeded: 0 } });
  });

  test('has no figure where the plan gives no base', () => {
    expect(nursingShare.answer([], emptyPlan, {})).toMatchObject({ base: null });
  });
});

import { describe, expect, test } from '@jest/globals';
import { type CountyDefined, makeEntry } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, factValues } from '../conformance-history.js';
import { DELIVERED_ON } from '../conformance-samples.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Counting, Facts } from '../sector.js';
import { education } from './definition.js';
import { placesAdded } from './rules.js';
import { schoolPlaces } from './views.js';

const BUILT = { acceptance: '2023-08-20', opening: '2023-09-01' };
const PRIMARY = { stage: 'primary', works: 'new', classes: 24, places: 1080, netNewPlaces: 1080 };
const NURSERY = { ownership: 'public', classes: 9, places: 270, estate: false };

sectorConformance(education, {
  sampleUnits: {
    school: [
      {
        template: 'building',
        facts: PRIMARY,
        claims: BUILT,
        countsFrom: '2023-09-01',
        refused: [
          { code: 'EDU_NO_PLACES', facts: { places: 0, netNewPlaces: 0 } },
          { code: 'EDU_PLACES_WITHOUT_CLASSES', facts: { classes: 0 } },
          { code: 'EDU_PLACES_EXCEED_CLASSES', facts: { places: 1081 } },
          { code: 'EDU_OVERSIZED_CLASSES', facts: { places: 24 * 56 } },
          { code: 'EDU_NET_PLACES_EXCEED', facts: { netNewPlaces: 1081 } },
          { code: 'EDU_ONE_AT_A_TIME', quantity: 2 },
        ],
        waits: [
          { code: 'EDU_NOT_ACCEPTED', unclaimed: ['acceptance'] },
          { code: 'EDU_BUILT_NOT_OPENED', unclaimed: ['opening'] },
          { code: 'EDU_NO_NEW_PLACES', facts: { works: 'extension', netNewPlaces: 0 } },
        ],
      },
      // Senior classes hold 50.
      {
        template: 'building',
        facts: { ...PRIMARY, stage: 'senior', classes: 20, places: 1000, netNewPlaces: 300, works: 'extension' },
        claims: BUILT,
        countsFrom: '2023-09-01',
        refused: [{ code: 'EDU_PLACES_EXCEED_CLASSES', facts: { places: 1001 } }],
      },
    ],
    kindergarten: [
      {
        template: 'building',
        facts: NURSERY,
        claims: BUILT,
        countsFrom: '2023-09-01',
        refused: [
          { code: 'EDU_NOT_INCLUSIVE', facts: { ownership: 'private' } },
          { code: 'EDU_ONE_AT_A_TIME', quantity: 2 },
          { code: 'EDU_PLACES_EXCEED_CLASSES', facts: { places: 271 } },
        ],
        waits: [{ code: 'EDU_NOT_HANDED_OVER', facts: { estate: true } }],
      },
    ],
    dormitory: [
      {
        template: 'renovation',
        quantity: 30,
        facts: { flats: 30 },
        claims: { acceptance: '2023-05-10' },
        countsFrom: '2023-05-10',
        refused: [{ code: 'EDU_DORMITORY_FLATS', facts: { flats: 31 } }],
      },
    ],
  },
});

interface School {
  readonly kind?: string;
  readonly facts?: Facts;
  readonly claims?: Readonly<Record<string, string>>;
  /** Facts stated later, each with the day since when they hold. */
  readonly stated?: readonly (readonly [since: string, facts: Facts])[];
}

function project({ kind = 'school', facts = PRIMARY, claims = {}, stated = [] }: School): ProjectState {
  const written = beginProject(education, 'building');
  for (const [code, on] of Object.entries(claims)) written.add(on, claimed(code));
  const unit = { unit: 'u-1', measure: 'B2-1.schools' };
  written.add(DELIVERED_ON, delivered({ ...unit, kind, quantity: 1, facts }));
  for (const [since, later] of stated) {
    written.add(since, { case: 'outputFactsStated', value: { ...unit, since, facts: factValues(later) } });
  }
  return foldProject(written.stream, written.entries);
}

function countsFrom(school: School): Counting {
  const state = project(school);
  const unit = state.units.get('B2-1.schools/u-1');
  const counting = unit && education.unitKinds[unit.kind]?.countsFrom(unit, state);
  if (!counting) throw new Error('not delivered');
  return counting;
}

describe('the day from which a school counts', () => {
  test.each([
    ['2023-08-20', '2023-09-01'],
    ['2023-09-01', '2023-09-01'],
    ['2023-09-02', '2024-09-01'],
    ['2023-09-15', '2024-09-01'],
    ['2023-12-31', '2024-09-01'],
  ])('accepted on %s and in use, it counts from %s', (acceptance, from) => {
    expect(countsFrom({ claims: { acceptance, opening: '2024-02-20' } })).toMatchObject({ from });
  });

  test('names acceptance and opening as what it counts by', () => {
    const state = project({ claims: BUILT });
    const positions = ['acceptance', 'opening'].flatMap((code) => state.milestones.get(code)?.claimed?.positions ?? []);
    expect(positions).toHaveLength(2);
    expect(countsFrom({ claims: BUILT }).entries).toEqual(positions);
  });

  test('built and not in use, it waits as 建成未投用 and names its acceptance', () => {
    const counting = countsFrom({ claims: { acceptance: '2023-08-20' } });
    expect(counting).toMatchObject({ waitingFor: 'EDU_BUILT_NOT_OPENED' });
    expect(counting.entries).toHaveLength(1);
    expect(education.refusals['EDU_BUILT_NOT_OPENED']?.zh).toMatch(/待开学投用/);
  });

  test('a unit with milestones of its own goes by those, not by its project’s', () => {
    const written = beginProject(education, 'building');
    written.add('2023-08-20', claimed('acceptance'));
    written.add('2023-09-10', claimed('acceptance', 'u-1'));
    written.add('2023-09-11', claimed('opening'));
    for (const unit of ['u-1', 'u-2']) {
      written.add(DELIVERED_ON, delivered({ unit, measure: 'm', kind: 'school', quantity: 1, facts: PRIMARY }));
    }
    const state = foldProject(written.stream, written.entries);
    const from = [...state.units.values()].map((unit) => education.unitKinds['school']?.countsFrom(unit, state));
    expect(from).toMatchObject([{ from: '2024-09-01' }, { from: '2023-09-01' }]);
  });
});

describe('an extension without net new places', () => {
  const extension = { ...PRIMARY, works: 'extension', netNewPlaces: 0 };
  const certifiedOn = (since: string, ...more: [string, Facts][]): School => ({
    facts: extension,
    claims: BUILT,
    stated: [[since, { certified: true }], ...more],
  });

  test('waits until it is certified', () => {
    expect(countsFrom({ facts: extension, claims: BUILT })).toMatchObject({ waitingFor: 'EDU_NO_NEW_PLACES' });
  });

  test('then counts from the first autumn term after, and names the statement', () => {
    const counting = countsFrom(certifiedOn('2024-01-10'));
    expect(counting).toMatchObject({ from: '2024-09-01' });
    expect(counting.entries).toHaveLength(3);
  });

  test('never earlier than it opened', () => {
    expect(countsFrom(certifiedOn('2023-07-01'))).toMatchObject({ from: '2023-09-01' });
  });

  test('waits again where the certification was taken back', () => {
    const counting = countsFrom(certifiedOn('2024-01-10', ['2024-03-01', { certified: false }]));
    expect(counting).toMatchObject({ waitingFor: 'EDU_NO_NEW_PLACES' });
  });

  test('one delivered as certified counts like a new school; one with net new places needs no certificate', () => {
    expect(countsFrom({ facts: { ...extension, certified: true }, claims: BUILT })).toMatchObject({
      from: '2023-09-01',
    });
    expect(countsFrom({ facts: { ...extension, netNewPlaces: 1 }, claims: BUILT })).toMatchObject({
      from: '2023-09-01',
    });
  });
});

describe('a kindergarten built with an estate', () => {
  const estate = { ...NURSERY, estate: true };
  test('waits for its handover, and counts from the autumn after it', () => {
    const kind = 'kindergarten';
    expect(countsFrom({ kind, facts: estate, claims: BUILT })).toMatchObject({ waitingFor: 'EDU_NOT_HANDED_OVER' });
    const stated = [['2023-10-01', { handedOver: true }]] as const;
    expect(countsFrom({ kind, facts: estate, claims: BUILT, stated })).toMatchObject({ from: '2024-09-01' });
    expect(countsFrom({ kind, facts: { ...estate, handedOver: false }, claims: BUILT })).toMatchObject({
      waitingFor: 'EDU_NOT_HANDED_OVER',
    });
  });
  test('not accepted, it waits for that first', () => {
    expect(countsFrom({ kind: 'kindergarten', facts: estate })).toMatchObject({ waitingFor: 'EDU_NOT_ACCEPTED' });
  });
});

describe('school places', () => {
  const plan: PlanState = foldPlan(
    emptyPlan,
    makeEntry({
      stream: 'plan',
      position: 1,
      event: { case: 'countyDefined', value: { code: '410221', name: '杞县' } satisfies Partial<CountyDefined> },
    }),
  );
  const rowsOf = (...schools: School[]) => schools.flatMap((school) => schoolPlaces.rows(project(school)));

  test('add up by term, county and stage; an extension adds its net new ones', () => {
    const extension = { ...PRIMARY, works: 'extension', netNewPlaces: 90 };
    const rows = rowsOf(
      { claims: BUILT },
      { facts: extension, claims: BUILT },
      { claims: { ...BUILT, acceptance: '2023-10-01' } },
    );
    expect(schoolPlaces.answer(rows, plan, {})).toEqual({
      places: [
        { county: '410221', countyName: '杞县', stage: 'primary', term: '2023-09-01', claimed: 1170, verified: 0 },
        { county: '410221', countyName: '杞县', stage: 'primary', term: '2024-09-01', claimed: 1080, verified: 0 },
      ],
      waiting: [],
    });
    expect(schoolPlaces.answer(rows, plan, { term: '2024' })).toMatchObject({ places: [{ claimed: 1080 }] });
    expect(schoolPlaces.answer(rows, plan, { county: '410222' })).toEqual({ places: [], waiting: [] });
  });

  test('of a kindergarten stand under their own stage, once however many measures it serves, verified apart', () => {
    const written = beginProject(education, 'building');
    for (const [code, on] of Object.entries(BUILT)) written.add(on, claimed(code));
    const estate = { ...NURSERY, estate: true, handedOver: true };
    const [, other] = ['B2-1.kindergartens', 'T4-2.town-kindergartens'].map((measure) => {
      const unit = { unit: 'k-1', measure };
      return {
        unit,
        delivery: written.add(DELIVERED_ON, delivered({ ...unit, kind: 'kindergarten', quantity: 1, facts: estate })),
      };
    });
    const answer = () => schoolPlaces.answer(schoolPlaces.rows(foldProject(written.stream, written.entries)), plan, {});
    const cell = { stage: 'kindergarten', term: '2023-09-01', claimed: 270 };
    expect(answer()).toMatchObject({ places: [{ ...cell, verified: 0 }], waiting: [] });
    written.add('2023-10-01', { case: 'outputVerified', value: { ...other?.unit, delivery: other?.delivery ?? 0 } });
    expect(answer()).toMatchObject({ places: [{ ...cell, verified: 270 }] });
  });

  test('of an estate’s kindergarten wait for its handover', () => {
    const rows = rowsOf({ kind: 'kindergarten', facts: { ...NURSERY, estate: true }, claims: BUILT });
    expect(schoolPlaces.answer(rows, plan, {})).toMatchObject({ places: [], waiting: [{ places: 270 }] });
  });

  test('of a school that is built and not in use are listed, not added', () => {
    const rows = rowsOf({ claims: { acceptance: '2023-08-20' } });
    expect(schoolPlaces.answer(rows, plan, {})).toMatchObject({ places: [], waiting: [{ places: 1080 }] });
  });

  test('follow later facts from the day on which they hold', () => {
    const state = project({ claims: BUILT, stated: [['2024-09-01', { places: 1000 }]] });
    const unit = state.units.get('B2-1.schools/u-1');
    expect(unit && [placesAdded(unit, '2024-08-31'), placesAdded(unit, '2024-09-01')]).toEqual([1080, 1000]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { EventInit } from '@planledger/contracts';
import { sectorConformance } from '../conformance.js';
import { beginProject, claimed, delivered, type WrittenStream } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { housing } from './definition.js';

const OLD_CITY = 'T9-1.communities';
const COMMUNITY = {
  ...{ yearBuilt: 1994, households: 320, buildings: 8, area: 26_000, owners: 300, consenting: 200 },
  ...{ category: 'basic', oldCity: true, facilityArea: 120 },
};
const ACCEPTED = { start: '2022-05-01', acceptance: '2023-05-18' };

sectorConformance(housing, {
  sampleUnits: {
    community: [
      {
        ...{ template: 'old-community', measure: OLD_CITY, facts: COMMUNITY, claims: ACCEPTED },
        countsFrom: '2023-05-18',
        refused: [
          { code: 'HOU_RESERVE_ONLY', facts: { yearBuilt: 2001 } },
          { code: 'HOU_RESERVE_ONLY', facts: { yearBuilt: 2005 } },
          { code: 'HOU_BUILT_TOO_LATE', facts: { yearBuilt: 2006 } },
          { code: 'HOU_CONSENT_EXCEEDS_OWNERS', facts: { consenting: 301 } },
          { code: 'HOU_CONSENT_SHORT', facts: { consenting: 199 } },
          // Two thirds of 301 are 200 and a bit: 200 fall short, though they round to 66 %.
          { code: 'HOU_CONSENT_SHORT', facts: { owners: 301 } },
          { code: 'HOU_FACILITY_AREA_MISSING', facts: { facilityArea: undefined } },
          { code: 'HOU_FACILITIES_SUFFICE', facts: { facilityArea: 300 } },
          { code: 'HOU_NOT_OLD_CITY', facts: { oldCity: false } },
          { code: 'HOU_BUILDINGS_EXCEED_HOUSEHOLDS', facts: { buildings: 321 } },
          { code: 'HOU_ONE_COMMUNITY', quantity: 320 },
        ],
        waits: [
          { code: 'HOU_NOT_ACCEPTED', unclaimed: ['start', 'acceptance'] },
          { code: 'HOU_STARTED_NOT_COMPLETED', unclaimed: ['acceptance'] },
        ],
      },
      // At the edges: the last year that counts, no facilities at all, exactly two thirds.
      {
        ...{ template: 'old-community', measure: OLD_CITY, claims: ACCEPTED, countsFrom: '2023-05-18' },
        facts: { ...COMMUNITY, yearBuilt: 2000, facilityArea: 0, owners: 3, consenting: 2 },
      },
      // An ordinary estate, of another measure than the 74.
      {
        ...{ template: 'old-community', claims: ACCEPTED, countsFrom: '2023-05-18' },
        facts: { ...COMMUNITY, oldCity: false, facilityArea: 299 },
      },
    ],
    household: [
      {
        ...{ template: 'old-community', quantity: 120, facts: { community: 'u-1', households: 120 } },
        ...{ claims: ACCEPTED, countsFrom: '2023-05-18' },
        refused: [
          { code: 'HOU_HOUSEHOLDS_MISMATCH', quantity: 119 },
          {
            code: 'HOU_HOUSEHOLDS_EXCEED_COMMUNITY',
            beside: { kind: 'community', facts: { ...COMMUNITY, households: 119 } },
          },
        ],
        waits: [{ code: 'HOU_STARTED_NOT_COMPLETED', unclaimed: ['acceptance'] }],
      },
      {
        ...{ template: 'shantytown', quantity: 40, facts: { community: 'c-9', households: 40 } },
        ...{ claims: ACCEPTED, countsFrom: '2023-05-18' },
        waits: [{ code: 'HOU_NOT_ACCEPTED', unclaimed: ['start'] }],
      },
    ],
  },
});

const community = (unit: string, facts: Facts = COMMUNITY): EventInit =>
  delivered({ unit, measure: OLD_CITY, kind: 'community', quantity: 1, facts, member: '' });
const lot = (unit: string, code: string, households: number, measure = 'X-1.households'): EventInit =>
  delivered({ unit, measure, kind: 'household', quantity: households, facts: { community: code, households } });

/** From which day the unit contributes as claimed, or why it does not. */
function counted({ stream, entries }: WrittenStream, unit: string): string {
  const { contributions, uncounted } = standingOf(housing, foldProject(stream, entries), 'p');
  return (
    contributions.find((one) => one.unit === unit)?.from ?? uncounted.find((one) => one.unit === unit)?.reason ?? ''
  );
}

describe('the day from which a community counts', () => {
  test('is that of its own acceptance, else of its project’s; a start of either kind counts nothing', () => {
    const written = beginProject(housing, 'old-community');
    const { add } = written;
    for (const unit of ['c-1', 'c-2', 'c-3']) add('2022-06-01', community(unit));
    expect(counted(written, 'c-1')).toBe('HOU_NOT_ACCEPTED');
    add('2022-06-02', claimed('start', 'c-1'));
    expect([counted(written, 'c-1'), counted(written, 'c-2')]).toEqual([
      'HOU_STARTED_NOT_COMPLETED',
      'HOU_NOT_ACCEPTED',
    ]);
    add('2022-06-03', claimed('start'));
    expect(counted(written, 'c-2')).toBe('HOU_STARTED_NOT_COMPLETED');
    add('2023-03-03', claimed('acceptance', 'c-1'));
    expect([counted(written, 'c-1'), counted(written, 'c-2')]).toEqual(['2023-03-03', 'HOU_STARTED_NOT_COMPLETED']);
    add('2023-09-09', claimed('acceptance'));
    expect([counted(written, 'c-1'), counted(written, 'c-2')]).toEqual(['2023-03-03', '2023-09-09']);
  });

  test('is named by the entry of the acceptance, and the wait by that of the start', () => {
    const { stream, entries, add } = beginProject(housing, 'old-community');
    const start = add('2022-06-02', claimed('start'));
    const delivery = add('2022-06-03', community('c-1'));
    expect(standingOf(housing, foldProject(stream, entries), 'p').uncounted[0]?.entries).toEqual([start, delivery]);
    const acceptance = add('2023-03-03', claimed('acceptance'));
    expect(standingOf(housing, foldProject(stream, entries), 'p').contributions[0]?.entries).toEqual([
      delivery,
      acceptance,
    ]);
  });

  test('of households is that of their community where it was accepted on its own', () => {
    const written = beginProject(housing, 'old-community');
    written.add('2022-06-03', claimed('start'));
    written.add('2023-03-03', claimed('acceptance', 'c-1'));
    written.add('2023-04-01', lot('lot-1', 'c-1', 100));
    written.add('2023-04-01', lot('lot-2', 'c-2', 50));
    expect([counted(written, 'lot-1'), counted(written, 'lot-2')]).toEqual(['2023-03-03', 'HOU_STARTED_NOT_COMPLETED']);
  });
});

describe('households of a community', () => {
  const refusalOf = ({ stream, entries }: WrittenStream, households: number, measure = 'X-1.households') =>
    housing.unitKinds['household']?.refuse(
      { unit: 'lot-9', name: '九号院', measure, quantity: households, facts: { community: 'c-1', households } },
      foldProject(stream, entries),
    );
  const written = beginProject(housing, 'old-community');
  written.add('2022-06-01', community('c-1'));
  written.add('2022-06-02', lot('lot-1', 'c-1', 200));
  written.add('2022-06-02', lot('lot-2', 'c-2', 300));

  test('may come in lots, together no more than the community has', () => {
    expect(refusalOf(written, 120)).toBeUndefined();
    expect(refusalOf(written, 121)).toEqual({
      rejected: 'HOU_HOUSEHOLDS_EXCEED_COMMUNITY',
      details: { community: 'c-1', households: 320, reported: 200, quantity: 121 },
    });
  });

  test('are told apart by measure, and a lost lot makes room again', () => {
    expect(refusalOf(written, 320, 'X-1.other')).toBeUndefined();
    const value = { unit: 'lot-1', measure: 'X-1.households', lostOn: '2022-07-01' };
    written.add('2022-07-01', { case: 'outputRevoked', value });
    expect(refusalOf(written, 320)).toBeUndefined();
    expect(refusalOf(written, 321)?.rejected).toBe('HOU_HOUSEHOLDS_EXCEED_COMMUNITY');
  });
});

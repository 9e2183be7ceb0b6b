import { describe, expect, test } from '@jest/globals';
import { beginProject, claimed, delivered, factValues, type WrittenStream } from '../conformance-history.js';
import { emptyProject, foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { standingOf } from '../standing.js';
import { cultureSport } from './definition.js';

const MUSEUM = { category: 'museum', areaSquareMetres: 12_000, weeklyHours: 48, freeOfCharge: true, heritage: false };
const SITE = { works: 'new', areaSquareMetres: 400, equipmentSets: 12, community: 'c-1' };

const give = (written: WrittenStream, unit: string, kind: string, facts: Facts): number =>
  written.add('2023-06-30', delivered({ unit, measure: 'X-1.units', kind, quantity: 1, facts }));
const state = (written: WrittenStream, unit: string, since: string, facts: Facts): number =>
  written.add(since, {
    case: 'outputFactsStated',
    value: { unit, measure: 'X-1.units', since, facts: factValues(facts) },
  });
const counted = ({ stream, entries }: WrittenStream, unit: string): string | undefined => {
  const { contributions, uncounted } = standingOf(cultureSport, foldProject(stream, entries), 'p');
  return contributions.find((one) => one.unit === unit)?.from ?? uncounted.find((one) => one.unit === unit)?.reason;
};
const refusalOf = (kind: string, measure: string, facts: Facts) =>
  cultureSport.unitKinds[kind]?.refuse(
    { unit: 'u-1', name: '单元', measure, quantity: 1, facts },
    emptyProject('project/p-1'),
  );

describe('a venue', () => {
  test('counts from the day on which the public may come in, not from its acceptance', () => {
    const written = beginProject(cultureSport, 'venue');
    give(written, 'v-1', 'venue', MUSEUM);
    expect(counted(written, 'v-1')).toBe('CUL_NOT_ACCEPTED');
    written.add('2023-07-01', claimed('acceptance'));
    expect(counted(written, 'v-1')).toBe('CUL_BUILT_NOT_OPENED');
    written.add('2024-02-10', claimed('opening'));
    expect(counted(written, 'v-1')).toBe('2024-02-10');
  });

  test('is refused by the name of what its measure asks for', () => {
    expect(refusalOf('venue', 'B7-1.venues', MUSEUM)).toEqual({
      rejected: 'CUL_CATEGORY_NOT_ASKED',
      details: {
        measure: 'B7-1.venues',
        asked: '科技馆、档案馆、活动中心（职工、青少年、妇女儿童）',
        stated: '博物馆',
      },
    });
  });
});

describe('the set of two grounds and three halls', () => {
  test('counts from the day on which the last of the five opened', () => {
    const written = beginProject(cultureSport, 'service');
    give(written, 'set', 'county-set', { groundsOpen: 2, hallsOpen: 1 });
    state(written, 'set', '2024-03-01', { hallsOpen: 2 });
    expect(counted(written, 'set')).toBe('CUL_SET_INCOMPLETE');
    state(written, 'set', '2025-01-15', { hallsOpen: 3 });
    expect(counted(written, 'set')).toBe('2025-01-15');
  });

  test('waits again when a hall closes', () => {
    const written = beginProject(cultureSport, 'service');
    give(written, 'set', 'county-set', { groundsOpen: 2, hallsOpen: 3 });
    expect(counted(written, 'set')).toBe('2023-06-30');
    state(written, 'set', '2024-03-01', { hallsOpen: 2 });
    expect(counted(written, 'set')).toBe('CUL_SET_INCOMPLETE');
  });
});

describe('a community of the circle', () => {
  const near = { site: 's-1', walkMinutes: 7 };

  test('counts from the day on which the site of its project opened, whatever is stated of it', () => {
    const written = beginProject(cultureSport, 'sports-sites');
    give(written, 's-1', 'fitness-site', SITE);
    give(written, 'c-1', 'circle-community', { ...near, siteOpen: true });
    expect(counted(written, 'c-1')).toBe('CUL_NO_OPEN_SITE_NEAR');
    written.add('2023-07-01', claimed('acceptance'));
    expect(counted(written, 'c-1')).toBe('CUL_NO_OPEN_SITE_NEAR');
    written.add('2023-08-01', claimed('opening', 's-1'));
    expect([counted(written, 's-1'), counted(written, 'c-1')]).toEqual(['2023-08-01', '2023-08-01']);
  });

  test('that is served by another project’s site goes by what is stated of it, and since when', () => {
    const written = beginProject(cultureSport, 'service');
    give(written, 'c-1', 'circle-community', near);
    expect(counted(written, 'c-1')).toBe('CUL_NO_OPEN_SITE_NEAR');
    state(written, 'c-1', '2023-10-01', { siteOpen: true });
    expect(counted(written, 'c-1')).toBe('2023-10-01');
  });

  test('names the entries of the site that it stands on', () => {
    const written = beginProject(cultureSport, 'sports-sites');
    give(written, 's-1', 'fitness-site', SITE);
    const community = give(written, 'c-1', 'circle-community', near);
    const acceptance = written.add('2023-07-01', claimed('acceptance'));
    const opening = written.add('2023-07-02', claimed('opening'));
    const { contributions } = standingOf(cultureSport, foldProject(written.stream, written.entries), 'p');
    expect(contributions.find(({ unit }) => unit === 'c-1')?.entries).toEqual([community, acceptance, opening]);
  });

  test('is out of it at eleven minutes and in it at ten', () => {
    expect(refusalOf('circle-community', 'B7-3.ten-minute-circle', { ...near, walkMinutes: 10 })).toBeUndefined();
    expect(refusalOf('circle-community', 'B7-3.ten-minute-circle', { ...near, walkMinutes: 11 })?.details).toEqual({
      ...{ minutes: 11, limit: 10 },
    });
  });
});

describe('a grade', () => {
  const graded = (tier: string, standard: string) => refusalOf('title', 'T11-2.libraries', { tier, standard });

  test('is asked higher of a city library than of a county one', () => {
    expect([graded('city', 'grade-2'), graded('county', 'grade-3'), graded('county', 'grade-1')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(graded('city', 'grade-3')?.details).toEqual({
      measure: 'T11-2.libraries',
      ...{ asked: '国家一级、国家二级', stated: '国家三级' },
    });
    expect(graded('village', 'grade-1')).toEqual({
      rejected: 'CUL_TIER_NOT_ASKED',
      details: { measure: 'T11-2.libraries', asked: '市级、县级' },
    });
  });

  test('of a title without a measure of the plan asks nothing', () => {
    expect(refusalOf('title', 'X-1.units', { standard: 'municipal-title' })).toBeUndefined();
  });
});

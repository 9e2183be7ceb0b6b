import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { claimed, delivered, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import type { Facts, SectorView } from '../sector.js';
import { fitnessCircle, fitnessFacilities } from './fitness-views.js';
import { footballPitches } from './pitch-view.js';

const CIRCLE = 'B7-3.ten-minute-circle';
const SITES = 'B7-3.facilities';
const openRoster: EventInit = { case: 'rosterDefined', value: { roster: 'communities', name: '城市社区', open: true } };
const adopted: EventInit = {
  case: 'rosterDefined',
  value: {
    roster: 'communities',
    name: '城市社区',
    members: [
      { member: 'c-1', name: '一社区', county: '410202' },
      { member: 'c-2', name: '二社区', county: '410202' },
      { member: 'c-3', name: '三社区', county: '410203' },
    ],
  },
};
const ITEM = 'B7-3';
const measure = (value: object): EventInit => ({ case: 'measureDefined', value: { item: ITEM, ...value } });
const planOf = (roster: EventInit): PlanState =>
  [
    { case: 'countyDefined', value: { code: '410202', name: '龙亭区' } } as const,
    { case: 'planItemDefined', value: { item: ITEM, sector: 'culture-sport' } } as const,
    { case: 'planItemDefined', value: { item: 'X-1', sector: 'other' } } as const,
    // Kinds of the same names in another sector.
    measure({ measure: 'X-1.b', item: 'X-1', unitKind: 'fitness-site', low: '9' }),
    measure({ measure: 'X-1.c', item: 'X-1', unitKind: 'pitch', low: '9' }),
    measure({ measure: 'X-1.d', item: 'X-1', unitKind: 'circle-community', roster: 'none' }),
    measure({ measure: CIRCLE, quantifier: Quantifier.ALL, unitKind: 'circle-community', roster: 'communities' }),
    measure({
      measure: SITES,
      name: '健身场地设施',
      quantifier: Quantifier.EXACT,
      low: '500',
      unitKind: 'fitness-site',
    }),
    measure({ measure: 'T11-5.new-pitches', name: '新建', low: '120', unitKind: 'pitch' }),
    measure({ measure: 'T11-5.pitches', name: '总数', low: '510', baseline: '99', unitKind: 'pitch' }),
    roster,
  ]
    .map((event, index) => makeEntry({ stream: 'plan', position: index + 1, event }))
    .reduce(foldPlan, emptyPlan);
const plan = planOf(adopted);

function begin(id: string, template: string, county = '410202'): WrittenStream {
  const written = writeStream(`project/${id}`);
  const value = { name: `项目${id}`, sector: 'culture-sport', county, unit: 'bureau-1', template };
  written.add('2021-03-01', { case: 'projectRegistered', value });
  return written;
}
const give = (written: WrittenStream, unit: string, kind: string, of: string, facts: Facts, more = {}): number =>
  written.add('2023-06-30', delivered({ unit, measure: of, kind, quantity: 1, facts, ...more }));
/** Accepted and opened as a whole, or one unit of it. */
const open = (written: WrittenStream, unit = ''): void => {
  written.add('2023-07-01', claimed('acceptance', unit));
  written.add('2023-08-01', claimed('opening', unit));
};
const ask = <Row>(
  view: SectorView<Row>,
  written: readonly WrittenStream[],
  question: Record<string, string> = {},
  of = plan,
): Record<string, unknown> => {
  const rows = (project: ProjectState): Row[] => view.rows(project);
  const all = written.flatMap(({ stream, entries }) => rows(foldProject(stream, entries)));
  return view.answer(all, of, question) as Record<string, unknown>;
};

describe('the 500', () => {
  const site = (works: string, more: Facts = {}): Facts => ({
    ...{ works, areaSquareMetres: 300, equipmentSets: 10, ...more },
  });

  test('are new ones and upgraded ones, two numbers side by side against one target', () => {
    const written = begin('a', 'sports-sites');
    for (const unit of ['s-1', 's-2']) give(written, unit, 'fitness-site', SITES, site('new'));
    const delivery = give(written, 's-3', 'fitness-site', SITES, site('upgraded', { renewedSets: 4 }));
    give(written, 's-4', 'fitness-site', SITES, site('upgraded', { renewedSets: 4 }));
    for (const unit of ['s-1', 's-2', 's-3']) open(written, unit);
    written.add('2023-08-02', claimed('acceptance', 's-4'));
    written.add('2023-09-01', { case: 'outputVerified', value: { unit: 's-3', measure: SITES, delivery } });
    const counts = {
      new: { name: '新建', claimed: 2, verified: 0, squareMetres: 600, equipmentSets: 20 },
      upgraded: { name: '提档升级', claimed: 1, verified: 1, squareMetres: 300, equipmentSets: 10 },
      waiting: 1,
    };
    expect(ask(fitnessFacilities, [written])).toEqual({
      targets: [{ measure: SITES, name: '健身场地设施', target: '500' }],
      all: counts,
      counties: [{ county: '410202', countyName: '龙亭区', ...counts }],
      waiting: [
        { stream: 'project/a', name: 's-4号', works: 'upgraded', waitingFor: 'CUL_BUILT_NOT_OPENED', county: '410202' },
      ],
    });
  });

  test('of one county have no target while none was decomposed', () => {
    const [here, there] = [begin('a', 'sports-sites'), begin('b', 'sports-sites', '410203')];
    for (const written of [here, there]) {
      give(written, 's-1', 'fitness-site', SITES, site('new'));
      open(written);
    }
    expect(ask(fitnessFacilities, [here, there], { county: '410203' })).toMatchObject({
      targets: [],
      all: { new: { claimed: 1 } },
      counties: [{ county: '410203' }],
    });
  });
});

describe('the ten-minute circle', () => {
  const reach = (written: WrittenStream, community: string, walkMinutes: number, siteOpen = true): number =>
    give(
      written,
      `u-${community}`,
      'circle-community',
      CIRCLE,
      { site: 's-9', walkMinutes, siteOpen },
      { member: community },
    );

  test('is closed when every community of the roster is reached; one outside fills no gap', () => {
    const written = begin('a', 'service');
    reach(written, 'c-1', 4);
    reach(written, 'c-2', 9);
    reach(written, 'c-3', 5, false);
    reach(written, 'c-7', 6);
    expect(ask(fitnessCircle, [written])).toEqual({
      ...{ roster: '名册已定', communities: 3, covered: 2, share: '2/3' },
      missing: [{ community: 'c-3', name: '三社区', county: '410203' }],
      outside: ['c-7'],
      counties: [
        {
          ...{ county: '410202', countyName: '龙亭区', reached: 3, verified: 0 },
          ...{ withinFiveMinutes: 1, sixToTenMinutes: 2 },
        },
      ],
      siteNotOpen: [{ community: 'c-3', name: 'u-c-3号', site: 's-9', stream: 'project/a' }],
      siteWithoutCommunity: [],
    });
  });

  test('has no share while the roster is open: how many communities there are is not invented', () => {
    const written = begin('a', 'service');
    reach(written, 'c-1', 4);
    expect(ask(fitnessCircle, [written], {}, planOf(openRoster))).toMatchObject({
      ...{ roster: '名册未定', communities: null, covered: null, share: null, missing: null, outside: null },
      counties: [{ reached: 1 }],
    });
  });

  test('holds a community once, by the nearest site that is open', () => {
    const [one, two, three] = [begin('a', 'service'), begin('b', 'service'), begin('d', 'service')];
    reach(one, 'c-1', 2, false);
    reach(two, 'c-1', 9);
    reach(three, 'c-1', 5);
    for (const order of [
      [one, two, three],
      [three, two, one],
    ]) {
      expect(ask(fitnessCircle, order)).toMatchObject({
        counties: [{ reached: 1, withinFiveMinutes: 1, sixToTenMinutes: 0 }],
        siteNotOpen: [],
      });
    }
  });

  test('is asked of one county by the members that lie in it', () => {
    const written = begin('a', 'service');
    reach(written, 'c-1', 4);
    expect(ask(fitnessCircle, [written], { county: '410202' })).toMatchObject({ communities: 2, share: '1/2' });
    expect(ask(fitnessCircle, [written], { county: '410203' })).toMatchObject({ communities: 1, share: '0' });
    // Reached by a project of the city itself, it lies where the roster says.
    const city = begin('b', 'service', '410200');
    reach(city, 'c-3', 4);
    expect(ask(fitnessCircle, [city], { county: '410203' })).toMatchObject({
      ...{ share: '1', missing: [] },
      counties: [{ county: '410203', reached: 1 }],
    });
  });

  test('names the communities that have an open site, and of which nobody said how far it is', () => {
    const written = begin('a', 'sports-sites');
    const site = { works: 'new', areaSquareMetres: 300, equipmentSets: 10 };
    give(written, 's-1', 'fitness-site', SITES, { ...site, community: 'c-2' });
    give(written, 's-2', 'fitness-site', SITES, site);
    const gaps = (): unknown => ask(fitnessCircle, [written])['siteWithoutCommunity'];
    expect(gaps()).toEqual([]);
    open(written);
    expect(gaps()).toEqual([{ community: 'c-2', name: 's-1号', stream: 'project/a' }]);
    reach(written, 'c-2', 3);
    expect(gaps()).toEqual([]);
  });
});

describe('the football pitches', () => {
  const pitches = (works: string, owner: string, five: number, eleven: number, seven = 0): Facts => ({
    ...{ works, owner, land: owner === 'school' ? 'school' : 'idle', five, seven, eleven },
  });

  test('show whose they are, for the 510 cannot be met by the 99 and the 120 alone', () => {
    const written = begin('a', 'sports-sites');
    const three = pitches('new', 'social', 2, 1);
    // A new pitch is one of the 120 and raises the total as well: two deliveries, one pitch.
    for (const of of ['T11-5.new-pitches', 'T11-5.pitches']) give(written, 'p-1', 'pitch', of, three, { quantity: 3 });
    give(written, 'p-2', 'pitch', 'T11-5.pitches', pitches('listed', 'school', 0, 4, 2), { quantity: 6 });
    give(written, 'p-3', 'pitch', 'T11-5.pitches', pitches('new', 'social', 5, 0), { quantity: 5 });
    for (const unit of ['p-1', 'p-2']) open(written, unit);
    expect(ask(footballPitches, [written])).toEqual({
      targets: [
        { measure: 'T11-5.new-pitches', name: '新建', target: '120', baseline: null, delivered: 3, level: '3' },
        { measure: 'T11-5.pitches', name: '总数', target: '510', baseline: '99', delivered: 9, level: '108' },
      ],
      owners: [
        { owner: 'social', name: '社会足球场地', pitches: 3, new: 3, listed: 0 },
        { owner: 'school', name: '学校足球场地', pitches: 6, new: 0, listed: 6 },
      ],
      sizes: [
        { size: 'five', name: '五人制', pitches: 2 },
        { size: 'seven', name: '七（八）人制', pitches: 2 },
        { size: 'eleven', name: '十一人制', pitches: 5 },
      ],
      waiting: 5,
    });
    expect(ask(footballPitches, [written], { county: '410203' })).toMatchObject({
      owners: [{ pitches: 0 }, { pitches: 0 }],
      waiting: 0,
    });
    expect(ask(footballPitches, [written], { county: '410202' })).toMatchObject({
      owners: [{ pitches: 3 }, { pitches: 6 }],
      waiting: 5,
    });
  });
});

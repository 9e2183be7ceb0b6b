import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan } from '@planledger/plan';
import { claimed, delivered, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { venues } from './venue-views.js';

const MUSEUMS = 'B7-1.museums';
const works = [
  { work: 'shuntian-gate', name: '顺天门遗址博物馆', weight: 1 },
  { work: 'zhou-bridge', name: '州桥遗址博物馆', weight: 1 },
];
const events: readonly EventInit[] = [
  { case: 'countyDefined', value: { code: '410202', name: '龙亭区' } },
  { case: 'planItemDefined', value: { item: 'B7-1', sector: 'culture-sport' } },
  {
    case: 'measureDefined',
    value: { measure: MUSEUMS, item: 'B7-1', quantifier: Quantifier.CHECKLIST, unitKind: 'venue', works },
  },
  // A kind of the same name in another sector.
  { case: 'planItemDefined', value: { item: 'X-1', sector: 'other' } },
  { case: 'measureDefined', value: { measure: 'X-1.a', item: 'X-1', unitKind: 'venue', works } },
];
const plan = events
  .map((event, index) => makeEntry({ stream: 'plan', position: index + 1, event }))
  .reduce(foldPlan, emptyPlan);

function begin(id: string, template: string, county = '410202'): WrittenStream {
  const written = writeStream(`project/${id}`);
  const value = { name: `项目${id}`, sector: 'culture-sport', county, unit: 'bureau-1', template };
  written.add('2021-03-01', { case: 'projectRegistered', value });
  return written;
}
const give = (written: WrittenStream, unit: string, kind: string, measure: string, facts: Facts, member = ''): number =>
  written.add('2023-06-30', delivered({ unit, measure, kind, quantity: 1, facts, member }));
const ask = (written: readonly WrittenStream[], question: Record<string, string> = {}): Record<string, unknown> => {
  const rows = written.flatMap(({ stream, entries }) => venues.rows(foldProject(stream, entries)));
  return venues.answer(rows, plan, question) as Record<string, unknown>;
};

describe('the venues', () => {
  const museum = (weeklyHours: number, freeOfCharge = true): Facts => ({
    ...{ category: 'museum', areaSquareMetres: 9_000, weeklyHours, freeOfCharge, heritage: false },
  });

  test('are those that the public may enter: by category and county, with area and hours', () => {
    const [one, two] = [begin('a', 'venue'), begin('b', 'venue', '410203')];
    const delivery = give(one, 'm-1', 'venue', MUSEUMS, museum(48), 'shuntian-gate');
    give(two, 'm-2', 'venue', MUSEUMS, museum(40, false), 'zhou-bridge');
    for (const written of [one, two]) {
      written.add('2023-07-01', claimed('acceptance'));
      written.add('2023-08-01', claimed('opening'));
    }
    one.add('2023-09-01', { case: 'outputVerified', value: { unit: 'm-1', measure: MUSEUMS, delivery } });
    const inCounty = { open: 1, squareMetres: 9_000 };
    expect(ask([one, two])).toMatchObject({
      categories: [
        {
          ...{ category: 'museum', name: '博物馆', open: 2, verified: 1, free: 1 },
          ...{ squareMetres: 18_000, weeklyHours: 88, fewestHours: 40 },
          counties: [
            { county: '410202', countyName: '龙亭区', ...inCounty, weeklyHours: 48, verified: 1 },
            { county: '410203', countyName: '410203', ...inCounty, weeklyHours: 40, verified: 0 },
          ],
        },
      ],
      builtNotOpen: [],
      charging: [{ name: 'm-2号', county: '410203', stream: 'project/b' }],
      worksMissing: [],
    });
    expect(ask([one, two], { county: '410203' })).toMatchObject({
      categories: [{ open: 1, counties: [{ county: '410203' }] }],
    });
    expect(ask([one, two], { category: 'sports' })).toMatchObject({ categories: [], charging: [] });
    expect(ask([one, two], { category: 'museum' })).toMatchObject({ categories: [{ open: 2 }] });
  });

  test('that stand accepted and closed are listed with their days, and are no open venue', () => {
    const written = begin('a', 'venue');
    give(written, 'm-1', 'venue', MUSEUMS, museum(48), 'shuntian-gate');
    expect(ask([written])).toMatchObject({ categories: [], builtNotOpen: [] });
    written.add('2023-07-01', claimed('acceptance'));
    expect(ask([written], { on: '2023-07-31' })).toMatchObject({
      categories: [],
      builtNotOpen: [{ stream: 'project/a', name: 'm-1号', category: 'museum', accepted: '2023-07-01', days: 30 }],
      worksMissing: [{ measure: MUSEUMS, work: 'zhou-bridge', name: '州桥遗址博物馆' }],
    });
    for (const question of [undefined, { on: '2023-07-32' }]) {
      expect((ask([written], question)['builtNotOpen'] as object[])[0]).not.toHaveProperty('days');
    }
    // The longest first.
    const [earlier, later] = [begin('0', 'venue'), begin('z', 'venue')];
    for (const other of [later, earlier]) give(other, 'm-2', 'venue', MUSEUMS, museum(48), 'zhou-bridge');
    earlier.add('2023-06-01', claimed('acceptance'));
    later.add('2023-08-01', claimed('acceptance'));
    expect(ask([later, written, earlier])['builtNotOpen']).toMatchObject([
      { accepted: '2023-06-01' },
      { accepted: '2023-07-01' },
      { accepted: '2023-08-01' },
    ]);
  });

  test('hold what stood already and opened its door in a category of its own', () => {
    const written = begin('a', 'facility-opening');
    const facts = { owner: 'public', areaSquareMetres: 500, weeklyHours: 30, freeOfCharge: true, holidays: true };
    give(written, 'f-1', 'open-facility', 'B7-3.open-venues', facts);
    written.add('2023-07-01', claimed('opening'));
    expect(ask([written])['categories']).toMatchObject([
      { category: 'opened-facility', name: '向社会开放的体育设施', open: 1, weeklyHours: 30 },
    ]);
  });
});

import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { claimed, delivered, factValues, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject, type ProjectState } from '../project.js';
import { childrenHomes, facilities } from './views.js';

const HOMES = 'T8-6.children-homes';
const RELOCATIONS = 'T8-5.relocations';
const VILLAGE = { purpose: 'children-village', works: 'relocation', beds: 120, dayPlaces: 40, served: 96 };
const works = [
  { work: 'sos-village', name: '中国开封 SOS 儿童村迁建', weight: 1 },
  { work: 'rehabilitation-centre', name: '开封市残疾儿童康复中心整体迁建', weight: 1 },
];
const settled: EventInit = {
  case: 'rosterDefined',
  value: {
    roster: 'places',
    members: [
      { member: 'c-1', name: '一社区', county: '410221' },
      { member: 'c-2', name: '二社区', county: '410221' },
      { member: 't-1', name: '三镇', county: '410222' },
    ],
  },
};
const events: readonly EventInit[] = [
  { case: 'countyDefined', value: { code: '410221', name: '杞县' } },
  { case: 'planItemDefined', value: { item: 'T8-5', sector: 'social-protection' } },
  { case: 'planItemDefined', value: { item: 'T8-6', sector: 'social-protection' } },
  {
    case: 'measureDefined',
    value: { measure: RELOCATIONS, item: 'T8-5', quantifier: Quantifier.CHECKLIST, unitKind: 'facility', works },
  },
  {
    case: 'measureDefined',
    value: {
      ...{ measure: HOMES, item: 'T8-6', quantifier: Quantifier.EACH, low: '1' },
      unitKind: 'children-home',
      roster: 'places',
    },
  },
  // A kind of another sector that has the same name.
  { case: 'planItemDefined', value: { item: 'B4-3', sector: 'health' } },
  { case: 'measureDefined', value: { measure: 'B4-3.hospitals', item: 'B4-3', unitKind: 'facility', works } },
];
const planOf = (roster: EventInit): PlanState =>
  [...events, roster]
    .map((event, index) => makeEntry({ stream: 'plan', position: index + 1, event }))
    .reduce(foldPlan, emptyPlan);
const plan = planOf(settled);

function begin(id: string, template: string, county = '410221'): WrittenStream {
  const written = writeStream(`project/${id}`);
  const value = { name: `项目${id}`, sector: 'social-protection', county, unit: 'bureau-1', template };
  written.add('2021-03-01', { case: 'projectRegistered', value });
  return written;
}
const rowsOf = <Row>(view: { rows(project: ProjectState): Row[] }, written: readonly WrittenStream[]): Row[] =>
  written.flatMap(({ stream, entries }) => view.rows(foldProject(stream, entries)));

describe('the facilities', () => {
  const answer = (written: readonly WrittenStream[], question: Record<string, string> = {}) =>
    facilities.answer(rowsOf(facilities, written), plan, question) as Record<string, object[]>;
  const village = (oldSiteMoved: boolean): WrittenStream => {
    const written = begin('a', 'facility');
    written.add('2022-01-01', claimed('start'));
    written.add(
      '2023-06-01',
      delivered({
        ...{ unit: 'sos', member: 'sos-village', measure: RELOCATIONS, kind: 'facility', quantity: 1 },
        facts: { ...VILLAGE, oldSiteMoved },
      }),
    );
    return written;
  };
  const centre = (): WrittenStream => {
    const written = begin('b', 'designation', '410222');
    written.add('2023-07-01', claimed('designation'));
    written.add('2023-08-01', claimed('admission'));
    written.add(
      '2023-08-02',
      delivered({
        ...{ unit: 'c-1', member: 'county-level', measure: 'T8-7.centres', kind: 'care-centre', quantity: 1 },
        facts: {
          ...{ level: 'county', hospital: '通许县第二人民医院', beds: 40, residents: 30, severelyDisabled: 12 },
          designation: '汴民文〔2023〕31号',
        },
      }),
    );
    return written;
  };

  test('stand by what they are for, those in use apart from those that are not', () => {
    const one = village(true);
    const none = { institutions: 0, verified: 0, beds: 0, dayPlaces: 0, served: 0, occupancy: null };
    const some = { institutions: 1, verified: 0, beds: 120, dayPlaces: 40, served: 96, occupancy: '3/5' };
    expect(answer([one, centre()])['uses']).toMatchObject([
      { use: 'children-village', name: '儿童村、儿童福利院', inUse: none, notYet: some },
      { use: 'care-centre', inUse: { institutions: 1, beds: 40, served: 30, occupancy: '3/4' }, notYet: none },
    ]);
    one.add('2023-06-02', claimed('acceptance'));
    one.add('2023-06-03', claimed('opening'));
    expect(answer([one])['uses']).toMatchObject([{ inUse: some, notYet: none }]);
    expect(answer([one, centre()], { use: 'care-centre' })['uses']).toMatchObject([{ use: 'care-centre' }]);
    expect(answer([one, centre()], { use: 'mental-health' })['uses']).toEqual([]);
    expect(answer([one, centre()], { county: '410222' })['uses']).toMatchObject([{ use: 'care-centre' }]);
  });

  test('say of a relocation whether the whole of it moved', () => {
    const written = village(false);
    const stage = (): object | undefined => answer([written])['relocations']?.[0];
    expect(stage()).toMatchObject({ name: 'sos号', stage: '未投用', moved: '' });
    written.add('2023-06-02', claimed('acceptance'));
    written.add('2023-06-03', claimed('opening'));
    expect(stage()).toMatchObject({ stage: '新址投用、原址未迁出', moved: '' });
    written.add('2023-09-01', {
      case: 'outputFactsStated',
      value: { unit: 'sos', measure: RELOCATIONS, since: '2023-09-01', facts: factValues({ oldSiteMoved: true }) },
    });
    expect(stage()).toEqual({
      ...{
        stream: 'project/a',
        name: 'sos号',
        county: '410221',
        moved: '2023-09-01',
        oldSiteMoved: true,
        stage: '已整体迁建',
      },
    });
  });

  test('name the works of the plan that nobody delivered, and at which levels a care centre takes people', () => {
    expect(answer([village(true), centre()])).toMatchObject({
      worksMissing: [{ measure: RELOCATIONS, work: 'rehabilitation-centre' }],
      centreLevels: [
        { level: 'city', name: '市级', delivered: 0, inUse: 0 },
        { level: 'county', delivered: 1, inUse: 1 },
        { level: 'town', delivered: 0, inUse: 0 },
      ],
    });
  });
});

describe('the children’s homes', () => {
  const answer = (written: readonly WrittenStream[], of = plan, question: Record<string, string> = {}) =>
    childrenHomes.answer(rowsOf(childrenHomes, written), of, question) as Record<string, unknown>;
  const home = (written: WrittenStream, unit: string, member: string, place: string, openDays: number): number =>
    written.add(
      '2023-06-30',
      delivered({
        ...{ unit, member, measure: HOMES, kind: 'children-home', quantity: 1 },
        facts: { place, areaSquareMetres: 60, workers: 1, openDays },
      }),
    );
  const opened = (): WrittenStream => {
    const written = begin('a', 'site');
    home(written, 'h-1', 'c-1', 'community', 2);
    home(written, 'h-2', 'c-9', 'community', 5);
    home(written, 'h-3', 't-1', 'town', 5);
    written.add('2023-07-01', claimed('sign'));
    for (const unit of ['h-1', 'h-2']) written.add('2023-07-02', claimed('opening', unit));
    return written;
  };

  test('stand by county with the days on which they open; one that is not open is no home yet', () => {
    expect(answer([opened()])).toMatchObject({
      counties: [
        {
          ...{ county: '410221', countyName: '杞县', communities: 2, towns: 0, workers: 2, squareMetres: 120 },
          homesByOpenDays: [0, 1, 0, 0, 1, 0, 0],
        },
      ],
      waiting: [{ name: 'h-3号', county: '410221', waitingFor: 'SSP_HOME_NOT_OPENED', stream: 'project/a' }],
    });
    expect(answer([opened()], plan, { county: '410222' })).toMatchObject({ counties: [], waiting: [] });
  });

  test('leave a place of the roster without one until its door is open; a place outside fills no gap', () => {
    const written = opened();
    expect(answer([written])['roster']).toEqual({
      ...{ settled: true, members: 3, withHome: 1 },
      without: [
        { member: 'c-2', name: '二社区', county: '410221' },
        { member: 't-1', name: '三镇', county: '410222' },
      ],
    });
    written.add('2023-08-01', claimed('opening'));
    expect(answer([written])['roster']).toMatchObject({ withHome: 2, without: [{ member: 'c-2' }] });
  });

  test('have no gap while the roster is open: its members are not known', () => {
    const open = planOf({ case: 'rosterDefined', value: { roster: 'places', open: true } });
    expect(answer([opened()], open)['roster']).toEqual({
      settled: false,
      members: null,
      withHome: null,
      without: null,
    });
  });
});

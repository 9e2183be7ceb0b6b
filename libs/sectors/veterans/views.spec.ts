import { describe, expect, test } from '@jest/globals';
import { type EventInit, makeEntry, Quantifier } from '@planledger/contracts';
import { emptyPlan, foldPlan, type PlanState } from '@planledger/plan';
import { claimed, delivered, factValues, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { memorials, stations } from './views.js';

const MODEL = 'T10-2.model-stations';
const MEMORIALS = 'B6-1.memorials';
const FIVE = { organisation: true, staffing: true, personnel: true, funding: true, safeguards: true };

const counties: EventInit[] = [
  { case: 'countyDefined', value: { code: '410221', name: '杞县' } },
  { case: 'countyDefined', value: { code: '410222', name: '通许县' } },
];
const works = [
  { work: 'tongxu', name: '通许县烈士纪念设施', weight: 1 },
  { work: 'city-cemetery', name: '开封市军人公墓', weight: 1 },
];
const adopted: EventInit[] = [
  {
    case: 'measureDefined',
    value: { measure: MODEL, quantifier: Quantifier.ALL, unitKind: 'station', roster: 'stations' },
  },
  {
    case: 'rosterDefined',
    value: {
      roster: 'stations',
      members: [
        { member: 'qixian', name: '杞县退役军人服务中心', county: '410221' },
        { member: 'yuzhen', name: '圉镇退役军人服务站', county: '410221' },
        { member: 'tongxu', name: '通许县退役军人服务中心', county: '410222' },
      ],
    },
  },
  {
    case: 'measureDefined',
    value: { measure: MEMORIALS, quantifier: Quantifier.CHECKLIST, unitKind: 'memorial', works },
  },
];
const planOf = (events: readonly EventInit[]): PlanState =>
  events.map((event, index) => makeEntry({ stream: 'plan', position: index + 1, event })).reduce(foldPlan, emptyPlan);
const plan = planOf([...counties, ...adopted]);

function begin(id: string, template: string, county = '410221', measure = MODEL): WrittenStream {
  const written = writeStream(`project/${id}`);
  const registered = { name: `项目${id}`, sector: 'veterans', county, unit: 'bureau-1', template };
  written.add('2021-03-01', { case: 'projectRegistered', value: registered });
  const outputs = [{ measure, quantity: 1, due: '2025-06-30' }];
  written.add('2021-03-02', { case: 'baselineSet', value: { milestones: [], outputs } });
  return written;
}
const rowsOf = <Row>(
  view: { rows(project: ReturnType<typeof foldProject>): Row[] },
  ...written: WrittenStream[]
): Row[] => written.flatMap(({ stream, entries }) => view.rows(foldProject(stream, entries)));

describe('the stations by 五有', () => {
  const deliver = (written: WrittenStream, member: string, level: string, lacking: Facts = {}): void => {
    const unit = { unit: `s-${written.entries.length}`, measure: MODEL, kind: 'station', quantity: 1, member };
    written.add(
      '2024-03-20',
      delivered({ ...unit, facts: { level, ...FIVE, titleDocument: '汴退〔2024〕6号', ...lacking } }),
    );
  };
  const answer = (written: readonly WrittenStream[], question: Record<string, string> = {}, of = plan) =>
    stations.answer(rowsOf(stations, ...written), of, question) as Record<string, unknown>;

  test('cover the members of the roster that there are, and name those that are missing', () => {
    const written = begin('a', 'model-station');
    written.add('2024-03-12', claimed('naming'));
    deliver(written, 'qixian', 'county');
    expect(answer([written])).toMatchObject({
      cells: [
        { county: '410221', countyName: '杞县', level: 'county', levelName: '县（区）级', stations: 1, complete: 1 },
      ],
      roster: { open: false, members: 3, present: 1 },
      missing: [
        { member: 'yuzhen', name: '圉镇退役军人服务站', county: '410221', countyName: '杞县' },
        { member: 'tongxu', county: '410222' },
      ],
      incomplete: [],
      outsideRoster: [],
    });
  });

  test('say what a station has come to lack since, in its cell and by name', () => {
    const written = begin('a', 'model-station');
    deliver(written, 'qixian', 'county');
    const value = { unit: 's-2', measure: MODEL, since: '2025-01-01', facts: factValues({ staffing: false }) };
    written.add('2025-01-05', { case: 'outputFactsStated', value });
    expect(answer([written])).toMatchObject({
      cells: [{ stations: 1, complete: 0, has: { ...ones(), staffing: 0 } }],
      incomplete: [{ place: 'qixian', lacks: ['staffing'], stream: 'project/a' }],
    });
  });

  test('are a set: a member delivered twice is one station, and has what either delivery has', () => {
    const [one, two] = [begin('a', 'model-station'), begin('b', 'model-station')];
    deliver(one, 'qixian', 'county', { funding: false });
    deliver(two, 'qixian', 'county', { staffing: false });
    deliver(two, 'yuzhen', 'township');
    expect(answer([one, two])).toMatchObject({
      cells: [
        { level: 'county', stations: 1, complete: 1, has: ones() },
        { level: 'township', stations: 1, complete: 1 },
      ],
      roster: { present: 2 },
    });
  });

  test('that lost their title are listed with the day, and missing from the roster again', () => {
    const written = begin('a', 'model-station');
    deliver(written, 'qixian', 'county');
    written.add('2025-02-20', { case: 'outputRevoked', value: { unit: 's-2', measure: MODEL, lostOn: '2025-02-01' } });
    expect(answer([written])).toMatchObject({
      cells: [],
      roster: { present: 0 },
      titlesLost: [{ name: 's-2号', county: '410221', lost: '2025-02-01' }],
    });
  });

  test('are asked for by county and level; another level is no gap in the roster', () => {
    const [here, there] = [begin('a', 'model-station'), begin('b', 'model-station', '410222')];
    deliver(here, 'qixian', 'county');
    deliver(here, 'yuzhen', 'township');
    deliver(there, 'tongxu', 'county');
    expect(answer([here, there], { level: 'township' })).toMatchObject({
      cells: [{ county: '410221', stations: 1 }],
      missing: [],
    });
    expect(answer([here, there], { county: '410222' })).toMatchObject({
      cells: [{ county: '410222', stations: 1 }],
      roster: { members: 1, present: 1 },
    });
  });

  test('without an adopted roster are shown as outside of one that is not settled', () => {
    const written = begin('a', 'model-station');
    deliver(written, '', 'village');
    expect(answer([written], {}, planOf(counties))).toMatchObject({
      roster: { open: true, members: 0 },
      missing: [],
      outsideRoster: ['project/a/s-2'],
    });
  });

  const ones = () => ({ organisation: 1, staffing: 1, personnel: 1, funding: 1, safeguards: 1 });
});

describe('the memorials', () => {
  const answer = (written: readonly WrittenStream[], question: Record<string, string> = {}) =>
    memorials.answer(rowsOf(memorials, ...written), plan, question) as {
      memorials: { handover: string }[];
      worksNotDelivered: unknown[];
    };
  const facts = {
    ...{ protection: 'county', works: 'alteration', superiorApproval: '豫退〔2022〕17号' },
    ...{ contentReview: 'done', managingUnit: '通许县烈士陵园管理所' },
  };
  const deliver = (written: WrittenStream): number =>
    written.add(
      '2023-06-01',
      delivered({ unit: 'm-1', measure: MEMORIALS, kind: 'memorial', quantity: 1, member: 'tongxu', facts }),
    );

  test('stand with level, managing unit and how far the handover is, before their delivery and after', () => {
    const written = begin('a', 'facility', '410222', MEMORIALS);
    const reached = (): string | undefined => answer([written]).memorials[0]?.handover;
    expect(reached()).toBe('preparing');
    written.add('2022-06-01', claimed('start'));
    expect(reached()).toBe('building');
    deliver(written);
    written.add('2023-06-02', claimed('acceptance', 'm-1'));
    expect(reached()).toBe('accepted');
    expect(answer([written]).memorials).toMatchObject([{ counts: '', handoverName: '已验收、待移交管护' }]);
    written.add('2023-07-01', claimed('handover'));
    expect(answer([written]).memorials).toEqual([
      {
        ...{ stream: 'project/a', project: '项目a', county: '410222', countyName: '通许县' },
        ...{ unit: 'm-1', name: 'm-1号', member: 'tongxu', protection: 'county', protectionName: '县级' },
        ...{ managingUnit: '通许县烈士陵园管理所', superiorApproval: '豫退〔2022〕17号' },
        ...{ handover: 'handed-over', handoverName: '已移交管护', counts: '2023-07-01', verified: false },
      },
    ]);
    written.add('2023-07-02', claimed('opening'));
    expect(reached()).toBe('open');
  });

  test('name the works of the plan that nobody delivered', () => {
    const written = begin('a', 'facility', '410222', MEMORIALS);
    expect(answer([written]).worksNotDelivered).toHaveLength(2);
    const delivery = deliver(written);
    expect(answer([written]).worksNotDelivered).toEqual([{ work: 'city-cemetery', name: '开封市军人公墓' }]);
    written.add('2023-06-09', { case: 'outputVerified', value: { unit: 'm-1', measure: MEMORIALS, delivery } });
    expect(answer([written]).memorials).toMatchObject([{ verified: true }]);
  });

  test('leave out other facilities and what was lost, and answer by county and level', () => {
    const [home, memorial] = [
      begin('h', 'facility', '410221', 'B6-2.honour-homes'),
      begin('a', 'facility', '410222', MEMORIALS),
    ];
    deliver(memorial);
    expect(answer([home, memorial]).memorials).toHaveLength(1);
    expect(answer([memorial], { county: '410221' }).memorials).toEqual([]);
    expect(answer([memorial], { protection: 'national' }).memorials).toEqual([]);
    expect(answer([memorial], { protection: 'county', county: '410222' }).memorials).toHaveLength(1);
    memorial.add('2024-01-02', {
      case: 'outputRevoked',
      value: { unit: 'm-1', measure: MEMORIALS, lostOn: '2024-01-01' },
    });
    expect(answer([memorial])).toMatchObject({ memorials: [{ unit: '' }], worksNotDelivered: { length: 2 } });
  });
});

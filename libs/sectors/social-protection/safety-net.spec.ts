import { describe, expect, test } from '@jest/globals';
import { makeEntry } from '@planledger/contracts';
import { emptyPlan, foldPlan } from '@planledger/plan';
import { delivered, factValues, type WrittenStream, writeStream } from '../conformance-history.js';
import { foldProject } from '../project.js';
import type { Facts } from '../sector.js';
import { safetyNet } from './safety-net.js';

const STATIONS = 'T8-8.stations';
const plan = [{ code: '410221', name: '杞县' }]
  .map((value, index) => makeEntry({ stream: 'plan', position: index + 1, event: { case: 'countyDefined', value } }))
  .reduce(foldPlan, emptyPlan);

function begin(id: string, county = '410221'): WrittenStream {
  const written = writeStream(`project/${id}`);
  const value = { name: `项目${id}`, sector: 'social-protection', county, unit: 'bureau-1', template: 'site' };
  written.add('2021-03-01', { case: 'projectRegistered', value });
  return written;
}

const roll = (programme: string, eligible: number, missed: number, wrong: number): Facts => ({
  [`${programme}Eligible`]: eligible,
  [`${programme}Covered`]: eligible - missed + wrong,
  [`${programme}Missed`]: missed,
  [`${programme}Wrong`]: wrong,
});

describe('应保尽保', () => {
  interface Cover {
    programme: string;
    all: object;
    counties: object[];
    missed: object[];
    wrong: object[];
    notChecked: object[];
  }
  const answer = (written: readonly WrittenStream[], question: Record<string, string> = {}): Cover[] => {
    const rows = written.flatMap(({ stream, entries }) => safetyNet.rows(foldProject(stream, entries)));
    return (safetyNet.answer(rows, plan, question) as { programmes: Cover[] }).programmes;
  };
  const station = (written: WrittenStream, unit: string, member: string, rolls: Facts): number =>
    written.add(
      '2023-06-30',
      delivered({
        ...{ unit, member, measure: STATIONS, kind: 'social-work-station', quantity: 1 },
        facts: { workers: 2, certified: 1, ...rolls },
      }),
    );
  const check = (written: WrittenStream, unit: string, since: string, rolls: Facts): number =>
    written.add(since, {
      case: 'outputFactsStated',
      value: { unit, measure: STATIONS, since, facts: factValues(rolls) },
    });

  test('shows both directions: on paper all are covered, and 24 of 1,000 are missed', () => {
    const written = begin('a');
    const delivery = station(written, 's-1', 'town-1', roll('subsistence', 600, 24, 20));
    station(written, 's-2', 'town-2', roll('subsistence', 400, 0, 4));
    written.add('2023-07-03', { case: 'outputVerified', value: { unit: 's-1', measure: STATIONS, delivery } });
    const [subsistence] = answer([written], { programme: 'subsistence' });
    expect(subsistence).toEqual({
      ...{ programme: 'subsistence', name: '城乡最低生活保障' },
      all: {
        ...{ stations: 2, checked: 2, verified: 1, eligible: 1_000, covered: 1_000, missed: 24, wrong: 24 },
        ...{ reached: '122/125', reachedPercent: '97.60', onPaper: '1', inFull: false },
      },
      counties: [expect.objectContaining({ county: '410221', countyName: '杞县', missed: 24 })],
      missed: [{ stream: 'project/a', station: 's-1号', county: '410221', checked: '2023-06-30', persons: 24 }],
      wrong: [
        { stream: 'project/a', station: 's-1号', county: '410221', checked: '2023-06-30', persons: 20 },
        { stream: 'project/a', station: 's-2号', county: '410221', checked: '2023-06-30', persons: 4 },
      ],
      notChecked: [],
    });
  });

  test('is not said of a county in which a station has not checked, and is denied where one person is missed', () => {
    const [here, there] = [begin('a'), begin('b', '410222')];
    station(here, 's-1', 'town-1', roll('living', 80, 0, 0));
    station(there, 's-2', 'town-2', {});
    const living = (): Cover | undefined => answer([here, there], { programme: 'living' })[0];
    expect(living()).toMatchObject({
      all: { inFull: null, reached: '1', checked: 1, stations: 2 },
      counties: [
        { county: '410221', inFull: true },
        { county: '410222', inFull: null, eligible: 0, reached: null, onPaper: null },
      ],
      notChecked: [{ station: 's-2号', county: '410222' }],
    });
    check(there, 's-2', '2023-09-30', roll('living', 10_000, 1, 0));
    expect(living()).toMatchObject({
      // Never rounded up to what it is not.
      all: { inFull: false, reached: '10079/10080', reachedPercent: '99.99' },
      counties: [{ inFull: true }, { inFull: false }],
      notChecked: [],
    });
  });

  test('is asked of a county, and names the stations with most errors first', () => {
    const [here, there] = [begin('a'), begin('b', '410222')];
    station(here, 's-1', 'town-1', roll('living', 80, 1, 0));
    station(here, 's-2', 'town-2', roll('living', 80, 7, 0));
    station(here, 's-3', 'town-3', roll('living', 80, 3, 0));
    station(there, 's-4', 'town-4', roll('living', 80, 9, 0));
    const [living] = answer([here, there], { programme: 'living', county: '410221' });
    expect(living).toMatchObject({
      all: { stations: 3, eligible: 240, missed: 11 },
      missed: [{ station: 's-2号' }, { station: 's-3号' }, { station: 's-1号' }],
    });
    expect(answer([here, there])).toHaveLength(4);
  });

  test('is asked for as of a day: who was missed then, and who was made good since', () => {
    const written = begin('a');
    station(written, 's-1', 'town-1', roll('nursing', 50, 5, 0));
    check(written, 's-1', '2023-09-30', roll('nursing', 52, 0, 1));
    written.add('2023-10-05', {
      case: 'outputFactsStated',
      value: { unit: 's-1', measure: STATIONS, since: '2023-10-05', facts: factValues({ workers: 3 }) },
    });
    const nursing = (on?: string): Cover | undefined =>
      answer([written], { programme: 'nursing', ...(on && { on }) })[0];
    expect(nursing('2023-06-29')?.all).toMatchObject({ stations: 0, inFull: null });
    expect(nursing('2023-09-29')).toMatchObject({ all: { eligible: 50, missed: 5, reached: '9/10', verified: 0 } });
    expect(nursing('2023-09-30')).toMatchObject({ all: { eligible: 52 } });
    // What is no day is not asked about.
    expect(nursing('2023-09-31')).toEqual(nursing());
    const rows = safetyNet.rows(foldProject(written.stream, written.entries));
    expect(safetyNet.answer(rows, plan, { on: '2023-09-30' })).toMatchObject({ on: '2023-09-30' });
    expect(safetyNet.answer(rows, plan, { on: 'today' })).toMatchObject({ on: null });
    expect(nursing()).toMatchObject({
      all: { eligible: 52, covered: 53, missed: 0, wrong: 1, reached: '1', onPaper: '53/52', inFull: true },
      // The check was that of September, though the station said something else in October.
      wrong: [{ checked: '2023-09-30', persons: 1 }],
    });
  });

  test('counts a town once, by its newest check, and a station that was lost no longer', () => {
    const [one, two] = [begin('a'), begin('b')];
    station(one, 's-1', 'town-1', roll('destitute', 30, 3, 0));
    station(two, 's-9', 'town-1', roll('destitute', 31, 0, 0));
    check(two, 's-9', '2023-08-01', roll('destitute', 32, 1, 0));
    const all = (): object | undefined => answer([one, two], { programme: 'destitute' })[0]?.all;
    expect(all()).toMatchObject({ stations: 1, eligible: 32, missed: 1 });
    expect(answer([two, one], { programme: 'destitute' })[0]?.all).toEqual(all());
    two.add('2024-01-05', { case: 'outputRevoked', value: { unit: 's-9', measure: STATIONS, lostOn: '2024-01-01' } });
    expect(all()).toMatchObject({ stations: 1, eligible: 30 });
    expect(answer([one, two], { programme: 'destitute', on: '2023-12-31' })[0]?.all).toMatchObject({ eligible: 32 });
    expect(answer([one, two], { programme: 'destitute', on: '2024-01-01' })[0]?.all).toMatchObject({ eligible: 30 });
  });
});

import { describe, expect, test } from '@jest/globals';
import { ELEMENT_KINDS, ElementKind, type ElementStanding, type EventInit } from '@planledger/contracts';
import { beginProject, type WrittenStream } from './conformance-history.js';
import { elementKind, elementUnit } from './elements.js';
import { foldProject } from './project.js';
import { OTHER_KIND, type Sector, STRUCTURE } from './sector.js';
import { standingOf } from './standing.js';

const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {} },
  templates: { building: { name: '样例', milestones: STRUCTURE } },
  unitKinds: { other: OTHER_KIND },
};
const FUNDS = { element: 'funds-1', kind: ElementKind.FUNDS, quantity: 900n, needBy: '2023-06-30', source: '专项债' };
const FUNDS_ASKED: EventInit = { case: 'elementRequested', value: FUNDS };
const given = (quantity: bigint, document = '汴财〔2023〕1号'): EventInit => ({
  case: 'elementAllocated',
  value: { element: 'funds-1', quantity, document },
});
const used = (quantity: bigint): EventInit => ({ case: 'elementUsed', value: { element: 'funds-1', quantity } });
const released = (quantity: bigint): EventInit => ({
  case: 'elementReleased',
  value: { element: 'funds-1', quantity },
});

const begin = (): WrittenStream => beginProject(SECTOR, 'building');
const standings = ({ stream, entries }: WrittenStream): readonly ElementStanding[] =>
  standingOf(SECTOR, foldProject(stream, entries), 'p').elements;

describe('an element of a project', () => {
  test('is summed over its life: asked for, held, used, each with its last day and all its entries', () => {
    const written = begin();
    const entries = [
      written.add('2023-01-10', FUNDS_ASKED),
      written.add('2023-03-01', given(500n)),
      written.add('2023-04-01', used(200n)),
      written.add('2023-02-01', given(300n)),
      written.add('2023-03-15', used(100n)),
      written.add('2023-05-01', released(50n)),
    ];
    expect(standings(written)).toMatchObject([
      {
        ...{ element: 'funds-1', kind: 'funds', requested: 900n, allocated: 750n, used: 300n, needBy: '2023-06-30' },
        ...{ allocatedOn: '2023-03-01', usedOn: '2023-04-01', entries },
      },
    ]);
  });

  test('is given, used and given back day by day, whatever the order of the entries', () => {
    const written = begin();
    const asked = written.add('2023-01-10', FUNDS_ASKED);
    const later = written.add('2023-03-01', given(500n));
    const earlier = written.add('2023-02-01', given(300n));
    const paid = written.add('2023-03-15', used(100n));
    const back = written.add('2023-05-01', released(50n));
    const corrected = written.correct(later, '2023-04-01', given(400n));
    const rows = standings(written)[0]?.changes.map(({ on, requested, allocated, used: spent, entries }) => [
      ...[on, requested, allocated, spent, entries],
    ]);
    expect(rows).toEqual([
      ['2023-01-10', 900n, 0n, 0n, [asked]],
      ['2023-02-01', 0n, 300n, 0n, [earlier]],
      ['2023-03-15', 0n, 0n, 100n, [paid]],
      ['2023-04-01', 0n, 400n, 0n, [later, corrected]],
      ['2023-05-01', 0n, -50n, 0n, [back]],
    ]);
  });

  test('that was only asked for has no day of allocation and none of use', () => {
    const written = begin();
    written.add('2023-01-10', FUNDS_ASKED);
    expect(standings(written)).toMatchObject([{ allocated: 0n, used: 0n, allocatedOn: '', usedOn: '' }]);
  });

  test('counts as its correction has it, and not what was retracted', () => {
    const written = begin();
    written.add('2023-01-10', FUNDS_ASKED);
    const first = written.add('2023-03-01', given(500n));
    const second = written.add('2023-04-01', given(300n));
    const correction = written.correct(first, '2023-03-02', given(400n));
    written.retract(second);
    expect(standings(written)).toMatchObject([{ allocated: 400n, allocatedOn: '2023-03-02' }]);
    expect(standings(written)[0]?.entries).toEqual(expect.arrayContaining([first, correction]));
    expect(standings(written)[0]?.entries).not.toContain(second);
  });

  test('stands beside the others, in the order in which they were asked for', () => {
    const written = begin();
    written.add('2023-01-10', { case: 'elementRequested', value: { ...FUNDS, element: 'z', kind: ElementKind.LAND } });
    written.add('2023-01-11', FUNDS_ASKED);
    written.add('2023-03-01', given(500n));
    expect(standings(written)).toMatchObject([
      { element: 'z', kind: 'land', allocated: 0n },
      { element: 'funds-1', kind: 'funds', allocated: 500n },
    ]);
  });
});

test('every kind of the wire has a name and a unit', () => {
  const kinds = Object.values(ElementKind).filter((kind) => typeof kind === 'number' && kind > 0) as ElementKind[];
  expect(kinds.map(elementKind)).toEqual([...ELEMENT_KINDS]);
  expect(kinds.map(elementUnit)).toEqual(['元', '平方米', '人', '件', '吨标准煤', '千克', '立方米']);
});

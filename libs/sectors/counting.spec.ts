import { describe, expect, test } from '@jest/globals';
import { claimed, delivered, factValues, writeStream } from './conformance-history.js';
import { countsOnceClaimed, countsOnStatedDay, onceStated, type Step, whileHolding } from './counting.js';
import { foldProject, type ProjectState, type UnitState } from './project.js';
import type { Facts } from './sector.js';

interface Life {
  readonly facts?: Facts;
  /** Milestones by the day of their claim. */
  readonly claims?: readonly (readonly [code: string, on: string])[];
  readonly stated?: readonly (readonly [since: string, facts: Facts])[];
}

/** A unit delivered on 2023-06-30; positions run 101, 104, 107 … in the order of claims, delivery, statements. */
function lived({ facts = {}, claims = [], stated = [] }: Life): { project: ProjectState; unit: UnitState } {
  const { stream, entries, add } = writeStream('project/p');
  for (const [code, on] of claims) add(on, claimed(code));
  add('2023-06-30', delivered({ unit: 'u', measure: 'm', kind: 'house', quantity: 1, facts }));
  for (const [since, later] of stated) {
    const value = { unit: 'u', measure: 'm', since, facts: factValues(later) };
    add(since, { case: 'outputFactsStated', value });
  }
  const project = foldProject(stream, entries);
  const [unit] = project.units.values();
  if (!unit) throw new Error('not delivered');
  return { project, unit };
}

const STEPS: readonly Step[] = [
  ['acceptance', 'NOT_ACCEPTED'],
  ['filing', 'NOT_FILED'],
  ['opening', 'NOT_OPENED'],
];

describe('once all is claimed', () => {
  const counting = (...claims: (readonly [string, string])[]) => {
    const { project, unit } = lived({ claims });
    return countsOnceClaimed(unit, project, ...STEPS);
  };

  test('it counts from the latest claim, in whatever order they were made', () => {
    expect(counting(['opening', '2023-03-01'], ['filing', '2023-05-01'], ['acceptance', '2023-02-01'])).toEqual({
      from: '2023-05-01',
      entries: [107, 104, 101],
    });
  });

  test('before, it waits for the first step that is missing, by the entries of those before it', () => {
    expect(counting(['opening', '2023-03-01'])).toEqual({ waitingFor: 'NOT_ACCEPTED', entries: [] });
    expect(counting(['acceptance', '2023-02-01'], ['opening', '2023-03-01'])).toEqual({
      waitingFor: 'NOT_FILED',
      entries: [101],
    });
  });
});

describe('what holds of the facts', () => {
  const enough = (facts: Facts): boolean => Number(facts['pieces'] ?? 0) >= 10;
  const counting = { from: '2023-09-01', entries: [7] };
  const moved = (life: Life) => whileHolding(counting, lived(life).unit, 'NOT_ENOUGH', enough);

  test('moves a counting on, unless the delivery said so already; and never back', () => {
    expect(moved({ facts: { pieces: 10 } })).toBe(counting);
    expect(moved({ stated: [['2023-10-01', { pieces: 10 }]] })).toEqual({ from: '2023-10-01', entries: [7, 104] });
    expect(moved({ stated: [['2023-08-01', { pieces: 10 }]] })).toEqual({ from: '2023-09-01', entries: [7, 104] });
    expect(moved({})).toEqual({ waitingFor: 'NOT_ENOUGH', entries: [7] });
    const waiting = { waitingFor: 'NOT_ACCEPTED', entries: [] };
    expect(whileHolding(waiting, lived({}).unit, 'NOT_ENOUGH', enough)).toBe(waiting);
  });

  test('goes on while other facts are stated, ends with its own, and begins anew', () => {
    const facts = { pieces: 10 };
    expect(moved({ facts, stated: [['2023-10-01', { note: '甲' }]] })).toBe(counting);
    expect(moved({ facts, stated: [['2023-10-01', { pieces: 9 }]] })).toMatchObject({ waitingFor: 'NOT_ENOUGH' });
    const stated = [
      ['2023-11-01', { pieces: 12 }],
      ['2023-10-01', { pieces: 9 }],
    ] as const;
    expect(moved({ facts, stated })).toMatchObject({ from: '2023-11-01' });
  });

  test('as a number on paper holds up counting and not its day', () => {
    const stated = [['2023-12-01', { number: '1' }]] as const;
    expect(onceStated(counting, lived({ stated }).unit, 'number', 'UNSTATED')).toBe(counting);
    expect(onceStated(counting, lived({}).unit, 'number', 'UNSTATED')).toEqual({
      waitingFor: 'UNSTATED',
      entries: [7],
    });
    const waiting = { waitingFor: 'NOT_ACCEPTED', entries: [] };
    expect(onceStated(waiting, lived({}).unit, 'number', 'UNSTATED')).toBe(waiting);
  });
});

describe('a day that the unit states', () => {
  const counting = (life: Life) =>
    countsOnStatedDay(lived(life).unit, 'issuedOn', { unstated: 'UNSTATED', tooEarly: 'TOO_EARLY' });

  test('is the one from which it counts, by the entry that named it', () => {
    expect(counting({ facts: { issuedOn: '2023-06-30' } })).toEqual({ from: '2023-06-30', entries: [101] });
    const stated = [['2023-09-01', { issuedOn: '2023-08-15' }]] as const;
    expect(counting({ facts: { issuedOn: '2023-06-01' }, stated })).toEqual({ from: '2023-08-15', entries: [104] });
    expect(counting({})).toEqual({ waitingFor: 'UNSTATED', entries: [] });
  });

  test('after the day for which it was stated is a promise, until it is stated again', () => {
    const facts = { issuedOn: '2023-07-01' };
    expect(counting({ facts })).toEqual({ waitingFor: 'TOO_EARLY', entries: [101] });
    const kept = [['2023-07-05', facts]] as const;
    expect(counting({ facts, stated: kept })).toEqual({ from: '2023-07-01', entries: [104] });
    const moved = [['2023-07-05', { issuedOn: '2023-07-02' }]] as const;
    expect(counting({ facts, stated: moved })).toMatchObject({ from: '2023-07-02' });
  });
});

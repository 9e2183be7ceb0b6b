import { describe, expect, test } from '@jest/globals';
import { ProjectStatus, type Standing } from '@planledger/contracts';
import { compare, fraction, roundHalfEven } from '@planledger/kernel';
import fc from 'fast-check';
import { standingOf, units } from './fixtures.js';
import { anyStanding } from './fixtures-standings.js';
import { progressByDay, projectProgress } from './project.js';
import { BASELINES, CONFIDENCES } from './reading.js';
import type { Step } from './series.js';
import { wayOf, waysOn, type Way } from './work.js';

const ID = 'B1-1.sites';
const ON = '2024-06-30';
const ways = (standing: Standing, on = ON): Way[] => waysOn(standing, ID, ['verified', 'b0'], on);
const at = (milestones: Parameters<typeof standingOf>[1]['milestones'] = []) => milestones;

/** Half done. */
const half = at([
  { milestone: 'start', weight: 1, claimed: [1, 1], verified: [1, 1], claimedOn: '2023-01-01' },
  { milestone: 'end', weight: 1 },
]);

describe('work under way', () => {
  test('units that were not named beforehand go at their project’s progress, less those that count', () => {
    const standing = standingOf('project/1', {
      ...{ milestones: half, designed: [{ measure: ID, quantity: 48 }], contributions: units(ID, 30) },
    });
    expect(ways(standing)).toEqual([{ unit: '', units: 18, progress: 500_000n }]);
    expect(ways(standing, '2022-12-31')).toEqual([{ unit: '', units: 18, progress: 0n }]);
    expect(ways(standing, '2022-08-31')).toEqual([{ unit: '', units: 48, progress: 0n }]);
  });

  test('a unit named beforehand goes at its own progress if it has any, and is not among them once it counts', () => {
    const designed = [
      { measure: ID, quantity: 480, unit: 'north', claimed: '1', verified: '2/3' },
      { measure: ID, quantity: 120, unit: 'south' },
      { measure: ID, quantity: 200, unit: 'west', claimed: '1/7', verified: '1/7' },
    ];
    const built = (contributions: Parameters<typeof standingOf>[1]['contributions'] = []) =>
      ways(standingOf('project/1', { milestones: half, designed, contributions }));
    expect(built()).toEqual([
      { unit: '', units: 120, progress: 500_000n },
      { unit: 'north', units: 480, progress: 666_667n },
      { unit: 'west', units: 200, progress: 142_857n },
    ]);
    // It counts whole, though fewer flats were delivered than designed.
    expect(built([{ measure: ID, unit: 'north', quantity: 470 }]).map(({ unit }) => unit)).toEqual(['', 'west']);
    expect(built([{ measure: ID, unit: 'south', quantity: 120 }]).map(({ unit }) => unit)).toEqual(['north', 'west']);
    // One that nobody named takes nothing from those that were.
    expect(built([{ measure: ID, unit: 'east', quantity: 9 }])).toHaveLength(3);
  });

  test('lost and won back it is under way in between', () => {
    const contributions = [
      { measure: ID, unit: 'a', from: '2022-09-01', until: '2023-09-01' },
      { measure: ID, unit: 'a', from: '2024-09-01' },
    ];
    const designed = [{ measure: ID, quantity: 1, unit: 'a', claimed: '1', verified: '1' }];
    const standing = standingOf('project/1', { contributions, designed });
    const count = (on: string): number => ways(standing, on).length;
    expect([count('2022-08-31'), count('2022-09-01'), count('2023-09-01'), count('2024-09-01')]).toEqual([1, 0, 1, 0]);
  });

  test('ends on the day the project does', () => {
    const ended = { status: ProjectStatus.SPLIT, statusSince: '2024-03-01' };
    const standing = standingOf('project/1', { ...ended, milestones: half, designed: [{ measure: ID, quantity: 2 }] });
    expect([ways(standing, '2024-02-29'), ways(standing, '2024-03-01')]).toMatchObject([[{ units: 2 }], []]);
  });

  test('an exempted milestone leaves both sums of P', () => {
    const exempt = at([...(half ?? []), { milestone: 'lift', weight: 8, exempt: true }]);
    const standing = standingOf('project/1', { milestones: exempt });
    expect(projectProgress(standing, 'verified', ON)).toEqual(fraction(1, 2));
    const all = standingOf('project/1', { milestones: [{ milestone: 'lift', weight: 8, exempt: true }] });
    expect(projectProgress(all, 'verified', ON)).toBeNull();
  });
});

const days = ['', '2021-05-31', '2021-06-01', '2022-08-31', '2022-09-01', '2023-09-01', '2024-12-31', '2030-01-01'];
const standing = anyStanding('project/1', [ID, 'B1-1.other'], ['B1-1', 'T9-1']);

test('P by day is P of the day, rounded once to millionths', () => {
  fc.assert(
    fc.property(standing, fc.constantFrom(...CONFIDENCES), fc.constantFrom(...BASELINES), (made, confidence, name) => {
      for (const on of days) {
        const [, millionths = 0n] = progressByDay(made, confidence, name).findLast(([day]) => day <= on) ?? [];
        const exact = projectProgress(made, confidence, on, name) ?? fraction(0);
        expect(compare(fraction(millionths, 1_000_000), roundHalfEven(exact, 6))).toBe(0);
      }
    }),
  );
});

test('the sums by date are, on any day, the sums of the lines of that day', () => {
  // Of one measure only, so that units are often delivered twice, overlap, and are lost while they count again.
  const one = anyStanding('project/1', [ID], ['B1-1']);
  const totalOn = <N extends number | bigint>(steps: readonly Step<N>[], on: string): bigint =>
    steps.filter(([day]) => day <= on).reduce((sum, [, amount]) => sum + BigInt(amount), 0n);
  fc.assert(
    fc.property(one, fc.constantFrom(...CONFIDENCES), fc.constantFrom(...BASELINES), (made, confidence, name) => {
      const steps = wayOf(made, ID, [confidence, name], progressByDay(made, confidence, name));
      for (const on of days) {
        const lines = waysOn(made, ID, [confidence, name], on);
        expect({
          millionths: totalOn(steps.millionths, on),
          units: totalOn(steps.units, on),
          lines: totalOn(steps.lines, on),
        }).toEqual({
          millionths: lines.reduce((sum, each) => sum + BigInt(each.units) * each.progress, 0n),
          units: BigInt(lines.reduce((sum, each) => sum + each.units, 0)),
          lines: BigInt(lines.length),
        });
      }
    }),
    { numRuns: 300 },
  );
});

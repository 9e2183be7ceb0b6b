import { describe, expect, test } from '@jest/globals';
import { Commitment, ProjectStatus, Quantifier, type Standing } from '@planledger/contracts';
import { fraction, toText } from '@planledger/kernel';
import type { Verdict } from './answer.js';
import { assess, type ItemAssessment } from './assessment.js';
import { inputOf, planOf, type PlanFixture, standingOf, units } from './fixtures.js';
import { projectProgress } from './project.js';
import { type Confidence, readingOf } from './reading.js';

function assessed(
  fixture: PlanFixture,
  standings: readonly Standing[],
  on = '2023-07-02',
  confidence: Confidence = 'verified',
): ItemAssessment {
  const plan = planOf(fixture);
  const reading = readingOf(inputOf(plan, standings, on), 'b0');
  const item = assess(reading).items.get('B1-1');
  if (!item) throw new Error('the fixture has the item');
  return item[confidence];
}
const c = ({ figure }: ItemAssessment): string | null => figure.c && toText(figure.c);

const TWO = {
  measures: [
    { measure: 'B1-1.a', low: '10' },
    { measure: 'B1-1.b', low: '4' },
  ],
};

describe('an item', () => {
  test('C is the equal mean of its firm measures', () => {
    expect(
      c(assessed(TWO, [standingOf('project/1', { contributions: [...units('B1-1.a', 5), ...units('B1-1.b', 3)] })])),
    ).toBe('5/8');
  });

  test('力争 measures stand in a line of their own', () => {
    const strive = { measure: 'B1-1.s', low: '2', commitment: Commitment.STRIVE };
    const { figure } = assessed({ measures: [...TWO.measures, strive] }, [
      standingOf('project/1', { contributions: [...units('B1-1.a', 10), ...units('B1-1.s', 1)] }),
    ]);
    expect([figure.c, figure.strive]).toEqual([fraction(1, 2), fraction(1, 2)]);
  });

  test('其中: only the whole weighs, the part is computed and must be satisfied all the same', () => {
    const part = { measure: 'B1-1.part', low: '3', partOf: 'B1-1.a' };
    const whole = { measure: 'B1-1.a', low: '10' };
    const of = (parts: number): ItemAssessment =>
      assessed({ measures: [whole, part] }, [
        standingOf('project/1', { contributions: [...units('B1-1.a', 10), ...units('B1-1.part', parts)] }),
      ]);
    expect([c(of(1)), of(1).figure.satisfied, of(1).figure.measures[1]?.figure.c]).toEqual([
      '1',
      false,
      fraction(1, 3),
    ]);
    expect(of(3).figure.satisfied).toBe(true);
  });

  test('weights are renormalised over the measures that have a number', () => {
    const open = { measure: 'B1-1.open', quantifier: Quantifier.ALL, low: '', roster: 'towns' };
    const rosters = [{ roster: 'towns', open: true }];
    const of = (measures: PlanFixture['measures']): ItemAssessment =>
      assessed({ measures: measures ?? [], rosters }, [
        standingOf('project/1', { contributions: units('B1-1.a', 10) }),
      ]);
    expect(c(of([{ measure: 'B1-1.a' }, open]))).toBe('1');
    expect(of([{ measure: 'B1-1.a' }, open]).figure.satisfied).toBe(false);
    expect(of([open]).figure).toMatchObject({ c: null, whyNull: 'open-roster' });
  });

  test('without a countable firm measure there is no C: 无量化目标', () => {
    const scheme = { measure: 'B1-1.s', commitment: Commitment.STRIVE, scheme: true };
    expect(assessed({ measures: [scheme] }, [])).toMatchObject({
      figure: { c: null, whyNull: 'unquantified' },
      verdict: 'unquantified',
      timing: undefined,
    });
  });
});

describe('形象折算', () => {
  const milestones = [
    { milestone: 'start', weight: 10, claimed: [1, 1], verified: [1, 1], claimedOn: '2021-06-01' },
    { milestone: 'frame', weight: 20, claimed: [2, 3], verified: [1, 3] },
  ] as const;
  const one = { measures: [{ measure: 'B1-1.a', low: '10' }] };
  const designed = [{ measure: 'B1-1.a', quantity: 4 }];

  test('P = Σ w·a / Σ w, claimed and verified', () => {
    const standing = standingOf('project/1', { milestones });
    expect(projectProgress(standing, 'claimed', '2023-01-01')).toEqual(fraction(7, 9));
    expect(projectProgress(standing, 'verified', '2023-01-01')).toEqual(fraction(5, 9));
    expect(projectProgress(standing, 'verified', '2021-05-31')).toEqual(fraction(2, 9));
    expect(projectProgress(standingOf('project/1', {}), 'verified', '2023-01-01')).toBeNull();
  });

  test('counted units enter with 1, the rest of the design at P, rounded once to millionths', () => {
    const standing = standingOf('project/1', { milestones, designed, contributions: units('B1-1.a', 1) });
    const { figure } = assessed(one, [standing]);
    // (1 + 3 × 0.555556) / 10
    expect(figure.underWay).toEqual(fraction(2666668, 10_000_000));
    expect(figure.c).toEqual(fraction(1, 10));
  });

  test('a cancelled project leaves it; what it delivered stays', () => {
    const standing = standingOf('project/1', {
      ...{ milestones, designed, contributions: units('B1-1.a', 1), status: ProjectStatus.CANCELLED },
    });
    expect(assessed(one, [standing]).figure.underWay).toEqual(fraction(1, 10));
  });

  test('is the same whether an answer was asked for before or not, and for an earlier day', () => {
    const standing = standingOf('project/1', { milestones, designed, contributions: units('B1-1.a', 1) });
    const early = '2021-05-31';
    assessed(one, [standing]);
    const after = assessed(one, [standing], early).figure.underWay;
    expect(after).toEqual(assessed(one, [structuredClone(standing)], early).figure.underWay);
    expect(after).toEqual(fraction(4 * 222222, 10_000_000));
  });
});

describe('the verdict', () => {
  const one = { measures: [{ measure: 'B1-1.a', low: '10', due: '2025-12-31' }] };
  const done = (count: number, more: Parameters<typeof standingOf>[1] = {}): Standing =>
    standingOf('project/1', { items: ['B1-1'], contributions: units('B1-1.a', count), ...more });
  const verdict = (standings: readonly Standing[], on = '2023-07-02'): Verdict => assessed(one, standings, on).verdict;

  test('未启动: something was due, and no linked project has claimed its start', () => {
    expect(verdict([])).toBe('not-started');
    expect(verdict([done(0)])).toBe('not-started');
    expect(verdict([done(0, { startedOn: '2023-07-03' })])).toBe('not-started');
    expect(verdict([done(0, { startedOn: '2022-01-01', status: ProjectStatus.CANCELLED })])).toBe('not-started');
    expect(verdict([done(0, { startedOn: '2022-01-01', items: [] })])).toBe('not-started');
  });

  test('a start that was claimed of a project after its end takes nothing from the others', () => {
    const started = standingOf('project/1', { items: ['B1-1'], startedOn: '2021-06-01' });
    const ended = { status: ProjectStatus.CANCELLED, statusSince: '2022-01-01', startedOn: '2023-12-01' };
    expect(verdict([started, standingOf('project/2', { items: ['B1-1'], ...ended })])).toBe('lagging');
  });

  test('滞后: the pace is below 0.95', () => {
    expect(verdict([done(0, { startedOn: '2022-01-01' })])).toBe('lagging');
    expect(verdict([done(4, { startedOn: '2022-01-01' })])).toBe('lagging');
  });

  test('在轨, 完成', () => {
    expect(verdict([done(5, { startedOn: '2022-01-01' })])).toBe('on-track');
    expect(verdict([done(10)])).toBe('done');
  });

  test('a measure past its own due date makes the item 滞后, however well the rest goes', () => {
    const two = {
      measures: [
        { measure: 'B1-1.a', low: '10' },
        { measure: 'B1-1.b', due: '2022-12-31', low: '10' },
      ],
    };
    const {
      verdict: found,
      timing,
      figure,
    } = assessed(two, [standingOf('project/1', { contributions: [...units('B1-1.a', 10), ...units('B1-1.b', 9)] })]);
    expect([found, timing?.state, timing?.days]).toEqual(['lagging', 'overdue', 183]);
    expect(figure.c).toEqual(fraction(19, 20));
  });

  test('an item is as late as its latest measure, though another was early', () => {
    const two = {
      measures: [
        { measure: 'B1-1.a', low: '1' },
        { measure: 'B1-1.b', due: '2022-12-31', low: '1' },
      ],
    };
    const { timing, verdict: found } = assessed(two, [
      standingOf('project/1', {
        contributions: [...units('B1-1.a', 1, { from: '2022-09-01' }), ...units('B1-1.b', 1, { from: '2023-01-31' })],
      }),
    ]);
    expect([found, timing?.state, timing?.days, timing?.actualDays]).toEqual(['done', 'late', 31, 761]);
  });

  test('an open doubt: the worst reading decides', () => {
    const doubts = [
      {
        doubt: 'D',
        about: ['B1-1.a'],
        readings: [
          { reading: 'x', target: '10' },
          { reading: 'y', target: '20' },
        ],
      },
    ];
    const { verdict: found, figure } = assessed({ ...one, doubts }, [done(10)]);
    expect([found, figure.c, figure.worst]).toEqual(['on-track', fraction(1), fraction(1, 2)]);
    // Half a year on, half is no longer enough, though by the first reading all is done.
    const later = assessed({ ...one, doubts }, [done(10)], '2024-01-01');
    expect([later.verdict, later.timing?.spi]).toEqual(['lagging', fraction(913, 1096)]);
  });
});

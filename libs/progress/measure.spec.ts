import { describe, expect, test } from '@jest/globals';
import { Basis, type MeasureDefined, Quantifier } from '@planledger/contracts';
import { fraction, toText } from '@planledger/kernel';
import fc from 'fast-check';
import { inputOf, planOf, type PlanFixture, standingOf, type StandingFixture, units } from './fixtures.js';
import { type MeasureFigure, measureFigure } from './measure.js';
import { type Confidence, readingOf } from './reading.js';

const ID = 'B1-1.m';
type Fields = Partial<Omit<MeasureDefined, '$typeName' | 'works'>> & { works?: { work: string; weight?: number }[] };

function figureOf(
  fields: Fields,
  standings: readonly StandingFixture[],
  on = '2024-06-30',
  more: PlanFixture & { confidence?: Confidence } = {},
): MeasureFigure {
  const plan = planOf({ measures: [{ measure: ID, ...fields }], ...more });
  const measure = plan.measures.get(ID);
  if (!measure) throw new Error('the fixture has the measure');
  const made = standings.map((each, index) => standingOf(each.stream ?? `project/${index + 1}`, each));
  return measureFigure(readingOf(inputOf(plan, made, on), 'b0'), measure, more.confidence ?? 'verified');
}
const share = ({ c }: MeasureFigure): string | null => c && toText(c);
const counted = (count: number, more: Parameters<typeof units>[2] = {}): StandingFixture => ({
  contributions: units(ID, count, more),
});

describe('a number of units', () => {
  test.each([
    ['at least', Quantifier.AT_LEAST],
    ['exactly', Quantifier.EXACT],
    ['about', Quantifier.APPROX],
  ])('%s: c = min(1, d/T)', (_name, quantifier) => {
    expect(share(figureOf({ quantifier, low: '12' }, [counted(9)]))).toBe('3/4');
    expect(share(figureOf({ quantifier, low: '12' }, [counted(13)]))).toBe('1');
    expect(figureOf({ quantifier, low: '12' }, [counted(11)]).satisfied).toBe(false);
    expect(figureOf({ quantifier, low: '12' }, [counted(12)]).satisfied).toBe(true);
  });

  test('a decimal target is exact, and met by the next whole unit', () => {
    expect(share(figureOf({ low: '7.5' }, [counted(7)]))).toBe('14/15');
    expect(figureOf({ low: '7.5' }, [counted(7)]).satisfied).toBe(false);
    expect(figureOf({ low: '7.5' }, [counted(8)]).satisfied).toBe(true);
  });

  test('2—3 个: c against the low end, the high end is shown only', () => {
    const figure = figureOf({ quantifier: Quantifier.RANGE, low: '2', high: '3' }, [counted(2)]);
    expect(share(figure)).toBe('1');
    expect(figure.satisfied).toBe(true);
    expect(figure.high).toEqual(fraction(3));
  });

  test('a level: from the baseline to the target', () => {
    const level = { basis: Basis.STOCK, baseline: '16582', low: '35300' };
    const beds = { contributions: [{ measure: ID, quantity: 9359 }] };
    expect(share(figureOf(level, [beds]))).toBe('1/2');
    expect(figureOf(level, [beds]).done).toEqual(fraction(25941));
    expect(share(figureOf(level, []))).toBe('0');
  });

  test('without a number there is no figure', () => {
    expect(figureOf({ low: '' }, [counted(3)])).toMatchObject({ c: null, whyNull: 'no-target', satisfied: false });
  });

  test('claimed and verified are two figures', () => {
    const claimed = { contributions: units(ID, 4).filter((_, index) => index % 2 === 0) };
    expect(share(figureOf({}, [claimed], '2024-06-30', { confidence: 'claimed' }))).toBe('2/5');
    expect(share(figureOf({}, [claimed]))).toBe('0');
  });
});

describe('every member of a roster', () => {
  const rosters = [{ roster: 'each', members: ['410221', '410222', '410223', '410225'].map((member) => ({ member })) }];
  const each = { quantifier: Quantifier.EACH, low: '1', roster: 'each' };
  const of = (...members: string[]): StandingFixture => ({
    contributions: members.map((member, index) => ({ measure: ID, unit: `u${index}`, member })),
  });

  test('satisfied members over all members', () => {
    expect(share(figureOf(each, [of('410221', '410222', '410223')], undefined, { rosters }))).toBe('3/4');
  });

  test('a second unit of the same member adds nothing, nor does one outside the roster', () => {
    expect(share(figureOf(each, [of('410221', '410221', '410205', '')], undefined, { rosters }))).toBe('1/4');
  });

  test('a member that needs two is not satisfied by one', () => {
    const two = { ...each, low: '2' };
    expect(share(figureOf(two, [of('410221', '410221', '410222')], undefined, { rosters }))).toBe('1/4');
  });

  test('全覆盖 asks for one unit each', () => {
    const all = { quantifier: Quantifier.ALL, low: '', roster: 'each' };
    const full = figureOf(all, [of('410221', '410222', '410223', '410225')], undefined, { rosters });
    expect([share(full), full.satisfied, full.finishedOn]).toEqual(['1', true, '2022-09-01']);
  });

  test('an open roster gives no figure: 名册未定', () => {
    const open = [{ roster: 'each', open: true }];
    expect(figureOf(each, [of('410221')], undefined, { rosters: open }).whyNull).toBe('open-roster');
  });
});

describe('every year', () => {
  const yearly = { quantifier: Quantifier.EVERY_YEAR, low: '70000' };
  const trained = (year: number, quantity: number, until = ''): StandingFixture => ({
    stream: `project/${year}`,
    contributions: [{ measure: ID, unit: `t${year}`, quantity, from: `${year}-11-30`, until }],
  });

  test('years met over all years of the period; no surplus is carried', () => {
    const figure = figureOf(yearly, [trained(2021, 70000), trained(2022, 150000), trained(2023, 69999)]);
    expect([share(figure), figure.done, figure.target]).toEqual(['2/5', fraction(2), fraction(5)]);
  });

  test('what was lost later leaves the year it came in', () => {
    expect(share(figureOf(yearly, [trained(2021, 70000, '2023-05-01')]))).toBe('0');
  });

  test('satisfied only when all five are', () => {
    const all = [2021, 2022, 2023, 2024, 2025].map((year) => trained(year, 70000));
    expect(figureOf(yearly, all, '2025-11-29').satisfied).toBe(false);
    expect(figureOf(yearly, all, '2025-11-30')).toMatchObject({ satisfied: true, finishedOn: '2025-11-30' });
  });
});

describe('named works', () => {
  const works = [{ work: 'museum', weight: 2 }, { work: 'archive' }, { work: 'centre' }];
  const list = { quantifier: Quantifier.CHECKLIST, low: '', works };

  test('done works by weight', () => {
    const done = { contributions: [{ measure: ID, member: 'museum' }] };
    const figure = figureOf(list, [done]);
    expect([share(figure), figure.done, figure.target]).toEqual(['1/2', fraction(1), fraction(3)]);
  });

  test('a 谋划 has a status, never a share', () => {
    expect(figureOf({ ...list, scheme: true }, []).whyNull).toBe('scheme');
  });
});

describe('a ratio', () => {
  const ratio = { quantifier: Quantifier.RATIO, low: '65', unit: '%' };
  const observed = (period: string, numerator: string, maturity = 'final'): StandingFixture => ({
    stream: `indicator/${ID}`,
    observations: [{ period, numerator, denominator: '400', maturity, on: `${period}-12-31` }],
  });

  test('the latest 核定 value over the target', () => {
    expect(share(figureOf(ratio, [observed('2023', '130')]))).toBe('1/2');
    expect(figureOf(ratio, [observed('2023', '260')])).toMatchObject({ satisfied: true, finishedOn: '2023-12-31' });
  });

  test('quick and preliminary values settle nothing, nor do later periods', () => {
    for (const each of [observed('2023', '260', 'preliminary'), observed('2024', '260')]) {
      expect(figureOf(ratio, [each])).toMatchObject({ c: fraction(0), noData: true, satisfied: false });
    }
  });

  test('no value out is 0 done and stays in the denominator', () => {
    expect(figureOf(ratio, [])).toMatchObject({ c: fraction(0), noData: true, whyNull: undefined });
  });

  test('with a level at the start it is the way from there', () => {
    const stock = { ...ratio, basis: Basis.STOCK, baseline: '43.9', low: '55' };
    const at50 = { ...observed('2023', '200') };
    expect(share(figureOf(stock, [at50]))).toBe('61/111');
  });
});

describe('after the due date', () => {
  const early = { ...counted(4, { unit: 'e', from: '2022-06-01' }), stream: 'project/e' };
  const late = { ...counted(3, { unit: 'l', from: '2023-06-01' }), stream: 'project/l' };
  const beyond = { ...counted(3, { unit: 'b', from: '2026-06-01' }), stream: 'project/b' };

  test('units count and show as late; the measure is overdue until it is satisfied', () => {
    const figure = figureOf({ due: '2022-12-31' }, [early, late], '2023-12-31');
    expect(figure).toMatchObject({ overdue: true, overdueDays: 365, late: fraction(3), afterPeriod: fraction(0) });
    expect(share(figure)).toBe('7/10');
  });

  test('after the period they count for a day beyond it: 含期后完成', () => {
    const figure = figureOf({ due: '2022-12-31' }, [early, late, beyond], '2026-12-31');
    expect(figure).toMatchObject({ overdue: false, satisfied: true, late: fraction(6), afterPeriod: fraction(3) });
    expect(figure.finishedOn).toBe('2026-06-01');
  });
});

describe('an open doubt about the target', () => {
  const doubts = [
    {
      doubt: 'D5',
      about: [ID],
      readings: [
        { reading: 'new', target: '7' },
        { reading: 'total', target: '14' },
      ],
    },
  ];

  test('the first reading gives the number, the worst the verdict, all must be satisfied', () => {
    const figure = figureOf({}, [counted(7)], undefined, { doubts });
    expect([share(figure), figure.worst, figure.satisfied]).toEqual(['1', fraction(1, 2), false]);
    expect(figureOf({}, [counted(14)], undefined, { doubts }).satisfied).toBe(true);
  });

  test('a reading without a number means the measure’s own', () => {
    const own = [{ doubt: 'D6', about: [ID], readings: [{ reading: 'as printed' }, { reading: 'half', target: '5' }] }];
    expect(share(figureOf({}, [counted(5)], undefined, { doubts: own }))).toBe('1/2');
  });
});

test('every share lies in [0, 1] and never falls when more is delivered', () => {
  const rosters = [{ roster: 'r', members: ['a', 'b', 'c'].map((member) => ({ member })) }];
  const kinds: Fields[] = [
    { quantifier: Quantifier.AT_LEAST, low: '7.5' },
    { quantifier: Quantifier.RANGE, low: '2', high: '3' },
    { basis: Basis.STOCK, baseline: '3', low: '11' },
    { quantifier: Quantifier.EACH, low: '2', roster: 'r' },
    { quantifier: Quantifier.EVERY_YEAR, low: '2' },
    { quantifier: Quantifier.CHECKLIST, low: '', works: [{ work: 'a', weight: 3 }, { work: 'b' }] },
  ];
  const unit = fc.record({
    member: fc.constantFrom('', 'a', 'b', 'c', 'd'),
    quantity: fc.integer({ min: 1, max: 4 }),
    from: fc.constantFrom('2021-05-01', '2022-05-01', '2023-05-01', '2027-05-01'),
  });
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(unit, { maxLength: 12 }), (fields, delivered) => {
      let before = fraction(0);
      for (let count = 0; count <= delivered.length; count += 1) {
        const contributions = delivered
          .slice(0, count)
          .map((each, index) => ({ measure: ID, unit: `u${index}`, ...each }));
        const { c } = figureOf(fields, [{ contributions }], '2025-06-30', { rosters });
        if (!c) throw new Error('a number was due');
        expect(c.n >= 0n && c.n <= c.d).toBe(true);
        expect(c.n * before.d >= before.n * c.d).toBe(true);
        before = c;
      }
    }),
  );
});

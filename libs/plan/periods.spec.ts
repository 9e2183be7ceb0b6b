import { describe, expect, test } from '@jest/globals';
import { ApprovalLevel, CountyKind, type EventInit, makeEntry, makeEvent } from '@planledger/contracts';
import fc from 'fast-check';
import {
  awaitedLevel,
  foldPeriod,
  lacksReport,
  periodAt,
  type Periods,
  periodStream,
  postingMonth,
  punctuality,
} from './periods.js';
import { emptyPlan, foldPlan } from './state.js';

const [UNIT, SECTOR] = ['410212-education', 'education'];
const JUNE = periodStream('2025-06', UNIT, SECTOR);

interface Step {
  readonly event: EventInit;
  readonly by?: string;
  readonly recordedAt?: string;
}
const opened = (county = '410212'): Step => ({
  event: { case: 'periodOpened', value: { month: '2025-06', unit: UNIT, sector: SECTOR, due: '2025-07-05', county } },
});
const submitted = (recordedAt = '2025-07-03T01:00:00.000Z'): Step => ({
  event: { case: 'reportSubmitted', value: { nil: false } },
  recordedAt,
});
const returned: Step = { event: { case: 'reportReturned', value: {} } };
const approved = (level: ApprovalLevel): Step => ({
  event: { case: 'reportApproved', value: { level } },
  by: `at-${level}`,
});
const closed: Step = { event: { case: 'periodClosed', value: {} } };
const { UNIT: OF_UNIT, COUNTY: OF_COUNTY, BUREAU: OF_BUREAU } = ApprovalLevel;

function periodsOf(steps: readonly Step[], stream = JUNE): Periods {
  return steps.reduce<Periods>(
    (periods, { event, by = 'somebody', recordedAt = '2025-07-03T01:00:00.000Z' }, at) =>
      foldPeriod(
        periods,
        makeEntry({
          ...{ stream, version: at + 1, position: 100 + at, occurredOn: '2025-07-03', recordedAt },
          ...{ actor: { subject: by, unit: UNIT, role: 'clerk' }, event: makeEvent(event) },
        }),
      ),
    new Map(),
  );
}
const june = (...steps: readonly Step[]) => periodAt(periodsOf(steps), JUNE);

const COUNTIES = new Map(
  [
    ['410212', CountyKind.DISTRICT],
    ['410200', CountyKind.CITY_ITSELF],
  ].map(([code, kind]) => [code as string, { code, kind } as never]),
);

describe('a month of a unit and sector', () => {
  test('is in the plan’s state, by month, unit and sector, whole', () => {
    const entries = [opened(), submitted(), approved(OF_UNIT)].map(({ event }, at) =>
      makeEntry({ stream: JUNE, version: at + 1, position: 7 + at, event: makeEvent(event) }),
    );
    const { periods, position } = entries.reduce(foldPlan, emptyPlan);
    expect(position).toBe(9);
    expect(periodAt(periods, JUNE)).toMatchObject({
      ...{ month: '2025-06', unit: UNIT, sector: SECTOR, county: '410212', due: '2025-07-05' },
      ...{ status: 'approved', version: 3, entries: [7, 8, 9], approvals: [{ level: OF_UNIT, position: 9 }] },
    });
    expect(periodAt(periods, periodStream('2025-06', UNIT, 'health'))).toBeUndefined();
  });

  test('awaits its unit, then its county, then the bureau; a return begins anew; closed it awaits nobody', () => {
    const awaited = (...steps: Step[]) => awaitedLevel(june(opened(), ...steps)!, COUNTIES);
    expect(awaited()).toBeUndefined();
    expect(awaited(submitted())).toBe(OF_UNIT);
    expect(awaited(submitted(), approved(OF_UNIT))).toBe(OF_COUNTY);
    expect(awaited(submitted(), approved(OF_UNIT), approved(OF_COUNTY))).toBe(OF_BUREAU);
    expect(awaited(submitted(), approved(OF_UNIT), returned)).toBeUndefined();
    expect(awaited(submitted(), approved(OF_UNIT), returned, submitted())).toBe(OF_UNIT);
    const whole = [submitted(), approved(OF_UNIT), approved(OF_COUNTY), approved(OF_BUREAU)];
    expect(awaited(...whole)).toBeUndefined();
    expect(awaited(...whole, closed)).toBeUndefined();
  });

  test('of a bureau of the city has no county above it', () => {
    const own = june(opened('410200'), submitted(), approved(OF_UNIT));
    expect(awaitedLevel(own!, COUNTIES)).toBe(OF_BUREAU);
  });

  test('lacks its report until it is handed in, and again while it is returned', () => {
    const lacks = (...steps: Step[]) => lacksReport(june(opened(), ...steps)!, '2025-07-03');
    expect([lacks(), lacks(submitted()), lacks(submitted(), returned)]).toEqual([true, false, true]);
    expect(lacks(submitted(), returned, submitted(), approved(OF_UNIT), closed)).toBe(false);
    expect(lacksReport(june(opened(), submitted())!, '2025-07-02')).toBe(true);
  });

  test('is on time or late by the day its standing report was recorded, in Shanghai, and missing after its due day', () => {
    // 16:30 UTC on the 5th is half past midnight of the 6th in Shanghai.
    const [inTime, tooLate] = [submitted('2025-07-05T15:59:59.000Z'), submitted('2025-07-05T16:30:00.000Z')];
    expect(punctuality(june(opened())!, '2025-07-05')).toBe('waiting');
    expect(punctuality(june(opened())!, '2025-07-06')).toBe('missing');
    expect(punctuality(june(opened(), inTime)!, '2025-08-01')).toBe('on-time');
    expect(punctuality(june(opened(), tooLate)!, '2025-08-01')).toBe('late');
    expect(punctuality(june(opened(), inTime, returned)!, '2025-07-06')).toBe('missing');
    expect(punctuality(june(opened(), inTime, returned, tooLate)!, '2025-08-01')).toBe('late');
  });
});

describe('an entry is posted', () => {
  const months = (states: Readonly<Record<string, 'open' | 'closed'>>): Periods =>
    new Map(
      Object.entries(states).map(([month, status]) => {
        const steps = status === 'open' ? [opened()] : [opened(), submitted(), approved(OF_BUREAU), closed];
        return [month, periodsOf(steps, periodStream(month, UNIT, SECTOR)).get(month)!] as const;
      }),
    );
  const posted = (states: Parameters<typeof months>[0], now: string) => postingMonth(months(states), now, UNIT, SECTOR);

  test.each([
    ['in the month now running where no month was ever opened', {}, '2025-07', '2025-07'],
    ['in June on 3 July, while June is open and July is not yet', { '2025-06': 'open' }, '2025-07', '2025-06'],
    ['in July once July is open, June or no June', { '2025-06': 'open', '2025-07': 'open' }, '2025-07', '2025-07'],
    ['in July once June is closed', { '2025-06': 'closed' }, '2025-07', '2025-07'],
    ['in the latest of two open months', { '2025-04': 'open', '2025-05': 'open' }, '2025-07', '2025-05'],
    [
      'in what is open though later months are closed',
      { '2025-05': 'open', '2025-06': 'closed' },
      '2025-07',
      '2025-05',
    ],
    ['in August once July was closed before its end', { '2025-07': 'closed' }, '2025-07', '2025-08'],
    ['in the new year once December was closed before its end', { '2025-12': 'closed' }, '2025-12', '2026-01'],
  ] as const)('%s', (_sentence, states, now, month) => {
    expect(posted(states, now)).toBe(month);
  });

  test('by its own unit and sector alone', () => {
    expect(postingMonth(months({ '2025-06': 'open' }), '2025-07', UNIT, 'health')).toBe('2025-07');
    expect(postingMonth(months({ '2025-06': 'open' }), '2025-07', '410221-education', SECTOR)).toBe('2025-07');
  });

  test('never in a closed month, and never in one that lies behind an open one', () => {
    const NAMES = ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01'];
    const states = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('open', 'closed') as fc.Arbitrary<'open'>);
    fc.assert(
      fc.property(states, fc.constantFrom(...NAMES), (given, now) => {
        const month = posted(given, now);
        expect(given[month]).not.toBe('closed');
        const open = Object.keys(given).filter((each) => given[each] === 'open' && each <= now);
        expect(open.every((each) => each <= month)).toBe(true);
        if (open.length > 0) expect(open).toContain(month);
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { ApprovalLevel } from '@planledger/contracts';
import { entriesOf, given, made, type Step } from './fixtures.js';
import {
  ABOUT_PROJECT,
  APPROVALS,
  APPROVED,
  BEGUN,
  claim,
  CLOSE,
  CLOSED,
  CLOSE_CASE,
  COUNTY_COMMISSION,
  FINDING,
  inMonth,
  OPEN,
  RECTIFY,
  REGISTER,
  sent,
  SUBMIT,
  SUPERVISE,
  VERIFIER,
} from './fixtures-steps.js';

describe('a county’s month', () => {
  test('goes from the clerk to unit, county and bureau, and is closed by one who took no part', () => {
    const round = entriesOf(CLOSED);
    expect(round.map(({ event }) => event.case)).toEqual([
      ...['periodOpened', 'reportSubmitted', 'reportApproved', 'reportApproved', 'reportApproved', 'periodClosed'],
    ]);
    const levels = round.flatMap(({ event }) => (event.case === 'reportApproved' ? [event.value.level] : []));
    expect(levels).toEqual([ApprovalLevel.UNIT, ApprovalLevel.COUNTY, ApprovalLevel.BUREAU]);
    // Of the month, in the unit's sector and county, though all of it was recorded in October.
    const place = { stream: 'period/2025-09/410212-education/education', period: '2025-09' };
    for (const entry of round) expect(entry).toMatchObject({ ...place, sector: 'education', county: '410212' });
  });

  test('returned at any level it goes back to the clerk, and through all of them again', () => {
    const back = inMonth('returnReport', COUNTY_COMMISSION);
    const again = [OPEN, SUBMIT, APPROVALS[0]!, back, SUBMIT, ...APPROVALS, CLOSE];
    expect(entriesOf(again).at(-1)?.event.case).toBe('periodClosed');
    expect(given(OPEN, SUBMIT, APPROVALS[0]!, back).when(APPROVALS[1]!)).toMatchObject({
      rejected: 'NOTHING_TO_JUDGE',
    });
  });

  test('of a bureau of the city has no county level', () => {
    const city = { unit: 'city-education', sector: 'education' };
    const own = { unit: 'city-education', counties: ['410200'] };
    const begun = [
      inMonth('openPeriod', 'commission', { ...city, county: '410200' }),
      inMonth('submitReport', 'clerk-education-city'),
      { ...inMonth('approveReport', 'approver-education-410212', city), token: own },
    ];
    const bureau = inMonth('approveReport', VERIFIER, city);
    expect(given(...begun).when(bureau)).toMatchObject([{ event: { value: { level: ApprovalLevel.BUREAU } } }]);
    expect(given(...begun).when(inMonth('approveReport', COUNTY_COMMISSION, city))).toMatchObject({
      rejected: 'OTHER_COUNTY',
    });
  });

  test('is one’s own where nothing else is said, and nobody else’s', () => {
    expect(given(OPEN).when(inMonth('submitReport', 'clerk-education-410221'))).toMatchObject({
      rejected: 'PERIOD_UNKNOWN',
    });
    const theirs = { unit: '410212-education', sector: 'education' };
    expect(given(OPEN).when(inMonth('submitReport', 'clerk-education-410221', theirs))).toMatchObject({
      rejected: 'OTHER_COUNTY',
    });
  });

  test('takes what is recorded while it is open, and nothing once it is closed', () => {
    const periods = (steps: Step[]) => entriesOf(steps).map(({ period }) => period);
    expect(periods([REGISTER])).toEqual(['2025-10']);
    expect(periods([OPEN, REGISTER])).toEqual(['2025-09', '2025-09']);
    expect(periods([...CLOSED, REGISTER]).at(-1)).toBe('2025-10');
    const october = inMonth('openPeriod', 'commission', {}, '2025-10');
    expect(periods([OPEN, october, REGISTER]).at(-1)).toBe('2025-10');
  });

  test('may be closed by a verifier who verified nothing in it', () => {
    const other = { ...inMonth('closePeriod', VERIFIER), token: { subject: 'another-verifier' } };
    expect(given(...APPROVED).when(other)).toHaveLength(1);
    const verified = [
      claim('start', '2024-07-01'),
      sent('verifyMilestone', {}, { code: 'start' }, 'verifier-education'),
    ];
    const busy = [OPEN, ...BEGUN, verified[0]!, { ...verified[1]!, token: { subject: 'another-verifier' } }];
    expect(given(...busy, SUBMIT, ...APPROVALS).when(other)).toMatchObject({ rejected: 'PERIOD_OWN_ACT' });
  });
});

describe('a case', () => {
  test('belongs to the sector and county of its project; a county handles its own alone', () => {
    const [entry] = made(given(...BEGUN).when({ ...SUPERVISE, person: COUNTY_COMMISSION }));
    expect(entry).toMatchObject({ stream: 'case/c1', sector: 'education', county: '410212', period: '2025-10' });
    const elsewhere = { ...SUPERVISE, person: COUNTY_COMMISSION, token: { counties: ['410221'] } };
    expect(given(...BEGUN).when(elsewhere)).toMatchObject({ rejected: 'OTHER_COUNTY' });
    const none = { ...sent('issueSupervision'), person: COUNTY_COMMISSION };
    expect(given().when(none)).toMatchObject({ rejected: 'OTHER_COUNTY' });
    expect(given().when({ ...none, person: 'commission' })).toMatchObject([{ sector: '', county: '' }]);
  });

  test('darkens a lamp at once, and brightens it until a day and with a reason', () => {
    const lit = (lamp: object, reason?: string) =>
      given(...BEGUN).when(sent('issueSupervision', { ...ABOUT_PROJECT, lamp, reason }, {}, 'commission'));
    expect(lit({ lamp: 'progress', colour: 'red' })).toHaveLength(1);
    expect(lit({ lamp: 'progress', colour: 'yellow' })).toHaveLength(1);
    const [bright] = made(lit({ lamp: 'overall', colour: 'green', until: '2025-11-30' }, '已现场核实'));
    expect(bright?.event.value).toMatchObject({ lamp: { lamp: 'overall', colour: 'green', until: '2025-11-30' } });
  });

  test('of a finding is rectified by the unit it names, of whatever sector, or by the sector’s verifier', () => {
    const finance = { unit: '410212-finance', sectors: ['health'], counties: ['410212'] };
    const named = { ...FINDING, body: { ...ABOUT_PROJECT, toUnit: finance.unit } };
    expect(given(...BEGUN, named).when({ ...RECTIFY, token: finance })).toHaveLength(1);
    expect(given(...BEGUN, named).when(RECTIFY)).toMatchObject({ rejected: 'OTHER_UNIT' });
    expect(given(...BEGUN, named).when({ ...RECTIFY, person: VERIFIER })).toHaveLength(1);
    expect(given(...BEGUN, named).when({ ...RECTIFY, person: 'verifier-health' })).toMatchObject({
      rejected: 'OTHER_SECTOR',
    });
  });

  test('of a finding is closed by the commission once rectified; taken up it is to be rectified anew', () => {
    const rectified = [...BEGUN, FINDING, RECTIFY];
    expect(given(...rectified).when(CLOSE_CASE)).toHaveLength(1);
    const up = sent('escalateCase', { level: 'deputy-mayor' }, {}, 'commission');
    expect(given(...rectified, up).when(CLOSE_CASE)).toMatchObject({ rejected: 'FINDING_NOT_RECTIFIED' });
    expect(given(...rectified, up, RECTIFY).when(CLOSE_CASE)).toHaveLength(1);
  });

  test('may be about an indicator, which is in its sector', () => {
    const indicator = { ...FINDING, body: { about: 'indicator/I04' } };
    const [entry] = made(given().when(indicator));
    expect(entry).toMatchObject({ sector: 'education', county: '' });
    expect(given(indicator).when({ ...RECTIFY, person: VERIFIER })).toHaveLength(1);
  });
});

import { expect } from '@jest/globals';
import { begins, claims, type Plan } from './deeds.js';
import { approve, at, closes, monthOf, opens, reports, seen } from './month-deeds.js';
import { does, entryAt, isRefused, type Scenario } from './town.js';

const HOSPITAL: Plan = { sector: 'health', item: 'B4-3', measure: 'B4-3.hospitals' };

const wholeMonth: Scenario = {
  sentence:
    'a county’s month goes from the clerk through three levels, back for a reason, and is closed by an outsider',
  async run(town) {
    const month = monthOf(town, 'health');
    const [approver, county, verifier] = month.judges;
    await opens(month);
    const { status, awaits, punctuality } = await seen(month);
    expect([status, awaits, punctuality]).toEqual(['open', null, 'waiting']);
    const built = await begins(town, HOSPITAL);
    const { approval = 0 } = await claims(built, { approval: '2025-09-12' });
    // Recorded in October, while September alone is open: it belongs to the report of September.
    expect((await entryAt(town, approval)).entry.period).toBe('2025-09');

    await reports(month);
    await isRefused(town, month.clerk, at(month, 'submit'), { occurredOn: '2025-10-08', nil: false }, 'REPORT_STANDS');
    const judged = { occurredOn: '2025-10-09', ...month.names };
    await isRefused(town, verifier, at(month, 'approve'), judged, 'LEVEL_NOT_AWAITED');
    await approve(month, 1);
    expect((await seen(month))['awaits']).toBe('county');
    const reason = '选址意见书日期与填报不符，请核实。';
    await does(town, county, at(month, 'return'), { ...judged, reason });
    expect(await seen(month)).toMatchObject({
      status: 'returned',
      returns: [{ subject: county, reason }],
      approvals: [],
    });

    await reports(month);
    await approve(month);
    await isRefused(town, verifier, at(month, 'close'), judged, 'PERIOD_OWN_ACT');
    await isRefused(town, approver, at(month, 'close'), judged, 'ROLE_MAY_NOT');
    await closes(month);
    expect(await seen(month)).toMatchObject({
      ...{ status: 'closed', punctuality: 'on-time', awaits: null, nil: false, closed: { subject: 'commission' } },
      approvals: [{ level: 'unit' }, { level: 'county' }, { level: 'bureau' }],
    });
    const { land = 0 } = await claims(built, { land: '2025-10-15' });
    expect((await entryAt(town, land)).entry.period).toBe('2025-10');
  },
};

const nilReport: Scenario = {
  sentence: 'a month without progress is reported as nil, with its reason, and is as good as any report',
  async run(town) {
    const month = monthOf(town, 'veterans');
    await opens(month, '2025-10-09');
    expect(await seen(month)).toMatchObject({ status: 'open', punctuality: 'missing' });
    const nil = { occurredOn: '2025-10-08', nil: true };
    await isRefused(town, month.clerk, at(month, 'submit'), nil, 'NIL_NEEDS_REASON');
    const reason = '本月各站点均在整改验收期，无新增进展。';
    await reports(month, { nil: true, reason });
    // Reported on 31 October, whatever day it says: the due day was the 9th.
    expect(await seen(month)).toMatchObject({ nil: true, punctuality: 'late', awaits: 'unit', reports: [{ reason }] });
    await approve(month);
    await closes(month);
  },
};

const wroteInIt: Scenario = {
  sentence: 'who verified in a month does not close it, and closing waits for all three levels',
  async run(town) {
    const month = monthOf(town, 'elderly-care');
    await opens(month);
    const built = await begins(town, { sector: 'elderly-care', item: 'B5-1', measure: 'B5-1.homes' });
    await claims(built, { approval: '2025-09-12' });
    const verified = { occurredOn: '2025-09-20' };
    await does(town, 'commission', `${built.at}/milestones/approval/verify`, verified);
    await reports(month);
    const closing = { occurredOn: '2025-10-10', ...month.names };
    await approve(month, 2);
    await isRefused(town, 'commission', at(month, 'close'), closing, 'NOT_APPROVED');
    await does(town, month.judges[2], at(month, 'approve'), { occurredOn: '2025-10-09', ...month.names });
    await isRefused(town, 'commission', at(month, 'close'), closing, 'PERIOD_OWN_ACT');
    await isRefused(town, month.clerk, at(month, 'submit'), { occurredOn: '2025-10-10', nil: false }, 'REPORT_STANDS');
  },
};

export const MONTHS: readonly Scenario[] = [wholeMonth, nilReport, wroteInIt];

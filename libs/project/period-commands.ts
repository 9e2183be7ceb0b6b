import { ApprovalLevel } from '@planledger/contracts';
import { isDate, isRejection, type Rejection } from '@planledger/kernel';
import { type Act, awaitedLevel, periodAt, type PeriodState } from '@planledger/plan';
import { OpenPeriodBody, PeriodBody, ReturnReportBody, SubmitReportBody } from './bodies-control.js';
import { type CommandRow, reject, row, type RowContext } from './command.js';

/** At which level a role judges a month's report; what is missing here judges none. */
const LEVEL_OF: Readonly<Partial<Record<string, ApprovalLevel>>> = {
  approver: ApprovalLevel.UNIT,
  'county-commission': ApprovalLevel.COUNTY,
  verifier: ApprovalLevel.BUREAU,
};

const LEVEL_NAMES: Readonly<Record<ApprovalLevel, string>> = {
  [ApprovalLevel.UNSPECIFIED]: '—',
  [ApprovalLevel.UNIT]: '本单位审核 unit',
  [ApprovalLevel.COUNTY]: '县区 county',
  [ApprovalLevel.BUREAU]: '市直部门 bureau',
};

const periodOf = ({ wide, stream }: RowContext): PeriodState | undefined => periodAt(wide.plan.periods, stream);

const partOf = ({ wide, stream, actor }: RowContext) => wide.participants.get(stream)?.get(actor.subject);

const isBy = ({ actor }: RowContext, acts: readonly (Act | undefined)[]): boolean =>
  acts.some((act) => act?.subject === actor.subject);

/** The period while something may still be done in it. That there is one was seen before: decide.ts asks whose it is. */
function underWay(context: RowContext): PeriodState | Rejection {
  const period = periodOf(context);
  const { period: month = '' } = context.params;
  if (!period) return reject('PERIOD_UNKNOWN', { month, unit: '—', sector: '—' });
  return period.status === 'closed' ? reject('PERIOD_CLOSED', { month }) : period;
}

/**
 * The report on which the actor has the next word (DOMAIN §8): unit, county, bureau in this order, each another person
 * than who wrote, submitted or approved before.
 */
function judged(context: RowContext): { period: PeriodState; level: ApprovalLevel } | Rejection {
  const period = underWay(context);
  if (isRejection(period)) return period;
  const { month, status } = period;
  const level = awaitedLevel(period, context.wide.plan.counties);
  if (level === undefined) return reject('NOTHING_TO_JUDGE', { month, status });
  if (LEVEL_OF[context.actor.role] !== level)
    return reject('LEVEL_NOT_AWAITED', { month, awaited: LEVEL_NAMES[level] });
  const own = partOf(context) === 'wrote' || isBy(context, [period.reports.at(-1), ...period.approvals]);
  return own ? reject('REPORT_OWN_ACT', { month }) : { period, level };
}

/** The month's round: opened, reported, judged at three levels, closed (DOMAIN §8). */
export const PERIOD_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'openPeriod',
    path: 'periods/{period}/open',
    on: 'period',
    summary: 'Open a month of one unit and sector, with the day its report is due 开启报送期',
    permission: 'period.open',
    body: OpenPeriodBody,
    makes: 'periodOpened',
    event: ({ unit, sector, county, due }, context) => {
      const { plan } = context.wide;
      const { period: month = '' } = context.params;
      const [from, to] = [(plan.plan?.goLive ?? '').slice(0, 7), context.today.slice(0, 7)];
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month < from || month > to) {
        return reject('MONTH_NOT_OPENABLE', { month: month.slice(0, 20), from, to });
      }
      if (!plan.sectors.has(sector)) return reject('SECTOR_NOT_SERVED', { sector });
      if (!plan.counties.has(county)) return reject('COUNTY_UNKNOWN', { county });
      if (periodOf(context)) return reject('PERIOD_ALREADY_OPEN', { month, unit, sector });
      if (!isDate(due)) return reject('NO_SUCH_DAY', { date: due });
      const earliest = `${month}-01`;
      if (due < earliest) return reject('DUE_TOO_EARLY', { due, earliest });
      return { case: 'periodOpened', value: { month, unit, sector, county, due } };
    },
    example: {
      occurredOn: '2025-10-01',
      unit: '410212-education',
      sector: 'education',
      county: '410212',
      due: '2025-10-09',
    },
  }),
  row({
    name: 'submitReport',
    path: 'periods/{period}/submit',
    on: 'period',
    summary: 'Submit the month’s report, or a nil report with its reason 报送（零报告）',
    permission: 'report.submit',
    body: SubmitReportBody,
    makes: 'reportSubmitted',
    afterClosing: 'allowed',
    event: ({ nil, reason = '' }, context) => {
      const period = underWay(context);
      if (isRejection(period)) return period;
      const { month, status, reports } = period;
      if (status !== 'open' && status !== 'returned') {
        return reject('REPORT_STANDS', { month, on: reports.at(-1)?.on ?? '' });
      }
      if (nil && reason.trim() === '') return reject('NIL_NEEDS_REASON', { month });
      return { case: 'reportSubmitted', value: { nil } };
    },
    example: { occurredOn: '2025-10-08', nil: true, reason: '本月在建项目均处于冬休期，无新增进展。' },
  }),
  row({
    name: 'returnReport',
    path: 'periods/{period}/return',
    on: 'period',
    summary: 'Return the month’s report to its clerk, with the reason 退回',
    permission: 'report.judge',
    body: ReturnReportBody,
    makes: 'reportReturned',
    afterClosing: 'allowed',
    event: (_body, context) => {
      const report = judged(context);
      return isRejection(report) ? report : { case: 'reportReturned', value: {} };
    },
    example: {
      occurredOn: '2025-10-08',
      unit: '410212-education',
      sector: 'education',
      reason: '零报告原因与施工日志不符，请核实后重报。',
    },
  }),
  row({
    name: 'approveReport',
    path: 'periods/{period}/approve',
    on: 'period',
    summary: 'Approve the month’s report: the unit’s approver, then the county, then the bureau 审核通过',
    permission: 'report.judge',
    body: PeriodBody,
    makes: 'reportApproved',
    afterClosing: 'allowed',
    event: (_body, context) => {
      const report = judged(context);
      return isRejection(report) ? report : { case: 'reportApproved', value: { level: report.level } };
    },
    example: { occurredOn: '2025-10-09', unit: '410212-education', sector: 'education' },
  }),
  row({
    name: 'closePeriod',
    path: 'periods/{period}/close',
    on: 'period',
    summary: 'Close a month that the bureau approved; by nobody who took part in it 关闭报送期',
    permission: 'period.close',
    body: PeriodBody,
    makes: 'periodClosed',
    afterClosing: 'allowed',
    event: (_body, context) => {
      const period = underWay(context);
      if (isRejection(period)) return period;
      const { month, status, reports, approvals } = period;
      if (status !== 'approved' || approvals.at(-1)?.level !== ApprovalLevel.BUREAU) {
        return reject('NOT_APPROVED', { month, status });
      }
      const tookPart = partOf(context) !== undefined || isBy(context, [...reports, ...approvals]);
      return tookPart ? reject('PERIOD_OWN_ACT', { month }) : { case: 'periodClosed', value: {} };
    },
    example: { occurredOn: '2025-10-10', unit: '410212-education', sector: 'education' },
  }),
];

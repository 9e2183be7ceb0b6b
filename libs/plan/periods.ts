import { ApprovalLevel, type CountyDefined, CountyKind, type Entry } from '@planledger/contracts';
import { type IsoDate, shanghaiDate } from '@planledger/kernel';

/** Reporting periods by month, then by `<unit>/<sector>` (DOMAIN §3, §8). */
export type Periods = ReadonlyMap<string, ReadonlyMap<string, PeriodState>>;

/** One unit's month in one sector. An immutable value. */
export interface PeriodState {
  /** period/<month>/<unit>/<sector> */
  readonly stream: string;
  /** YYYY-MM */
  readonly month: string;
  readonly unit: string;
  readonly sector: string;
  /** The unit's county. */
  readonly county: string;
  /** YYYY-MM-DD by which the report is due. */
  readonly due: string;
  readonly status: 'open' | 'submitted' | 'returned' | 'approved' | 'closed';
  /** Of the report that stands: a nil report 零报告. */
  readonly nil: boolean;
  /** Every report, oldest first; more than one where it was returned. */
  readonly reports: readonly Act[];
  readonly returns: readonly Act[];
  /** By level, of the report that stands. */
  readonly approvals: readonly (Act & { readonly level: ApprovalLevel })[];
  readonly closed: Act | undefined;
  readonly version: number;
  /** Positions of its entries. */
  readonly entries: readonly number[];
}

/** Who did it, when, and why. */
export interface Act {
  readonly subject: string;
  readonly unit: string;
  readonly on: string;
  /** UTC instant of recording. */
  readonly recordedAt: string;
  readonly reason: string;
  readonly position: number;
}

export const periodStream = (month: string, unit: string, sector: string): string =>
  `period/${month}/${unit}/${sector}`;

export const periodOf = (periods: Periods, month: string, unit: string, sector: string): PeriodState | undefined =>
  periods.get(month)?.get(`${unit}/${sector}`);

/** The period that a stream's name speaks of; undefined where it was never opened. */
export function periodAt(periods: Periods, stream: string): PeriodState | undefined {
  const [, month = '', unit = '', sector = ''] = stream.split('/');
  return periodOf(periods, month, unit, sector);
}

/** A month that was never opened for a unit takes entries as an open one does; only closing shuts it (DOMAIN §3). */
export const isClosed = (periods: Periods, month: string, unit: string, sector: string): boolean =>
  periodOf(periods, month, unit, sector)?.status === 'closed';

/**
 * The month into which an entry of a unit and sector is posted that is recorded in the month `now` (YYYY-MM).
 *
 * The month now running, where it was opened and is not closed. Else the latest earlier month that is open: a report of
 * June filed on 3 July, while July is not opened yet, lands in June. Else the month now running, or, where that was
 * closed before its end, the next one: nothing is ever posted in a closed month, which would be past its report.
 */
export function postingMonth(periods: Periods, now: string, unit: string, sector: string): string {
  const open = (month: string): boolean => {
    const period = periodOf(periods, month, unit, sector);
    return period !== undefined && period.status !== 'closed';
  };
  if (open(now)) return now;
  let month = '';
  for (const earlier of periods.keys()) if (earlier > month && earlier < now && open(earlier)) month = earlier;
  if (month === '') month = now;
  while (isClosed(periods, month, unit, sector)) month = monthAfter(month);
  return month;
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/**
 * Whose word on the standing report is awaited (DOMAIN §8): the unit's approver, then the county, then the bureau. A
 * unit of the city itself has no county above it. Undefined where no report stands, and once the bureau approved it.
 */
export function awaitedLevel(
  { status, approvals, county }: PeriodState,
  counties: ReadonlyMap<string, CountyDefined>,
): ApprovalLevel | undefined {
  if (status === 'submitted') return ApprovalLevel.UNIT;
  if (status !== 'approved') return undefined;
  const level = approvals.at(-1)?.level;
  if (level === ApprovalLevel.BUREAU) return undefined;
  const ofCity = counties.get(county)?.kind === CountyKind.CITY_ITSELF;
  return level === ApprovalLevel.UNIT && !ofCity ? ApprovalLevel.COUNTY : ApprovalLevel.BUREAU;
}

/**
 * How the report stands against its due day on a business date: by the day on which the report that stands was recorded,
 * never by the day it claims. `waiting` until the due day is over, `missing` afterwards; a returned report is none.
 */
export function punctuality(
  { status, reports, due }: PeriodState,
  on: IsoDate,
): 'on-time' | 'late' | 'waiting' | 'missing' {
  const report = status === 'returned' ? undefined : reports.at(-1);
  if (!report) return on <= due ? 'waiting' : 'missing';
  return shanghaiDate(Date.parse(report.recordedAt)) <= due ? 'on-time' : 'late';
}

/** At the end of a business date a report is still to be handed in: none was yet, or the last one was returned. */
export function lacksReport({ reports, returns }: PeriodState, on: IsoDate): boolean {
  const until = (acts: readonly Act[]): number => acts.filter((act) => act.on <= on).length;
  return until(reports) <= until(returns);
}

/** The next periods. Only the month touched is copied: a plan has thousands. */
export function foldPeriod(periods: Periods, entry: Entry): Periods {
  const [, month = '', unit = '', sector = ''] = entry.stream.split('/');
  const before = periodAt(periods, entry.stream);
  const after = evolvePeriod(before, { month, unit, sector }, entry);
  return after ? new Map(periods).set(month, new Map(periods.get(month)).set(`${unit}/${sector}`, after)) : periods;
}

function evolvePeriod(
  before: PeriodState | undefined,
  key: Pick<PeriodState, 'month' | 'unit' | 'sector'>,
  { event, stream, version, position, occurredOn, recordedAt, reason, actor }: Entry,
): PeriodState | undefined {
  const act: Act = {
    ...{ subject: actor?.subject ?? '', unit: actor?.unit ?? '' },
    ...{ on: occurredOn, recordedAt, reason, position },
  };
  if (event.case === 'periodOpened') {
    return {
      ...{
        stream,
        ...key,
        county: event.value.county,
        due: event.value.due,
        status: 'open',
        nil: false,
        closed: undefined,
      },
      ...{ reports: [], returns: [], approvals: [], version, entries: [position] },
    };
  }
  if (!before) return undefined;
  const seen = { ...before, version, entries: [...before.entries, position] };
  switch (event.case) {
    case 'reportSubmitted':
      return {
        ...seen,
        ...{ status: 'submitted', nil: event.value.nil, reports: [...before.reports, act], approvals: [] },
      };
    case 'reportReturned':
      return { ...seen, status: 'returned', returns: [...before.returns, act], approvals: [] };
    case 'reportApproved':
      return { ...seen, status: 'approved', approvals: [...before.approvals, { ...act, level: event.value.level }] };
    case 'periodClosed':
      return { ...seen, status: 'closed', closed: act };
    default:
      return seen;
  }
}

import type { ApprovalLevel } from '@planledger/contracts';
import { type Entry } from '@planledger/contracts';

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

/** The next periods. Only the month touched is copied: a plan has thousands. */
export function foldPeriod(periods: Periods, entry: Entry): Periods {
  const [, month = '', unit = '', sector = ''] = entry.stream.split('/');
  const before = periodOf(periods, month, unit, sector);
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

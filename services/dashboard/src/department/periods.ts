import { answerOf, surface } from '../api/surface';
import { me } from '../session/session';
import type { Period, PeriodPage } from './answers';

const PAGE_LIMIT = 200;

export interface PeriodsAsked {
  readonly status?: Period['status'];
  readonly month?: string;
  readonly unit?: string;
  readonly sector?: string;
  readonly cursor?: string;
  /** stream@version that the answer must have seen. */
  readonly after?: string;
}

export const fetchPeriods = (plan: string, query: PeriodsAsked): Promise<PeriodPage> =>
  answerOf<PeriodPage>(
    surface.GET('/api/plans/{plan}/periods', { params: { path: { plan }, query: { ...query, limit: PAGE_LIMIT } } }),
  );

const LEVELS: Readonly<Record<string, Period['awaits']>> = {
  approver: 'unit',
  'county-commission': 'county',
  verifier: 'bureau',
};

/** Whether the report is at the level of who is signed in, and of his unit, county or sector. */
export function awaitsMe({ awaits, unit, county, sector }: Period): boolean {
  const person = me.value;
  if (!person || awaits === null || LEVELS[person.role] !== awaits) return false;
  const reaches = (list: '*' | readonly string[], one: string): boolean => list === '*' || list.includes(one);
  return (
    reaches(person.counties, county) &&
    reaches(person.sectors, sector) &&
    (person.role !== 'approver' || person.unit === unit)
  );
}

/** What of the months somebody looks after: a unit's own, a sector's, or all that the county's filter leaves. */
export function periodsOfMine(): PeriodsAsked {
  const person = me.value;
  if (!person) return {};
  if (person.role === 'clerk' || person.role === 'approver') return { unit: person.unit };
  const [sector] = person.sectors === '*' ? [] : person.sectors;
  return sector === undefined ? {} : { sector };
}

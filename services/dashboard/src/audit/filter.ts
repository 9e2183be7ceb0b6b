import type { LocationQuery } from 'vue-router';

/** What entries are searched by, as GET …/entries takes it. */
export const FILTERS = ['type', 'stream', 'actor', 'sector', 'county', 'period', 'backfilled', 'from', 'to'] as const;

export type Filter = { [Name in (typeof FILTERS)[number]]?: string | undefined };

/** Out of the address of the page. */
export function filterOf(query: LocationQuery): Filter {
  const given = FILTERS.flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** As parameters; `page`: the position at which a later page begins, which replaces `from`. */
export function queryOf(filter: Filter, page: unknown): Record<string, string> {
  const given = FILTERS.flatMap((name) => {
    const value = filter[name];
    return value === undefined || value === '' ? [] : [[name, `${value}`] as const];
  });
  return { ...Object.fromEntries(given), ...(typeof page === 'string' && page !== '' && { from: page }) };
}

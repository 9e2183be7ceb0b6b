import type { GapKind, GapRow } from '@planledger/progress';

/** Money and elements that do not meet the work. */
export const KINDS_OF_ELEMENTS: readonly GapKind[] = [
  ...(['element-missing', 'funds-without-progress', 'progress-without-funds', 'land-idle'] as const),
];
/** What the plan says and the ledger does not show. */
export const KINDS_OF_PLAN: readonly GapKind[] = [
  ...(['item-without-project', 'out-of-reach', 'overdue', 'built-not-in-use', 'uncounted', 'ledger-mismatch'] as const),
  ...(['stale-report', 'open-roster', 'scheme-without-status'] as const),
];

export const byKind = (rows: readonly GapRow[], kinds: readonly GapKind[]): ReadonlyMap<GapKind, readonly GapRow[]> =>
  new Map(kinds.map((kind) => [kind, rows.filter((row) => row.kind === kind)]));

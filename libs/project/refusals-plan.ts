import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of plan-commands.ts; refusals.ts joins them. */
export const PLAN_REFUSALS = {} as const satisfies RejectionCatalogue;

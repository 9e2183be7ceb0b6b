import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of renewal-commands.ts; refusals.ts joins them. */
export const RENEWAL_REFUSALS = {} as const satisfies RejectionCatalogue;

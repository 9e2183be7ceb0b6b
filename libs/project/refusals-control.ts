import type { RejectionCatalogue } from '@planledger/kernel';

/** Refusals of control-commands.ts; refusals.ts joins them. */
export const CONTROL_REFUSALS = {} as const satisfies RejectionCatalogue;

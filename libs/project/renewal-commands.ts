import type { CommandRow } from './command.js';

/** Codes over time, off-plan, reserve, split and merge, re-baselines, exemptions, elements. */
export const RENEWAL_COMMANDS: readonly CommandRow[] = [];

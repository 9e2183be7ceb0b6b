import type { CommandRow } from './command.js';

/** What the commission decides of the plan itself: a row for every event of the plan stream. */
export const PLAN_COMMANDS: readonly CommandRow[] = [];

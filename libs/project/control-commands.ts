import type { CommandRow } from './command.js';

/** The month: periods and reports; corrections after closing; supervision and findings. */
export const CONTROL_COMMANDS: readonly CommandRow[] = [];

import { resolve } from 'node:path';

/** The top of the tree: the compiled tests stand in test/dist/tidy. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** What every sector shares, and what deciders know of sectors: types, folds and standings, no sector's rules. */
export * from './baseline.js';
export * from './elements.js';
export type { Identity } from './identity.js';
export * from './indicator.js';
export * from './project.js';
export * from './renewal.js';
export * from './sector.js';
export * from './standing.js';

export type * from './answer.js';
export { type Cells, cellsOf, createCells, receiveStanding } from './cells.js';
export { completion } from './completion.js';
export { explain } from './explain.js';
export type * from './explanation.js';
export { gaps } from './gaps.js';
export * from './reading.js';
export { recompute } from './recompute.js';
export { PROGRESS_VERSIONS } from './rules.js';

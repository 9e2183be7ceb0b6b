export type * from './answer.js';
export { VERDICT_TEXT, VERDICTS } from './answer.js';
export { type Cells, cellsOf, countedOn, createCells, isNewer, receiveStanding, applyStanding } from './cells.js';
export { completion } from './completion.js';
export { explain } from './explain.js';
export type * from './explanation.js';
export {
  type Figure,
  type FigureQuad,
  type Figures,
  fromText,
  type Pair,
  type Quad,
  WHY_NULL_TEXT,
  type WhyNull,
} from './figure.js';
export { gaps } from './gaps.js';
export * from './reading.js';
export { recompute } from './recompute.js';

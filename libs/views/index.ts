export * from './builds.js';
export * from './follower.js';
export * from './live-view.js';
export * from './port.js';
export { placeIn } from './streams.js';
export { createWaiting } from './waiting.js';

export * from './builds.js';
export * from './follower.js';
export * from './live-view.js';
export * from './port.js';
export { namesStream, readRecord } from './streams.js';
export { createWaiting } from './waiting.js';

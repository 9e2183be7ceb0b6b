export * from './follower.js';
export * from './port.js';
export { createWaiting } from './waiting.js';

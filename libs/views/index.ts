export * from './follower.js';
export * from './port.js';

export * from './port.js';
export * from './relay.js';
export * from './retry.js';

export * from './calendar.js';
export * from './fraction.js';
export * from './layered.js';
export * from './rejection.js';

export * from './coverage.js';
export * from './format.js';
export * from './import.js';
export * from './load.js';
export * from './loaded.js';
export * from './state.js';

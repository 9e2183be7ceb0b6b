export * from './plans.js';
export * from './services.js';

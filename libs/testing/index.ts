export * from './app.js';
export * from './demo.js';
export * from './demo-history.js';
export * from './simulated-app.js';

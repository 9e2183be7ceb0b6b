export * from './app.js';
export * from './demo.js';
export * from './demo-history.js';
export * from './demo-app.js';

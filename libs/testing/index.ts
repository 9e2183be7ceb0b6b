export * from './app.js';
export * from './demo.js';

export * from './app.js';
export * from './demo.js';
export * from './demo-history.js';
export { writeSteps } from './demo-writer.js';
export * from './simulated-app.js';

export * from './bodies.js';
export * from './command.js';
export * from './import-plan.js';
export * from './model.js';
export * from './project-id.js';
export * from './refusals.js';
export * from './table.js';
export * from './validate.js';

export * from './appender.js';
export * from './port.js';
export * from './uuid-v7.js';
export * from './write-model.js';

export * from './bearer.js';
export * from './claims.js';
export * from './demo-people.js';
export { IssuerUnavailable } from './issuer-keys.js';
export * from './policy.js';
export * from './refusals.js';
export * from './roles.js';
export * from './token-cache.js';
export * from './token.js';

import type { E } from './e.js';
export interface D {
  readonly e?: E;
}

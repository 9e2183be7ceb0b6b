import type { D } from './d.js';
export interface E {
  readonly d?: D;
}

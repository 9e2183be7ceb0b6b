import type { IsoDate } from '@planledger/kernel';
import type { SchemeStatus } from './answer-rows.js';
import type { Cells } from './cells.js';
import type { Confidence } from './reading.js';
import { totalOn } from './series.js';

/** 谋划 has a status, never a percentage (DOMAIN §1): the last document milestone that a linked project has reached. */
export const SCHEME_STEPS: ReadonlyMap<string, SchemeStatus> = new Map([
  ['scheme-approved', '已批'],
  ['scheme-submitted', '已报'],
  ['scheme-drafted', '在编'],
]);

/** Of several projects the one that is furthest says it; 未启动 where none has drafted anything by `on`. */
export function schemeStatus({ works }: Cells, measure: string, confidence: Confidence, on: IsoDate): SchemeStatus {
  const reached = works.get(measure)?.schemes;
  for (const [milestone, status] of SCHEME_STEPS) {
    if (totalOn(reached?.get(`${confidence}/${milestone}`), on) > 0) return status;
  }
  return '未启动';
}

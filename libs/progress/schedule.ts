import { type Fraction, toDecimal, toPercent, toText } from '@planledger/kernel';
import type { Schedule } from './answer-rows.js';
import { WHY_NULL_TEXT } from './figure.js';
import { shownValue } from './indicator.js';
import type { Timing } from './timeline.js';

/** A timing as it is answered; SPI_t is never rounded up over the mark below which work is 滞后. */
export function schedule(node: string, timing: Timing | undefined, laggingBelow: Fraction): Schedule {
  if (!timing) return without(node, '无时间基线');
  const { state, days, planned, spi } = timing;
  return {
    node,
    state,
    text: stateText(timing),
    days,
    planned: toText(planned),
    plannedPercent: toPercent(planned),
    spi: spi ? toText(spi) : null,
    spiShown: spi ? shownValue(spi, '0.01', laggingBelow, null) : null,
  };
}

const without = (node: string, text: string): Schedule => ({
  ...{ node, state: null, text, days: 0, planned: null, plannedPercent: null, spi: null, spiShown: null },
});

/** Of what a baseline does not hold. */
export const absent = (node: string): Schedule => without(node, WHY_NULL_TEXT.absent);

export function stateText({ state, days }: Timing): string {
  switch (state) {
    case 'not-due':
      return '未到期';
    case 'running':
      return '进行中';
    case 'overdue':
      return `逾期 ${days} 天`;
    case 'early':
      return `提前 ${days} 天`;
    case 'on-time':
      return '按期';
    case 'late':
      return `延期 ${days} 天`;
  }
}

/** What an item's lamp goes by: where it stands in time, and while it runs how fast (DOMAIN §6). */
export function lampText(timing: Timing | undefined): string {
  if (!timing) return '无时间基线';
  const { state, spi } = timing;
  return state === 'running' && spi ? `${stateText(timing)}，SPI_t ${toDecimal(spi, 2)}` : stateText(timing);
}

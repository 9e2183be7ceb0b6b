import { compare, type Fraction, toDecimal, toText } from '@planledger/kernel';
import { thresholdOn } from '@planledger/plan';
import type { Gap, GapValue } from './answer-rows.js';
import { type Implied, impliedOn, percentApart } from './implied.js';
import { type IndicatorFigure, indicatorFigure, shownValue } from './indicator.js';
import { impliedNode } from './node.js';
import type { Reading } from './reading.js';

/** The latest 核定 value against what verified units implied on the last day of its period. */
export interface ComparedThen {
  readonly observed: Fraction;
  readonly implied: Implied;
  /** In percent of what is implied; null where that has no number, or is 0 and the value is not. */
  readonly apart: Fraction | null;
  readonly mismatch: boolean;
}

/** Null where the plan does not ask, or nothing was observed. */
export function comparedThen(reading: Reading, { indicator, x, latest }: IndicatorFigure): ComparedThen | null {
  const implied = latest && impliedOn(reading, indicator, 'verified', latest.on);
  if (!implied || !x) return null;
  const { value } = implied;
  const apart = value && percentApart(x, value);
  const most = thresholdOn(reading.plan, 'gap/mismatch-percent', reading.on);
  return { observed: x, implied, apart, mismatch: value !== null && (apart === null || compare(apart, most) > 0) };
}

/** 1, 0.5: a threshold is an exact decimal. */
const toShort = (value: Fraction): string => toDecimal(value, 6).replace(/\.?0+$/, '');

/** 账实不符 (DOMAIN §4.8): an indicator further from what the ledger's own units imply than the threshold allows. */
export function gapsOfIndicators(reading: Reading): Gap[] {
  return [...reading.base.indicators.values()].flatMap((indicator): Gap[] => {
    const figure = indicatorFigure(reading, indicator);
    const compared = comparedThen(reading, figure);
    const { latest } = figure;
    if (!compared?.mismatch || !compared.implied.value || !latest) return [];
    const { observed, implied, apart } = compared;
    const shown = (value: Fraction): string => shownValue(value, indicator.step, null, null);
    const node = `indicator/${indicator.indicator}`;
    const values: GapValue[] = [
      { name: `${latest.period} 核定值`, node, exact: toText(observed), shown: shown(observed) },
      {
        ...{ name: '台账推算', node: impliedNode(indicator.indicator, implied.day) },
        ...{ exact: toText(compared.implied.value), shown: shown(compared.implied.value) },
      },
    ];
    const most = toShort(thresholdOn(reading.plan, 'gap/mismatch-percent', reading.on));
    const far = apart ? `相差 ${toDecimal(apart, 2)}%` : '推算为零而核定不为零';
    const text = `${latest.period} 核定 ${values[0]?.shown} ${indicator.unit}，台账推算 ${values[1]?.shown} ${indicator.unit}，${far}，超过 ${most}%`;
    return [{ kind: 'ledger-mismatch', node, name: indicator.name, text, values, entries: latest.row.entries }];
  });
}

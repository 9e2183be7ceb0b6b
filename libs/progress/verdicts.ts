import { compare, type Fraction, ZERO } from '@planledger/kernel';
import type { Verdict } from './answer.js';
import type { Explanation } from './explanation.js';
import { fromText } from './figure.js';

/** The verdicts of 中期评估 and 总结评估 (DOMAIN §7), and what each follows from. */

/** 完成, 未完成, and nothing between; 数据未出. */
export const BINDING_VERDICTS = { done: '完成', undone: '未完成', 'no-data': '数据未出' } as const;
export type BindingVerdict = keyof typeof BINDING_VERDICTS;
/** 基本实现 only once a document says from which share of the target on (evaluation/basically). */
export const EXPECTED_VERDICTS = {
  achieved: '实现',
  basically: '基本实现',
  unachieved: '未实现',
  'no-data': '数据未出',
} as const;
export type ExpectedVerdict = keyof typeof EXPECTED_VERDICTS;
export const ITEM_VERDICTS = { done: '完成', continued: '在建结转', 'not-started': '未启动', ended: '终止' } as const;
export type ItemVerdict = keyof typeof ITEM_VERDICTS;
export type EvaluatedVerdict = BindingVerdict | ExpectedVerdict | ItemVerdict;

/** The verdicts of the headline and its rows (DOMAIN §4.4). */
export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  ...{ done: '完成', 'not-started': '未启动', lagging: '滞后', unquantified: '无量化目标', 'on-track': '在轨' },
};
export const VERDICTS = Object.keys(VERDICT_NAMES) as Verdict[];

/** What a verdict of the headline follows from. */
export interface VerdictGrounds {
  /** It has a number by every open reading, and a time baseline. */
  readonly quantified: boolean;
  readonly satisfied: boolean;
  /** A linked project claimed 开工, or something counts: a 认定 or an observed share needs no start of works. */
  readonly begun: boolean;
  /** PV > 0 */
  readonly due: boolean;
  readonly spi: Fraction | undefined;
  readonly laggingBelow: Fraction;
  /** Most days that a firm measure is past due and not satisfied. */
  readonly overdueDays: number;
}

export function headlineVerdict(of: VerdictGrounds): Verdict {
  if (!of.quantified) return 'unquantified';
  if (of.satisfied) return 'done';
  if (!of.begun && of.due) return 'not-started';
  const late = of.spi !== undefined && compare(of.spi, of.laggingBelow) < 0;
  return late || of.overdueDays > 0 ? 'lagging' : 'on-track';
}

/** What an item's verdict follows from. */
export interface ItemGrounds {
  readonly satisfied: boolean;
  /** A document took it out of the plan. */
  readonly withdrawn: boolean;
  /** Firm measures that are not satisfied, and how many of them the closing wrote off. */
  readonly open: number;
  readonly writtenOff: number;
  /** Linked projects that claimed 开工, measures of which anything counts. */
  readonly started: number;
  readonly delivered: number;
  /** Whether there is a time baseline, and linked projects that go on: they alone speak of an item without one. */
  readonly planned: boolean;
  readonly projects: number;
}

export function itemVerdict(of: ItemGrounds): ItemVerdict {
  if (of.satisfied) return 'done';
  if (of.withdrawn || (of.open > 0 && of.writtenOff === of.open)) return 'ended';
  return of.started > 0 || of.delivered > 0 || (!of.planned && of.projects > 0) ? 'continued' : 'not-started';
}

/** What an indicator's verdict follows from; `from`: the share since which it is 基本实现, null where none was set. */
export interface IndicatorGrounds {
  readonly binding: boolean;
  /** Null: 数据未出. */
  readonly satisfied: boolean | null;
  readonly attainment: Fraction | null;
  readonly from: Fraction | null;
}

export function indicatorVerdict({ binding, satisfied, attainment, from }: IndicatorGrounds) {
  if (satisfied === null) return 'no-data';
  if (binding) return satisfied ? 'done' : 'undone';
  if (satisfied) return 'achieved';
  return from && attainment && compare(attainment, from) >= 0 ? 'basically' : 'unachieved';
}

/**
 * The verdict once more, from the inputs of its explanation alone. Throws RangeError where one is missing, and for an
 * explanation of anything but a verdict.
 */
export function recomputeVerdict({ node, inputs }: Explanation): EvaluatedVerdict | Verdict {
  const text = (symbol: string): string => {
    const found = inputs.find((each) => each.symbol === symbol);
    if (!found) throw new RangeError(`no input ${symbol} of ${node}`);
    return found.value;
  };
  const [is, count] = [(symbol: string) => text(symbol) === YES, (symbol: string) => Number(text(symbol))];
  const number = (symbol: string): Fraction | null => fromText(text(symbol) || null);
  if (node.startsWith('verdicts/item/')) {
    return headlineVerdict({
      ...{ quantified: is('quantified'), satisfied: is('satisfied'), begun: is('begun'), due: is('due') },
      ...{ spi: number('spi') ?? undefined, laggingBelow: number('lagging') ?? ZERO, overdueDays: count('overdue') },
    });
  }
  if (node.startsWith('evaluation/item/')) {
    return itemVerdict({
      ...{ satisfied: is('satisfied'), withdrawn: is('withdrawn'), open: count('open'), projects: count('projects') },
      ...{ writtenOff: count('writtenOff'), started: count('started'), delivered: count('delivered') },
      planned: is('planned'),
    });
  }
  if (!node.startsWith('evaluation/indicator/')) throw new RangeError(`no verdict: ${node}`);
  const satisfied = text('satisfied') === BINDING_VERDICTS['no-data'] ? null : is('satisfied');
  return indicatorVerdict({
    ...{ binding: is('binding'), satisfied, attainment: number('A'), from: number('from') },
  });
}

const YES = '是';
export const yesNo = (value: boolean): string => (value ? YES : '否');

import { daysBetween, fraction, type IsoDate } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { Elapsed } from './answer.js';
import type { Explanation } from './explanation.js';
import { explanation, input, type Question } from './explaining.js';
import { figure } from './figure.js';
import { addressOf } from './node.js';

const NODE = addressOf('elapsed', 'plan');

/** Days of the plan's period that have begun by the end of `on`, both ends included: 0 before it, all after it. */
function daysOf({ plan }: PlanState, on: IsoDate): { readonly days: number; readonly of: number } {
  const [start, end] = [plan?.periodStart ?? on, plan?.periodEnd ?? on];
  const of = daysBetween(start, end) + 1;
  return { days: Math.min(Math.max(daysBetween(start, on) + 1, 0), of), of };
}

/** How much of the period has passed. What should be done by then is another figure: PV (DOMAIN §4.6). */
export function elapsedOn(plan: PlanState, on: IsoDate): Elapsed {
  const { days, of } = daysOf(plan, on);
  return { ...figure(NODE, fraction(days, of)), days, of };
}

export function explainElapsed(question: Question): Explanation {
  const { plan, on } = question.reading;
  const { days, of } = daysOf(plan, on);
  return explanation(question, NODE, '规划期已过时间', {
    ...{ value: fraction(days, of), rule: 'quotient', text: '已过时间 = n ÷ N：规划期已开始的天数 ÷ 全部天数' },
    inputs: [
      input('n', '已开始的天数', fraction(days), '天'),
      input('N', '全部天数', fraction(of), '天'),
      input('start', '规划期起', plan.plan?.periodStart ?? ''),
      input('end', '规划期止', plan.plan?.periodEnd ?? ''),
    ],
  });
}
